package dev.ringwall.spring;

import java.security.Principal;

/// The caller for code that knows only `java.security.Principal`.
public record CallerPrincipal(Caller caller) implements Principal {

    @Override
    public String getName() {
        return caller.id();
    }
}
