package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides whether the second factor is right, after the password was, and starts the login when it is.
///
/// Whoever has none must add one before anything else where a role says `mfa: always`; whoever has one can add no other here, or a
/// password alone would be enough to come in.
public final class SecondStep {

    private final Accounts accounts;
    private final HalfLogins halves;
    private final Factors factors;
    private final Throttle throttle;
    private final Welcomes welcomes;
    private final Rights rights;
    private final Ledger ledger;

    SecondStep(
            Accounts accounts,
            HalfLogins halves,
            Factors factors,
            Throttle throttle,
            Welcomes welcomes,
            Rights rights,
            Ledger ledger) {
        this.accounts = accounts;
        this.halves = halves;
        this.factors = factors;
        this.throttle = throttle;
        this.welcomes = welcomes;
        this.rights = rights;
        this.ledger = ledger;
    }

    /// What became of a code.
    public sealed interface Result {
        /// Somebody is signed in.
        ///
        /// @param recovery codes that are shown this once, where an app was added
        record Welcome(Sessions.Started session, Duration lasts, List<String> recovery)
                implements Result {
            @Override
            public String toString() {
                return "Welcome[" + session + "]";
            }
        }

        /// That is not the code, or it was used before.
        record Refused() implements Result {}

        /// Too many codes were wrong; this one was not looked at.
        record Slow(Duration pause) implements Result {}

        /// It took too long or too many codes: the password is asked for again.
        record Over() implements Result {}
    }

    /// Where somebody is on the way in.
    public sealed interface Stage {
        /// A code is asked for.
        record Code() implements Stage {}

        /// An app is to be added.
        record Enrol(String name, Factors.Offer offer) implements Stage {}

        /// Nowhere: the password is asked for again.
        record Over() implements Stage {}
    }

    /// Where whoever holds that secret is.
    public Stage stage(String half) {
        Optional<Account> account = account(half);
        if (account.isEmpty()) {
            return new Stage.Over();
        }
        return factors.of(account.get().id()).isPresent()
                ? new Stage.Code()
                : new Stage.Enrol(
                        account.get().name(),
                        factors.offer(
                                halves.offer(half, factors.fresh()),
                                account.get(),
                                rights.system()));
    }

    private Optional<Account> account(String half) {
        return halves.of(half)
                .flatMap(known -> accounts.byId(known.account()))
                .filter(account -> !account.disabled());
    }

    /// Tries a code: of the app that the account has, or of the one that is being added.
    public Result attempt(String half, String code, String address) {
        Optional<HalfLogins.Half> known = halves.of(half);
        Optional<Account> account = account(half);
        if (known.isEmpty() || account.isEmpty()) {
            return new Result.Over();
        }
        String guessed = "second " + account.get().id();
        Optional<Duration> wait = throttle.wait(guessed, address);
        if (wait.isPresent()) {
            failed("slowed-down", address, account.get());
            return new Result.Slow(wait.get());
        }
        if (!halves.take(half)) {
            return new Result.Over();
        }
        boolean has = factors.of(account.get().id()).isPresent();
        return has
                ? withCode(half, known.get(), account.get(), code, address)
                : enrolling(half, known.get(), account.get(), code, address);
    }

    private Result withCode(
            String half, HalfLogins.Half known, Account account, String code, String address) {
        return switch (factors.check(account.id(), code)) {
            case APP ->
                    welcome(half, known, account, Sessions.PASSWORD_AND_CODE, address, List.of());
            case RECOVERY ->
                    welcome(
                            half,
                            known,
                            account,
                            Sessions.PASSWORD_AND_RECOVERY,
                            address,
                            List.of());
            case WRONG -> refused("wrong-code", account, address);
            case USED -> refused("code-used-before", account, address);
        };
    }

    private Result enrolling(
            String half, HalfLogins.Half known, Account account, String code, String address) {
        return factors.confirm(
                        account, halves.offer(half, factors.fresh()), code, actor(account, address))
                .map(codes ->
                        welcome(half, known, account, Sessions.PASSWORD_AND_CODE, address, codes))
                .orElseGet(() -> refused("wrong-code", account, address));
    }

    private Result welcome(
            String half,
            HalfLogins.Half known,
            Account account,
            Set<String> methods,
            String address,
            List<String> recovery) {
        if (!halves.end(half)) {
            return new Result.Over();
        }
        throttle.succeeded("second " + account.id(), address);
        return welcomes.start(account, known.name(), methods, address)
                .<Result>map(begun -> new Result.Welcome(begun.session(), begun.lasts(), recovery))
                .orElseGet(Result.Over::new);
    }

    private Result refused(String why, Account account, String address) {
        throttle.failed("second " + account.id(), address);
        failed(why, address, account);
        return new Result.Refused();
    }

    private void failed(String why, String address, Account account) {
        ledger.acted(
                IdentityAct.SIGN_IN_FAILED,
                Actor.stranger(address),
                Map.of("why", why, "account", account.id()));
    }

    private Actor actor(Account account, String address) {
        return new Actor(
                Actor.Kind.PERSON,
                account.id(),
                List.copyOf(rights.declared(account.roles(), Role.Login.PASSWORD)),
                address);
    }
}
