package dev.ringwall.identity;

import dev.ringwall.events.IdentityAct;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ErrorAuthenticationFailureHandler;

/// How the outcomes of the engine leave the house: as redirects with the issuer's name (RFC 9207), as errors (RFC 6749 §5.2), or as a
/// page where nobody can be redirected safely.
final class Answers {

    private static final int SEE_OTHER = 303;

    /// What a device hears while a person has not answered (RFC 8628 §3.5): nobody was refused anything.
    private static final Set<String> NOT_YET = Set.of("authorization_pending", "slow_down");

    private final String issuer;
    private final DeadEnds deadEnds;
    private final Clients clients;
    private final PushedRequests pushed;
    private final SessionCookie cookie;
    private final OAuth2ErrorAuthenticationFailureHandler errors =
            new OAuth2ErrorAuthenticationFailureHandler();

    Answers(
            String issuer,
            DeadEnds deadEnds,
            Clients clients,
            PushedRequests pushed,
            SessionCookie cookie) {
        this.issuer = issuer;
        this.deadEnds = deadEnds;
        this.clients = clients;
        this.pushed = pushed;
        this.cookie = cookie;
    }

    /// Sends the browser to the client with a code.
    void code(HttpServletRequest request, HttpServletResponse response, Authentication granted)
            throws IOException {
        if (!pushed.spend(request)) {
            deadEnds.notPushed(request, response);
            return;
        }
        OAuth2AuthorizationCodeRequestAuthenticationToken code =
                (OAuth2AuthorizationCodeRequestAuthenticationToken) granted;
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", Objects.requireNonNull(code.getAuthorizationCode()).getTokenValue());
        redirect(response, Objects.requireNonNull(code.getRedirectUri()), answer, code.getState());
    }

    /// Sends the browser to the client with an error, or shows the error where it is not clear that the client is who asks.
    void noCode(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException exception)
            throws IOException {
        OAuth2Error error = error(exception);
        deadEnds.refused(
                IdentityAct.CLIENT_REFUSED,
                error,
                Optional.ofNullable(request.getParameter("client_id")));
        OAuth2AuthorizationCodeRequestAuthenticationToken asked =
                exception instanceof OAuth2AuthorizationCodeRequestAuthenticationException refused
                        ? refused.getAuthorizationCodeRequestAuthentication()
                        : null;
        if (asked == null || asked.getRedirectUri() == null || !known(asked)) {
            Pages.error(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "This sign-in request cannot be used",
                    "The application that sent you here asked for something that it is not registered for."
                            + " Nothing was given to it. ("
                            + error.getErrorCode()
                            + ")");
            return;
        }
        if (pushed.spend(request)) {
            error(response, asked.getRedirectUri(), asked.getState(), error);
        } else {
            deadEnds.notPushed(request, response);
        }
    }

    private boolean known(OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
        RegisteredClient client = clients.findByClientId(asked.getClientId());
        return client != null && RedirectRule.allows(client, asked.getRedirectUri());
    }

    private void error(
            HttpServletResponse response,
            String redirect,
            @Nullable String state,
            OAuth2Error error) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("error", error.getErrorCode());
        if (error.getDescription() != null) {
            answer.put("error_description", error.getDescription());
        }
        redirect(response, redirect, answer, state);
    }

    private void redirect(
            HttpServletResponse response,
            String redirect,
            Map<String, String> answer,
            @Nullable String state) {
        if (state != null) {
            answer.put("state", state);
        }
        answer.put("iss", issuer);
        see(response, redirect + (redirect.contains("?") ? "&" : "?") + encoded(answer));
    }

    /// Sends somebody who has not signed in to do so, or who has and must be asked to the page that asks, and back to the same question
    /// afterwards. The way back is never an address, only the question, so it leads nowhere else.
    void signInFirst(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException exception)
            throws IOException {
        Wanted wanted = Wanted.by(request);
        boolean consents = cookie.signedIn(request);
        if (wanted.silent()) {
            silent(request, response, consents ? "consent_required" : "login_required");
        } else if (consents) {
            pushed.holdHere(request);
            see(response, Paths.CONSENT + Question.of(request));
        } else {
            if (wanted.asksForLogin() || Wanted.unspeakable(request)) {
                pushed.holdHere(request);
            }
            see(response, Paths.LOGIN + Question.of(request));
        }
    }

    /// Tells the client that nothing can be had without showing something.
    private void silent(HttpServletRequest request, HttpServletResponse response, String why)
            throws IOException {
        if (pushed.spend(request)) {
            error(
                    response,
                    parameter(request, "redirect_uri"),
                    request.getParameter("state"),
                    new OAuth2Error(why));
        } else {
            deadEnds.notPushed(request, response);
        }
    }

    /// Sends the browser to the client that the person does not want to act for them.
    void refusedByPerson(
            HttpServletRequest request, HttpServletResponse response, RegisteredClient client)
            throws IOException {
        String redirect = parameter(request, "redirect_uri");
        if (RedirectRule.allows(client, redirect) && pushed.spend(request)) {
            error(
                    response,
                    redirect,
                    request.getParameter("state"),
                    new OAuth2Error(OAuth2ErrorCodes.ACCESS_DENIED));
        } else {
            deadEnds.notPushed(request, response);
        }
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /// A client could not prove who it is.
    void clientRefused(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException exception)
            throws IOException, ServletException {
        OAuth2Error error = error(exception);
        deadEnds.refused(
                IdentityAct.CLIENT_REFUSED,
                error,
                Optional.ofNullable(request.getParameter("client_id")));
        if (error.getErrorCode().equals(OAuth2ErrorCodes.INVALID_CLIENT)) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"" + issuer + "\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            Json.send(response, Map.of("error", error.getErrorCode()));
            return;
        }
        errors.onAuthenticationFailure(request, response, exception);
    }

    /// A client that proved who it is gets no token.
    void tokenRefused(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException exception)
            throws IOException, ServletException {
        Authentication client = SecurityContextHolder.getContext().getAuthentication();
        if (!NOT_YET.contains(error(exception).getErrorCode())) {
            deadEnds.refused(
                    IdentityAct.TOKEN_REFUSED,
                    error(exception),
                    client instanceof OAuth2ClientAuthenticationToken proved
                            ? Optional.of(proved.getName())
                            : Optional.empty());
        }
        errors.onAuthenticationFailure(request, response, exception);
    }

    private static OAuth2Error error(AuthenticationException exception) {
        return exception instanceof OAuth2AuthenticationException oauth
                ? oauth.getError()
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST);
    }

    /// Sends the browser on with a GET, whatever it came with (RFC 9700 §4.12).
    static void see(HttpServletResponse response, String location) {
        response.setStatus(SEE_OTHER);
        response.setHeader("Location", location);
    }

    static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(pair ->
                        URLEncoder.encode(pair.getKey(), StandardCharsets.UTF_8)
                                + "="
                                + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
