package dev.ringwall.spring;

import jakarta.servlet.http.HttpServletRequest;

/// Decides whether a request may enter the service, and as whose. A service has exactly one.
interface Gate {

    Verdict judge(HttpServletRequest request);
}
