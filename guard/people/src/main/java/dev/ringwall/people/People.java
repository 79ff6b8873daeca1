package dev.ringwall.people;

import java.util.Optional;

/// Finds who is signed in, by the account as it is now.
public final class People {

    private final Accounts accounts;
    private final Sessions sessions;

    People(Accounts accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /// Who is signed in by the login of that id; empty when the login is over or the account may not sign in any more.
    public Optional<SignedIn> signedIn(String sid) {
        return sessions.of(sid).flatMap(this::person);
    }

    /// Who continues a login with that secret.
    public Optional<SignedIn> continued(String secret) {
        return sessions.continued(secret).flatMap(this::person);
    }

    private Optional<SignedIn> person(Sessions.Session session) {
        return accounts.byId(session.account())
                .filter(account -> !account.disabled())
                .map(account ->
                        new SignedIn(account, session.sid(), session.since(), session.until()));
    }
}
