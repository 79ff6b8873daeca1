package dev.ringwall.people;

import java.time.Instant;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A person who has signed in and still is.
public final class SignedIn extends AbstractAuthenticationToken {

    private final transient Account account;
    private final String sid;
    private final Instant since;
    private final Instant until;

    SignedIn(Account account, String sid, Instant since, Instant until) {
        super(List.of());
        this.account = account;
        this.sid = sid;
        this.since = since;
        this.until = until;
        setAuthenticated(true);
    }

    /// Who it is.
    public Account account() {
        return account;
    }

    /// Names the login; not the secret that continues it.
    public String sid() {
        return sid;
    }

    /// When the person signed in.
    public Instant since() {
        return since;
    }

    /// When the login ends by itself.
    public Instant until() {
        return until;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return account.id();
    }

    @Override
    public String getName() {
        return account.id();
    }
}
