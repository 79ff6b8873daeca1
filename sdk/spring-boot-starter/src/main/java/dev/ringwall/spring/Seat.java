package dev.ringwall.spring;

import jakarta.servlet.http.HttpServletRequest;

/// Where else the caller has to be known while a request is served. Spring Security's is [SecuritySeat].
interface Seat {

    /// Makes the caller known until the result is closed, by the same thread.
    Taken take(HttpServletRequest request, Caller caller);

    /// A seat that is taken.
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }
}
