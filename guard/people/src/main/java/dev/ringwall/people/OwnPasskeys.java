package dev.ringwall.people;

import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Ids;
import dev.ringwall.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people who are signed in do with their own passkeys. Every act is recorded before it happens, and its owner is written to. Any
/// thread may use it.
public final class OwnPasskeys {

    private static final OwnAccount.Change NO_SUCH_PASSKEY =
            new OwnAccount.Change.Unusable("there is no such passkey");
    private static final OwnAccount.Change UNUSABLE_NAME =
            new OwnAccount.Change.Unusable(
                    "a name has 1 to " + Passkeys.NAME_CHARACTERS_MAX + " visible characters");

    private final Store store;
    private final OwnAccount own;
    private final Passkeys passkeys;
    private final PasskeyCheck check;
    private final Challenges challenges;
    private final Factors factors;
    private final Rights rights;
    private final LetterDesk desk;
    private final Ledger ledger;
    private final Ids ids;

    OwnPasskeys(
            Store store,
            OwnAccount own,
            Passkeys passkeys,
            PasskeyCheck check,
            Challenges challenges,
            Factors factors,
            Rights rights,
            LetterDesk desk,
            Ledger ledger,
            InstantSource clock) {
        this.store = store;
        this.own = own;
        this.passkeys = passkeys;
        this.check = check;
        this.challenges = challenges;
        this.factors = factors;
        this.rights = rights;
        this.desk = desk;
        this.ledger = ledger;
        this.ids = new Ids(clock);
    }

    /// What an authenticator is asked to make (WebAuthn Level 3 §5.4).
    ///
    /// @param user       what it shall know the account by, base64url
    /// @param algorithms what the key may sign with, the best first
    /// @param others     those that the account has, which it shall not make again
    public record Offer(
            String challenge, String user, List<Integer> algorithms, List<String> others) {
        public Offer {
            algorithms = List.copyOf(algorithms);
            others = List.copyOf(others);
        }
    }

    /// What a new passkey of this login must answer; empty when the login is not recent.
    public Optional<Offer> offer(SignedIn person) {
        if (!own.recent(person)) {
            return Optional.empty();
        }
        String account = person.account().id();
        return Optional.of(
                new Offer(
                        challenges.fresh(Challenges.Purpose.ADD, person.sid()),
                        passkeys.user(account),
                        PasskeyCheck.ALGORITHMS,
                        passkeys.rows(account).stream()
                                .map(row -> row.kept().credential())
                                .toList()));
    }

    /// Adds one that was made for this login (§7.1), under that name. The first second factor of an account comes with recovery codes.
    public OwnAccount.Change add(SignedIn person, String answer, String typed) {
        if (!own.recent(person)) {
            return new OwnAccount.Change.NotRecent();
        }
        String account = person.account().id();
        String name = Accounts.clean(typed);
        if (unusable(name)) {
            return UNUSABLE_NAME;
        }
        Optional<PasskeyCheck.Made> made = check.made(answer);
        if (made.isEmpty()
                || !challenges.take(made.get().challenge(), Challenges.Purpose.ADD, person.sid())) {
            return new OwnAccount.Change.Wrong();
        }
        if (passkeys.of(account).size() >= Passkeys.MAX) {
            return new OwnAccount.Change.Unusable(
                    "an account has at most " + Passkeys.MAX + " passkeys");
        }
        return switch (check.verify(made.get())) {
            case PasskeyCheck.Verdict.Wrong _ -> new OwnAccount.Change.Wrong();
            case PasskeyCheck.Verdict.Right(PasskeyCheck.Kept kept) -> keep(person, name, kept);
        };
    }

    private static boolean unusable(String name) {
        return name.length() > Passkeys.NAME_CHARACTERS_MAX
                || Accounts.nameObjection(name).isPresent();
    }

    private OwnAccount.Change keep(SignedIn person, String name, PasskeyCheck.Kept kept) {
        String account = person.account().id();
        if (passkeys.called(kept.credential()).isPresent()) {
            return new OwnAccount.Change.Wrong();
        }
        String id = ids.next();
        ledger.administered(
                AdminAct.FACTOR_ADDED,
                person.actor(),
                account,
                Map.of("kind", "passkey", "passkey", id));
        if (!passkeys.add(id, account, name, kept)) {
            return new OwnAccount.Change.Wrong();
        }
        own.endOthers(person);
        desk.tell(
                account,
                "A passkey was added",
                "The passkey \"" + name + "\" was added to your account: it signs in to it.");
        return factors.recoveryLeft(account) > 0
                ? new OwnAccount.Change.Done()
                : new OwnAccount.Change.Codes(factors.otherCodes(person.account(), person.actor()));
    }

    /// Calls one otherwise. A name is all that its owner tells them apart by, so whoever changes it has signed in just now.
    public OwnAccount.Change rename(SignedIn person, String id, String typed) {
        if (!own.recent(person)) {
            return new OwnAccount.Change.NotRecent();
        }
        String account = person.account().id();
        String name = Accounts.clean(typed);
        if (unusable(name)) {
            return UNUSABLE_NAME;
        }
        if (passkeys.of(account).stream().noneMatch(one -> one.id().equals(id))) {
            return NO_SUCH_PASSKEY;
        }
        ledger.administered(
                AdminAct.FACTOR_RENAMED,
                person.actor(),
                account,
                Map.of("kind", "passkey", "passkey", id));
        return passkeys.rename(account, id, name) ? new OwnAccount.Change.Done() : NO_SUCH_PASSKEY;
    }

    /// Takes one away.
    public OwnAccount.Change remove(SignedIn person, String id) {
        if (!own.recent(person)) {
            return new OwnAccount.Change.NotRecent();
        }
        String account = person.account().id();
        List<Passkeys.Passkey> all = passkeys.of(account);
        Optional<Passkeys.Passkey> which =
                all.stream().filter(one -> one.id().equals(id)).findFirst();
        if (which.isEmpty()) {
            return NO_SUCH_PASSKEY;
        }
        if (all.size() == 1
                && factors.of(account).isEmpty()
                && rights.secondFactor(person.account().roles())) {
            return new OwnAccount.Change.Needed();
        }
        ledger.administered(
                AdminAct.FACTORS_REMOVED,
                person.actor(),
                account,
                Map.of("kind", "passkey", "passkey", id));
        store.write(tx -> {
            Passkeys.remove(tx, account, id);
            Factors.endCodesWhereNothingElse(tx, account);
            return true;
        });
        own.endOthers(person);
        desk.tell(
                account,
                "A passkey was removed",
                "The passkey \"" + which.get().name() + "\" signs in to your account no more.");
        return new OwnAccount.Change.Done();
    }
}
