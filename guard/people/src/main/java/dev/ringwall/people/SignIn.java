package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.model.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides whether a name and a password belong together, and starts a login when they do.
public final class SignIn {

    private final Accounts accounts;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Factors factors;
    private final RememberedBrowsers remembered;
    private final HalfLogins halves;
    private final Welcomes welcomes;
    private final Rights rights;
    private final Ledger ledger;

    SignIn(
            Accounts accounts,
            Passwords passwords,
            Throttle throttle,
            Factors factors,
            RememberedBrowsers remembered,
            HalfLogins halves,
            Welcomes welcomes,
            Rights rights,
            Ledger ledger) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
        this.factors = factors;
        this.remembered = remembered;
        this.halves = halves;
        this.welcomes = welcomes;
        this.rights = rights;
        this.ledger = ledger;
    }

    /// What became of an attempt.
    public sealed interface Result {
        /// Somebody is signed in.
        record Welcome(Sessions.Started session, Duration lasts) implements Result {}

        /// The password is right, and a second factor is asked for; the secret continues there.
        record Half(String secret) implements Result {
            @Override
            public String toString() {
                return "Half[…]";
            }
        }

        /// Nobody is, and the page does not say why.
        record Refused() implements Result {}

        /// Too many attempts have failed; the password was not looked at.
        record Slow(Duration pause) implements Result {}

        /// Too many people sign in at this moment.
        record Busy() implements Result {}
    }

    /// Tries it, for somebody at that address.
    ///
    /// @param twice whether a second factor is wanted also where no role says so
    /// @param held  what the browser is remembered by; empty where it is not, or where that shall count for nothing
    public Result attempt(
            String name, String password, String address, boolean twice, Optional<String> held) {
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
            case RIGHT -> {
                Accounts.Known right = known.orElseThrow();
                passwords
                        .renewed(password, right.password())
                        .ifPresent(hash ->
                                accounts.renewHash(right.account(), right.password(), hash));
                yield right(right.account(), name, address, twice, held, known);
            }
        };
    }

    private Result right(
            Account account,
            String name,
            String address,
            boolean twice,
            Optional<String> held,
            Optional<Accounts.Known> known) {
        if (account.disabled()) {
            return refused("disabled", name, address, known);
        }
        Set<String> roles = rights.declared(account.roles(), Role.Login.PASSWORD);
        if (roles.isEmpty()) {
            return refused("no-role", name, address, known);
        }
        boolean must = twice || rights.secondFactor(roles);
        boolean has = factors.any(account.id());
        boolean spared =
                has && !must && held.filter(one -> remembered.knows(account.id(), one)).isPresent();
        if (must || (has && !spared)) {
            return new Result.Half(halves.begin(account.id(), name));
        }
        Set<String> methods = spared ? Sessions.PASSWORD_REMEMBERED : Sessions.PASSWORD;
        return welcomes.start(account, name, methods, address)
                .<Result>map(begun -> new Result.Welcome(begun.session(), begun.lasts()))
                .orElseGet(Result.Refused::new);
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
