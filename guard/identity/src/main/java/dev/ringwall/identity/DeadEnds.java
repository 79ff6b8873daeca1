package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.people.Asked;
import dev.ringwall.people.Ledger;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/// Questions that lead nowhere: it is not clear whose they are, so the browser is sent to nobody.
final class DeadEnds {

    private final Ledger ledger;

    DeadEnds(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Says that what the browser came with is not a request that lies here, or no more. It is not clear whose it is, so nobody is sent
    /// anywhere.
    void notPushed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refused(
                IdentityAct.CLIENT_REFUSED,
                new OAuth2Error("invalid_request_uri"),
                Optional.ofNullable(request.getParameter("client_id")));
        Pages.error(
                response,
                HttpServletResponse.SC_BAD_REQUEST,
                "This sign-in request is over",
                "It was answered before, or it is too old. Please go back to the application and sign in from there again.");
    }

    /// Says that what is said to be signed by the client does not count (RFC 9101 §6.3). Nobody is sent anywhere.
    void badObject(HttpServletRequest request, HttpServletResponse response, String why)
            throws IOException {
        OAuth2Error error = new OAuth2Error("invalid_request_object");
        refused(
                IdentityAct.CLIENT_REFUSED,
                error,
                Optional.ofNullable(request.getParameter("client_id")));
        if (request.getRequestURI().equals(Paths.PAR)) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            Json.send(response, Map.of("error", error.getErrorCode(), "error_description", why));
        } else {
            Pages.error(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "This sign-in request cannot be used",
                    "The application signs its requests, and this one does not count: "
                            + why
                            + ". Nothing was given to it.");
        }
    }

    /// Says that the client must leave its request here first. Whoever wrote the address may not be the client, so nobody is sent anywhere.
    void mustPush(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refused(
                IdentityAct.CLIENT_REFUSED,
                new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST),
                Optional.ofNullable(request.getParameter("client_id")));
        Pages.error(
                response,
                HttpServletResponse.SC_BAD_REQUEST,
                "This sign-in request cannot be used",
                "The application must leave its request with us before it sends you here, and it did not. Nothing was given to it.");
    }

    /// Says that a script asks where only a person may go. Nobody is sent anywhere.
    void notNavigated(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refused(
                IdentityAct.CLIENT_REFUSED,
                new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST),
                Optional.ofNullable(request.getParameter("client_id")));
        Pages.error(
                response,
                HttpServletResponse.SC_BAD_REQUEST,
                "This sign-in request cannot be used",
                "The pages for administrators are opened in a window of their own, never by another page. Nothing was given to it.");
    }

    /// Records it.
    void refused(IdentityAct act, OAuth2Error error, Optional<String> client) {
        Actor who = Actor.stranger(Asked.current().address());
        ledger.acted(
                act,
                who,
                Map.of(
                        "error",
                        error.getErrorCode(),
                        "client",
                        client.filter(id -> id.length() <= 64).orElse("-")));
    }
}
