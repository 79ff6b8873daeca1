package dev.ringwall.identity;

import dev.ringwall.people.People;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/// The cookie that continues a login. The `__Host-` prefix makes browsers accept it from this host alone and over TLS alone
/// (RFC 6265bis §4.1.3.2).
final class SessionCookie implements SecurityContextRepository {

    static final String NAME = "__Host-ringwall-session";

    private final People people;
    private final InstantSource clock;
    private final Consent asked;

    /// Whether a question can be answered without asking the person.
    interface Consent {
        boolean given(HttpServletRequest request, SignedIn person);
    }

    SessionCookie(People people, InstantSource clock, Consent asked) {
        this.people = people;
        this.clock = clock;
        this.asked = asked;
    }

    /// Who sends the request; empty when nobody is signed in.
    Optional<SignedIn> person(HttpServletRequest request) {
        return Cookies.value(request, NAME).flatMap(people::continued);
    }

    /// Hands the browser the secret of a login.
    static void hand(HttpServletResponse response, String secret, Duration lasts) {
        Cookies.set(response, NAME, secret, lasts);
    }

    /// Makes the browser forget it.
    static void forget(HttpServletResponse response) {
        Cookies.set(response, NAME, "", Duration.ZERO);
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    /// Whether the login will do for the question, so that only the person's consent can be missing.
    boolean signedIn(HttpServletRequest request) {
        return person(request).filter(one -> Wanted.enough(request, one, clock)).isPresent();
    }

    /// Who sends the request, as far as the engine shall see: whoever must sign in for a question, or be asked, has not yet.
    private SecurityContext context(@Nullable HttpServletRequest request) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        if (request != null) {
            person(request)
                    .filter(person -> Wanted.enough(request, person, clock))
                    .filter(person -> asked.given(request, person))
                    .ifPresent(context::setAuthentication);
        }
        return context;
    }

    @Override
    public void saveContext(
            SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        // A login is made by [SignIn] and by nothing else.
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        for (Cookie cookie : Cookies.all(request)) {
            if (cookie.getName().equals(NAME)) {
                return true;
            }
        }
        return false;
    }
}
