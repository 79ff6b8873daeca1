package dev.ringwall.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as the service sees it: with the proved caller, and without the entry secret, which no log, echo or proxy of it shall show.
final class GuardedRequest extends HttpServletRequestWrapper {

    private final Caller caller;

    GuardedRequest(HttpServletRequest request, Caller caller) {
        super(request);
        this.caller = caller;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return caller.isAnyone() ? null : new CallerPrincipal(caller);
    }

    @Override
    public @Nullable String getRemoteUser() {
        return caller.isAnyone() ? null : caller.id();
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.has(role);
    }

    @Override
    public @Nullable String getAuthType() {
        return caller.isAnyone() ? null : "Ringwall";
    }

    @Override
    public @Nullable String getHeader(String name) {
        return hidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return hidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(GuardedRequest::hidden);
        return Collections.enumeration(names);
    }

    private static boolean hidden(String name) {
        return name.equalsIgnoreCase(Headers.ENTRY);
    }
}
