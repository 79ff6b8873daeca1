package dev.ringwall.people;

import java.util.Optional;

/// Finds who is signed in, by the account and the declaration as they are now: where a role has come to say `mfa: always`, a login with
/// a password alone counts no more.
public final class People {

    private final Accounts accounts;
    private final Sessions sessions;
    private final OutsideLogins outside;
    private final Rights rights;

    People(Accounts accounts, Sessions sessions, OutsideLogins outside, Rights rights) {
        this.outside = outside;
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
                .flatMap(account -> counting(account, session))
                .map(account ->
                        new SignedIn(
                                account,
                                session.sid(),
                                session.since(),
                                session.until(),
                                session.methods()))
                .filter(person -> person.twice() || !rights.secondFactor(person.account().roles()));
    }

    /// The account with the roles that this login has: its own, or those that an outside provider gave and still gives.
    private Optional<Account> counting(Account account, Sessions.Session session) {
        if (!session.methods().contains(Sessions.FEDERATED)) {
            return Optional.of(account.with(rights.ofItsOwn(account.roles())));
        }
        return outside.of(session.sid())
                .map(on -> rights.given(on.provider(), on.issuer(), on.roles()))
                .filter(roles -> !roles.isEmpty())
                .map(account::with);
    }
}
