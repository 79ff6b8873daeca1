package dev.ringwall.people;

import java.util.Optional;

/// Finds who is signed in, by the account and the declaration as they are now: where a role has come to say `mfa: always`, a login with
/// a password alone counts no more.
public final class People {

    private final Accounts accounts;
    private final Sessions sessions;
    private final Rights rights;

    People(Accounts accounts, Sessions sessions, Rights rights) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.rights = rights;
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
                        new SignedIn(
                                account,
                                session.sid(),
                                session.since(),
                                session.until(),
                                session.methods()))
                .filter(person -> person.twice() || !rights.secondFactor(person.account().roles()));
    }
}
