package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Decides whether a passkey lets somebody in: alone, or after the password (WebAuthn Level 3 §7.2). Since the person is always verified
/// by the authenticator, a passkey alone is two factors: the device, and what unlocks it.
///
/// Every refusal is the same to whoever asks, so nothing tells which accounts have passkeys; the log says why.
public final class PasskeySignIn {

    private final Accounts accounts;
    private final Passkeys passkeys;
    private final PasskeyCheck check;
    private final Challenges challenges;
    private final Welcomes welcomes;
    private final LetterDesk desk;
    private final Ledger ledger;

    PasskeySignIn(
            Accounts accounts,
            Passkeys passkeys,
            PasskeyCheck check,
            Challenges challenges,
            Welcomes welcomes,
            LetterDesk desk,
            Ledger ledger) {
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.check = check;
        this.challenges = challenges;
        this.welcomes = welcomes;
        this.desk = desk;
        this.ledger = ledger;
    }

    /// What became of an answer.
    public sealed interface Result {
        /// Somebody is signed in.
        record Welcome(Sessions.Started session, Duration lasts) implements Result {}

        /// Nobody is, and the page does not say why.
        record Refused() implements Result {}
    }

    /// Whose passkey it was, or why that is not known.
    sealed interface Owner {
        record Of(Account account) implements Owner {}

        record Nobody(String why, Optional<String> account) implements Owner {
            Nobody(String why) {
                this(why, Optional.empty());
            }
        }
    }

    /// What a passkey must sign to sign in from the login page of that browser.
    ///
    /// @param browser a secret that this browser holds
    public String challenge(String browser) {
        return challenges.fresh(Challenges.Purpose.LOGIN, browser);
    }

    /// Tries it without a password, for somebody at that address.
    public Result attempt(String answer, String browser, String address) {
        return switch (owner(answer, Challenges.Purpose.LOGIN, browser, Optional.empty())) {
            case Owner.Nobody(String why, Optional<String> account) -> {
                failed(why, address, account);
                yield new Result.Refused();
            }
            case Owner.Of(Account account) ->
                    welcomes.start(account, account.name(), Sessions.PASSKEY, address)
                            .<Result>map(
                                    begun -> new Result.Welcome(begun.session(), begun.lasts()))
                            .orElseGet(() -> {
                                failed("no-role", address, Optional.of(account.id()));
                                return new Result.Refused();
                            });
        };
    }

    /// Whose passkey gave that answer, which is good once.
    ///
    /// @param expected the account whose password was right; empty where nobody has said who they are
    Owner owner(
            String answer, Challenges.Purpose purpose, String bound, Optional<Account> expected) {
        Optional<PasskeyCheck.Shown> shown = check.shown(answer);
        if (shown.isEmpty()) {
            return new Owner.Nobody("malformed");
        }
        if (!challenges.take(shown.get().challenge(), purpose, bound)) {
            return new Owner.Nobody("challenge");
        }
        Optional<Passkeys.Row> row = passkeys.called(shown.get().credential());
        if (row.isEmpty()) {
            return new Owner.Nobody("no-such-passkey");
        }
        String account = row.get().account();
        if (expected.filter(one -> !one.id().equals(account)).isPresent()) {
            return new Owner.Nobody("foreign-passkey", expected.map(Account::id));
        }
        String user = shown.get().user();
        boolean itself = passkeys.isUser(account, user) || (user.isEmpty() && expected.isPresent());
        return itself
                ? verified(shown.get(), row.get())
                : new Owner.Nobody("user-handle", Optional.of(account));
    }

    private Owner verified(PasskeyCheck.Shown shown, Passkeys.Row row) {
        Optional<String> id = Optional.of(row.account());
        return switch (check.verify(shown, row.kept())) {
            case PasskeyCheck.Verdict.Wrong(String why) -> {
                if (why.equals(PasskeyCheck.COUNTER_BACK)) {
                    wentBack(row);
                }
                yield new Owner.Nobody(why, id);
            }
            case PasskeyCheck.Verdict.Right(PasskeyCheck.Kept now) -> {
                Optional<Account> account =
                        accounts.byId(row.account()).filter(known -> !known.disabled());
                if (account.isEmpty()) {
                    yield new Owner.Nobody("disabled", id);
                }
                if (!passkeys.used(row.passkey().id(), now)) {
                    wentBack(row);
                    yield new Owner.Nobody(PasskeyCheck.COUNTER_BACK, id);
                }
                yield new Owner.Of(account.get());
            }
        };
    }

    /// Somebody may have a copy of the key (§6.1.1): its owner is told.
    private void wentBack(Passkeys.Row row) {
        ledger.acted(
                IdentityAct.PASSKEY_COPIED,
                Actor.stranger(Asked.current().address()),
                Map.of("account", row.account(), "passkey", row.passkey().id()));
        desk.tell(
                row.account(),
                "A passkey of yours was refused",
                "Your passkey \""
                        + row.passkey().name()
                        + "\" counted backwards, as a copy of it would. Nobody was signed in. Remove it if it goes on.");
    }

    private void failed(String why, String address, Optional<String> account) {
        ledger.acted(
                IdentityAct.SIGN_IN_FAILED,
                Actor.stranger(address),
                account.map(id -> Map.of("why", "passkey-" + why, "account", id))
                        .orElse(Map.of("why", "passkey-" + why)));
    }
}
