package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides whether a name and a password belong together, and starts a login when they do.
public final class SignIn {

    private final Accounts accounts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Throttle throttle;
    private final Rights rights;
    private final Ledger ledger;

    SignIn(
            Accounts accounts,
            Passwords passwords,
            Sessions sessions,
            Throttle throttle,
            Rights rights,
            Ledger ledger) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.throttle = throttle;
        this.rights = rights;
        this.ledger = ledger;
    }

    /// What became of an attempt.
    public sealed interface Result {
        /// Somebody is signed in.
        record Welcome(Sessions.Started session, Duration lasts) implements Result {}

        /// Nobody is, and the page does not say why.
        record Refused() implements Result {}

        /// Too many attempts have failed; the password was not looked at.
        record Slow(Duration pause) implements Result {}

        /// Too many people sign in at this moment.
        record Busy() implements Result {}
    }

    /// Tries it, for somebody at that address.
    public Result attempt(String name, String password, String address) {
        Optional<Duration> wait = throttle.wait(name, address);
        if (wait.isPresent()) {
            failed("slowed-down", address, Optional.empty());
            return new Result.Slow(wait.get());
        }
        Optional<Accounts.Known> known = accounts.byName(name);
        Passwords.Verdict verdict =
                known.isPresent()
                        ? passwords.compare(password, known.get().password())
                        : passwords.compareWithNobody(password);
        return switch (verdict) {
            case BUSY -> {
                failed("busy", address, Optional.empty());
                yield new Result.Busy();
            }
            case WRONG ->
                    refused(
                            known.isPresent() ? "wrong-password" : "no-such-account",
                            name,
                            address,
                            known);
            case RIGHT -> right(known.orElseThrow().account(), name, address, known);
        };
    }

    private Result right(
            Account account, String name, String address, Optional<Accounts.Known> known) {
        if (account.disabled()) {
            return refused("disabled", name, address, known);
        }
        Set<String> roles = rights.declared(account.roles(), Role.Login.PASSWORD);
        if (roles.isEmpty()) {
            return refused("no-role", name, address, known);
        }
        Duration lasts = rights.session(roles);
        String sid = sessions.nextSid();
        ledger.acted(
                IdentityAct.SIGNED_IN,
                new Actor(Actor.Kind.PERSON, account.id(), List.copyOf(roles), address),
                Map.of("sid", sid));
        throttle.succeeded(name, address);
        return new Result.Welcome(sessions.start(sid, account, lasts), lasts);
    }

    private Result refused(
            String why, String name, String address, Optional<Accounts.Known> known) {
        throttle.failed(name, address);
        failed(why, address, known.map(Accounts.Known::account));
        return new Result.Refused();
    }

    private void failed(String why, String address, Optional<Account> account) {
        Map<String, String> details =
                account.map(known -> Map.of("why", why, "account", known.id()))
                        .orElse(Map.of("why", why));
        ledger.acted(IdentityAct.SIGN_IN_FAILED, Actor.stranger(address), details);
    }
}
