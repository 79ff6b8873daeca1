package dev.ringwall.identity;

import dev.ringwall.people.Devices;
import dev.ringwall.people.RememberedBrowsers;
import dev.ringwall.people.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/// What a browser is handed when somebody has signed in with it: the login, a new secret for forms, and what it is known by.
final class Arrival {

    static final String DEVICE = "__Host-ringwall-device";

    private static final String REMEMBERED = "__Host-ringwall-remembered";

    private final Devices devices;

    Arrival(Devices devices) {
        this.devices = devices;
    }

    void hand(
            HttpServletRequest request,
            HttpServletResponse response,
            Sessions.Started session,
            Duration lasts) {
        String device = devices.arrived(session.sid(), Cookies.value(request, DEVICE));
        Cookies.set(response, DEVICE, device, Devices.KNOWN);
        SessionCookie.hand(response, session.secret(), lasts);
        FormGuard.fresh(response);
    }

    /// Has the browser be spared the second factor for a while.
    static void remember(HttpServletResponse response, String secret) {
        Cookies.set(response, REMEMBERED, secret, RememberedBrowsers.LASTS);
    }

    /// What the browser is spared the second factor by.
    static Optional<String> remembered(HttpServletRequest request) {
        return Cookies.value(request, REMEMBERED);
    }

    /// Where somebody goes who has signed in: back to the question or the device that they came with, or to their account.
    static String onward(HttpServletRequest request) {
        return Question.next(request);
    }
}
