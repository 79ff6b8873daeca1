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
    private final Passkeys passkeys;
    private final PasskeySignIn signIn;
    private final Challenges challenges;
    private final RememberedBrowsers remembered;
    private final Throttle throttle;
    private final Welcomes welcomes;
    private final Rights rights;
    private final LetterDesk desk;
    private final Ledger ledger;

    SecondStep(
            Accounts accounts,
            HalfLogins halves,
            Factors factors,
            Passkeys passkeys,
            PasskeySignIn signIn,
            Challenges challenges,
            RememberedBrowsers remembered,
            Throttle throttle,
            Welcomes welcomes,
            Rights rights,
            LetterDesk desk,
            Ledger ledger) {
        this.accounts = accounts;
        this.halves = halves;
        this.factors = factors;
        this.passkeys = passkeys;
        this.signIn = signIn;
        this.challenges = challenges;
        this.remembered = remembered;
        this.throttle = throttle;
        this.welcomes = welcomes;
        this.rights = rights;
        this.desk = desk;
        this.ledger = ledger;
    }

    /// What became of a code.
    public sealed interface Result {
        /// Somebody is signed in.
        ///
        /// @param recovery   codes that are shown this once, where an app was added
        /// @param remembered what the browser is to be remembered by; empty where it is not to be
        record Welcome(
                Sessions.Started session,
                Duration lasts,
                List<String> recovery,
                Optional<String> remembered)
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
        /// A code is asked for, or a passkey.
        ///
        /// @param passkey   what a passkey must sign; empty where the account has none
        /// @param memorable whether it is worth while to remember the browser
        record Code(Optional<String> passkey, boolean memorable) implements Stage {}

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
        String id = account.get().id();
        return factors.any(id)
                ? new Stage.Code(
                        passkeys.of(id).isEmpty()
                                ? Optional.empty()
                                : Optional.of(challenges.fresh(Challenges.Purpose.SECOND, half)),
                        memorable(account.get()))
                : new Stage.Enrol(
                        account.get().name(),
                        factors.offer(
                                halves.offer(half, factors.fresh()),
                                account.get(),
                                rights.system()));
    }

    private boolean memorable(Account account) {
        return !rights.secondFactor(account.roles());
    }

    private Optional<Account> account(String half) {
        return halves.of(half)
                .flatMap(known -> accounts.byId(known.account()))
                .filter(account -> !account.disabled());
    }

    /// What somebody shows after the password.
    ///
    /// @param code     a code of the app that the account has or of the one that is being added, or a recovery code
    /// @param passkey  the answer of a passkey, as the browser wrote it; empty for none
    /// @param remember whether the browser shall be asked no more for a while
    public record Shown(String code, String passkey, boolean remember) {
        @Override
        public String toString() {
            return "Shown[…]";
        }
    }

    /// Tries it.
    public Result attempt(String half, Shown shown, String address) {
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
        Coming coming = new Coming(half, known.get(), account.get(), shown.remember(), address);
        if (!factors.any(account.get().id())) {
            return enrolling(coming, shown.code());
        }
        return shown.passkey().isEmpty()
                ? withCode(coming, shown.code())
                : withPasskey(coming, shown.passkey());
    }

    /// Somebody whose password was right.
    private record Coming(
            String half,
            HalfLogins.Half known,
            Account account,
            boolean remember,
            String address) {}

    private Result withPasskey(Coming coming, String answer) {
        return switch (signIn.owner(
                answer, Challenges.Purpose.SECOND, coming.half(), Optional.of(coming.account()))) {
            case PasskeySignIn.Owner.Of _ ->
                    welcome(coming, Sessions.PASSWORD_AND_PASSKEY, List.of());
            case PasskeySignIn.Owner.Nobody(String why, _) -> refused("passkey-" + why, coming);
        };
    }

    private Result withCode(Coming coming, String code) {
        return switch (factors.check(coming.account().id(), code)) {
            case APP -> welcome(coming, Sessions.PASSWORD_AND_CODE, List.of());
            case RECOVERY -> welcome(coming, Sessions.PASSWORD_AND_RECOVERY, List.of());
            case WRONG -> refused("wrong-code", coming);
            case USED -> refused("code-used-before", coming);
        };
    }

    private Result enrolling(Coming coming, String code) {
        Account account = coming.account();
        return factors.confirm(
                        account,
                        halves.offer(coming.half(), factors.fresh()),
                        code,
                        actor(account, coming.address()))
                .map(codes -> {
                    desk.appAdded(account.id());
                    return welcome(coming, Sessions.PASSWORD_AND_CODE, codes);
                })
                .orElseGet(() -> refused("wrong-code", coming));
    }

    private Result welcome(Coming coming, Set<String> methods, List<String> recovery) {
        if (!halves.end(coming.half())) {
            return new Result.Over();
        }
        Account account = coming.account();
        throttle.succeeded("second " + account.id(), coming.address());
        return welcomes.start(account, coming.known().name(), methods, coming.address())
                .<Result>map(begun ->
                        new Result.Welcome(
                                begun.session(),
                                begun.lasts(),
                                recovery,
                                coming.remember() && memorable(account)
                                        ? Optional.of(remembered.remember(account.id()))
                                        : Optional.empty()))
                .orElseGet(Result.Over::new);
    }

    private Result refused(String why, Coming coming) {
        throttle.failed("second " + coming.account().id(), coming.address());
        failed(why, coming.address(), coming.account());
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
