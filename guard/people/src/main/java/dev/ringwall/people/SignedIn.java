package dev.ringwall.people;

import dev.ringwall.events.Actor;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A person who has signed in and still is.
public final class SignedIn extends AbstractAuthenticationToken {

    private final transient Account account;
    private final String sid;
    private final Instant since;
    private final Instant until;
    private final Set<String> methods;

    SignedIn(Account account, String sid, Instant since, Instant until, Set<String> methods) {
        super(List.of());
        this.account = account;
        this.sid = sid;
        this.since = since;
        this.until = until;
        this.methods = new TreeSet<>(methods);
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

    /// How the person proved it, as RFC 8176 names that: the `amr` of tokens.
    public Set<String> methods() {
        Set<String> words = new TreeSet<>(methods);
        words.remove(Sessions.REMEMBERED);
        return Collections.unmodifiableSet(words);
    }

    /// Whether the second factor was spared, since the browser is remembered.
    boolean spared() {
        return methods.contains(Sessions.REMEMBERED);
    }

    /// Whether more than a password was shown.
    public boolean twice() {
        return methods.contains(Sessions.MFA);
    }

    /// Whether an outside provider's word is all that there is for it: the account's own password was not shown.
    public boolean outside() {
        return methods.contains(Sessions.FEDERATED);
    }

    /// The person as who does what is asked for now.
    public Actor actor() {
        return new Actor(
                Actor.Kind.PERSON,
                account.id(),
                List.copyOf(account.roles()),
                Asked.current().address());
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
