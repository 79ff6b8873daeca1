package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people who are signed in do with their own account. Every act is recorded before it happens, and whose account it is gets a letter where what
/// proves who they are has changed (NIST SP 800-63B-4 §4.1, §4.6). Any thread may use it.
///
/// A login that lies open is not enough to change what proves who somebody is: the password is asked for again, or the login must be
/// recent, and a recent one has shown everything that the account has.
public final class OwnAccount {

    /// So long after signing in second factors may be changed.
    public static final Duration RECENT = Duration.ofMinutes(10);

    private final Store store;
    private final Accounts accounts;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Sessions sessions;
    private final Factors factors;
    private final Passkeys passkeys;
    private final Rights rights;
    private final LetterDesk desk;
    private final Ledger ledger;
    private final InstantSource clock;

    OwnAccount(
            Store store,
            Accounts accounts,
            Passwords passwords,
            Throttle throttle,
            Sessions sessions,
            Factors factors,
            Passkeys passkeys,
            Rights rights,
            LetterDesk desk,
            Ledger ledger,
            InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
        this.sessions = sessions;
        this.factors = factors;
        this.passkeys = passkeys;
        this.rights = rights;
        this.desk = desk;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// What became of a change.
    public sealed interface Change {
        /// It is done.
        record Done() implements Change {}

        /// It is done, and these recovery codes are shown this once.
        record Codes(List<String> codes) implements Change {
            public Codes {
                codes = List.copyOf(codes);
            }

            @Override
            public String toString() {
                return "Codes[…]";
            }
        }

        /// That is not the password, or not the code.
        record Wrong() implements Change {}

        /// Too many attempts have failed; nothing was looked at.
        record Slow(Duration pause) implements Change {}

        /// Too many people sign in at this moment.
        record Busy() implements Change {}

        /// What was asked for does not do.
        record Unusable(String why) implements Change {}

        /// A role of the account says `mfa: always`.
        record Needed() implements Change {}

        /// The person must sign in again first.
        record NotRecent() implements Change {}
    }

    /// Whether the login is recent enough to change second factors, and showed all that the account has: one that was spared the second is
    /// worth a password. One on the word of an outside provider is not: whoever rules there would rule the account's own password and roles as
    /// well.
    public boolean recent(SignedIn person) {
        return !person.spared()
                && !person.outside()
                && clock.instant().isBefore(person.since().plus(RECENT));
    }

    /// Sets a new password and ends every other login of the account.
    public Change changePassword(SignedIn person, String current, String next) {
        String address = Asked.current().address();
        String name = person.account().name();
        Optional<Duration> wait = throttle.wait(name, address);
        if (wait.isPresent()) {
            return new Change.Slow(wait.get());
        }
        Optional<Accounts.Known> known = accounts.byName(name);
        if (known.isEmpty()) {
            return new Change.NotRecent();
        }
        return switch (passwords.compare(current, known.get().password())) {
            case BUSY -> new Change.Busy();
            case WRONG -> {
                throttle.failed(name, address);
                ledger.acted(
                        IdentityAct.SIGN_IN_FAILED,
                        person.actor(),
                        Map.of("why", "wrong-password", "account", person.account().id()));
                yield new Change.Wrong();
            }
            case RIGHT -> set(person, next);
        };
    }

    private Change set(SignedIn person, String next) {
        Account account = person.account();
        Optional<String> objection = PasswordRules.objection(rights.system(), account.name(), next);
        if (objection.isPresent()) {
            return new Change.Unusable(objection.get());
        }
        String hash = passwords.hash(next);
        administered(AdminAct.PASSWORD_SET, person);
        store.write(tx -> {
            sessions.endOthersOf(tx, account.id(), person.sid());
            return tx.change("UPDATE account SET password = ? WHERE id = ?", hash, account.id());
        });
        sessions.changed();
        desk.tell(
                account.id(),
                "Your password was changed",
                "Your password was changed on the page of your account, and all other logins have ended.");
        return new Change.Done();
    }

    /// The key of an app that is about to be added in this login; empty when the login is not recent.
    public Optional<Factors.Offer> offer(SignedIn person) {
        return recent(person)
                ? Optional.of(factors.offer(sealed(person), person.account(), rights.system()))
                : Optional.empty();
    }

    private String sealed(SignedIn person) {
        return store.write(tx -> {
            tx.change(
                    "INSERT INTO factor_offer (sid, sealed, expires) VALUES (?, ?, ?) ON CONFLICT (sid) DO NOTHING",
                    person.sid(),
                    factors.fresh(),
                    person.since().plus(RECENT).toEpochMilli());
            return tx.first(
                            row -> row.getString(1),
                            "SELECT sealed FROM factor_offer WHERE sid = ?",
                            person.sid())
                    .orElseThrow();
        });
    }

    /// Adds the app when that is a code of it, in the place of one that is there, and makes other recovery codes.
    public Change addApp(SignedIn person, String code) {
        if (!recent(person)) {
            return new Change.NotRecent();
        }
        String guessed = "second " + person.account().id();
        String address = Asked.current().address();
        Optional<Duration> wait = throttle.wait(guessed, address);
        if (wait.isPresent()) {
            return new Change.Slow(wait.get());
        }
        Optional<List<String>> codes =
                factors.replace(person.account(), sealed(person), code, person.actor());
        if (codes.isEmpty()) {
            throttle.failed(guessed, address);
            return new Change.Wrong();
        }
        endOthers(person);
        desk.appAdded(person.account().id());
        return new Change.Codes(codes.get());
    }

    /// Makes other recovery codes; those that there were are good no more.
    public Change newCodes(SignedIn person) {
        if (!recent(person)) {
            return new Change.NotRecent();
        }
        if (!factors.any(person.account().id())) {
            return new Change.Unusable("there is no second factor yet");
        }
        List<String> codes = factors.otherCodes(person.account(), person.actor());
        desk.tell(
                person.account().id(),
                "Other recovery codes were made",
                "Other recovery codes were made for your account; those that you had are good no more.");
        return new Change.Codes(codes);
    }

    /// Takes the app away, and the recovery codes where there is no passkey.
    public Change removeApp(SignedIn person) {
        if (!recent(person)) {
            return new Change.NotRecent();
        }
        if (rights.secondFactor(person.account().roles())
                && passkeys.of(person.account().id()).isEmpty()) {
            return new Change.Needed();
        }
        administered(AdminAct.FACTORS_REMOVED, person);
        store.write(tx -> {
            Factors.removeApp(tx, person.account().id());
            return true;
        });
        endOthers(person);
        desk.tell(
                person.account().id(),
                "An authenticator app was removed",
                "The authenticator app was taken from your account; its codes are asked for no more.");
        return new Change.Done();
    }

    /// Ends every other login, after what proves who somebody is has changed.
    void endOthers(SignedIn person) {
        store.write(tx -> {
            sessions.endOthersOf(tx, person.account().id(), person.sid());
            tx.change("DELETE FROM factor_offer WHERE sid = ?", person.sid());
            return true;
        });
        sessions.changed();
    }

    private void administered(AdminAct act, SignedIn person) {
        Actor who = person.actor();
        ledger.administered(act, who, person.account().id(), Map.of());
    }

    /// Has a browser of the person be asked for the second factor again, or all of them.
    public Change forgetBrowsers(SignedIn person, Optional<String> id) {
        String account = person.account().id();
        ledger.administered(
                AdminAct.BROWSERS_FORGOTTEN,
                person.actor(),
                account,
                Map.of("which", id.orElse("all")));
        store.write(tx -> {
            if (id.isPresent()) {
                return RememberedBrowsers.forget(tx, account, id.get());
            }
            RememberedBrowsers.forgetAll(tx, account);
            return true;
        });
        return new Change.Done();
    }

    /// Ends one other login of the person, or all of them; whoever ends all has no browser remembered either.
    public Change endLogins(SignedIn person, Optional<String> sid) {
        List<String> ending =
                sessions.ofAccount(person.account().id()).stream()
                        .map(Sessions.Session::sid)
                        .filter(one -> !one.equals(person.sid()))
                        .filter(one -> sid.map(one::equals).orElse(true))
                        .toList();
        ledger.administered(
                AdminAct.LOGINS_ENDED,
                person.actor(),
                person.account().id(),
                Map.of("count", String.valueOf(ending.size())));
        store.write(tx -> {
            for (String one : ending) {
                sessions.end(tx, one);
            }
            if (sid.isEmpty()) {
                RememberedBrowsers.forgetAll(tx, person.account().id());
            }
            return true;
        });
        sessions.changed();
        return new Change.Done();
    }
}
