package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What people show besides a password: a one-time code of an app, or one of ten recovery codes. Any thread may use it.
///
/// The secret of the app is sealed at rest, recovery codes are hashed, and either kind of code is good once.
public final class Factors {

    static final int RECOVERY_CODES = 10;

    private static final int RECOVERY_CHARACTERS = 16;
    private static final int GROUP = 4;
    private static final int CODE_CHARACTERS_MAX = 64;

    private final Store store;
    private final Passkeys passkeys;
    private final Ledger ledger;
    private final Sealing sealing;
    private final InstantSource clock;

    Factors(Store store, Passkeys passkeys, Ledger ledger, Sealing sealing, InstantSource clock) {
        this.store = store;
        this.passkeys = passkeys;
        this.ledger = ledger;
        this.sealing = sealing;
        this.clock = clock;
    }

    /// What an account has.
    ///
    /// @param since        when the app was added
    /// @param recoveryLeft how many recovery codes are unused
    public record Held(Instant since, int recoveryLeft) {}

    /// A secret that is shown while an app is added.
    ///
    /// @param typed as people type it
    /// @param uri   as apps scan it
    public record Offer(String typed, String uri) {
        @Override
        public String toString() {
            return "Offer[…]";
        }
    }

    /// What became of a code.
    enum Check {
        /// The app's.
        APP,
        /// A recovery code, used up now.
        RECOVERY,
        WRONG,
        /// It was right, and somebody has used it before.
        USED
    }

    /// Whether the account has anything besides its password.
    public boolean any(String account) {
        return of(account).isPresent() || !passkeys.of(account).isEmpty();
    }

    /// The app that the account has; empty when it has none.
    public Optional<Held> of(String account) {
        return store.read(tx ->
                tx.first(
                        row -> new Held(Instant.ofEpochMilli(row.getLong(1)), row.getInt(2)),
                        "SELECT confirmed, (SELECT COUNT(*) FROM recovery_code WHERE recovery_code.account ="
                                + " totp.account) FROM totp WHERE account = ?",
                        account));
    }

    /// All that the account has.
    public List<Factor> all(String account) {
        List<Factor> all = new ArrayList<>();
        of(account)
                .ifPresent(held ->
                        all.add(Factor.only(Factor.Kind.APP, held.since(), OptionalInt.empty())));
        for (Passkeys.Passkey one : passkeys.of(account)) {
            all.add(
                    new Factor(
                            Factor.Kind.PASSKEY,
                            one.id(),
                            one.name(),
                            one.made(),
                            one.used(),
                            OptionalInt.empty()));
        }
        all.stream()
                .map(Factor::since)
                .min(Instant::compareTo)
                .ifPresent(since ->
                        all.add(
                                Factor.only(
                                        Factor.Kind.RECOVERY_CODES,
                                        since,
                                        OptionalInt.of(recoveryLeft(account)))));
        return all;
    }

    /// How many recovery codes of the account are unused.
    public int recoveryLeft(String account) {
        return store.read(tx ->
                tx.first(
                                row -> row.getInt(1),
                                "SELECT COUNT(*) FROM recovery_code WHERE account = ?",
                                account)
                        .orElse(0));
    }

    /// A fresh secret for an app that is about to be added, sealed.
    String fresh() {
        return sealing.seal(Totp.secret());
    }

    /// That secret as it is shown.
    Offer offer(String sealed, Account account, String system) {
        byte[] secret = opened(sealed);
        return new Offer(Totp.typed(secret), Totp.uri(secret, system, account.name()));
    }

    private static Optional<String> sealed(Transaction tx, String account) throws SQLException {
        return tx.first(
                row -> row.getString(1), "SELECT sealed FROM totp WHERE account = ?", account);
    }

    private byte[] opened(String sealed) {
        return sealing.open(sealed)
                .orElseThrow(() ->
                        new IllegalStateException("the secret of a one-time code does not open"));
    }

    /// Adds the app when that is a code of it, and makes the recovery codes, which are shown this once; empty when it is not, or when
    /// the account has one.
    Optional<List<String>> confirm(Account account, String sealed, String code, Actor who) {
        OptionalLong step = Totp.step(opened(sealed), digits(code), clock.instant());
        if (step.isEmpty()) {
            return Optional.empty();
        }
        ledger.administered(AdminAct.FACTOR_ADDED, who, account.id(), Map.of());
        return store.write(tx -> {
            int added =
                    tx.change(
                            "INSERT INTO totp (account, sealed, confirmed, last_step) VALUES (?, ?, ?, ?)"
                                    + " ON CONFLICT (account) DO NOTHING",
                            account.id(),
                            sealed,
                            clock.millis(),
                            step.getAsLong());
            return added == 1 ? Optional.of(recovery(tx, account.id())) : Optional.empty();
        });
    }

    /// The same in the place of one that there is, for who has shown that one.
    Optional<List<String>> replace(Account account, String sealed, String code, Actor who) {
        OptionalLong step = Totp.step(opened(sealed), digits(code), clock.instant());
        if (step.isEmpty()) {
            return Optional.empty();
        }
        ledger.administered(AdminAct.FACTOR_ADDED, who, account.id(), Map.of());
        return store.write(tx -> {
            tx.change("DELETE FROM totp WHERE account = ?", account.id());
            tx.change(
                    "INSERT INTO totp (account, sealed, confirmed, last_step) VALUES (?, ?, ?, ?)",
                    account.id(),
                    sealed,
                    clock.millis(),
                    step.getAsLong());
            return Optional.of(recovery(tx, account.id()));
        });
    }

    /// Other recovery codes in the place of those that there are.
    List<String> otherCodes(Account account, Actor who) {
        ledger.administered(AdminAct.RECOVERY_CODES_MADE, who, account.id(), Map.of());
        return store.write(tx -> recovery(tx, account.id()));
    }

    private static List<String> recovery(Transaction tx, String account) throws SQLException {
        tx.change("DELETE FROM recovery_code WHERE account = ?", account);
        List<String> codes = new ArrayList<>();
        while (codes.size() < RECOVERY_CODES) {
            String code = Totp.typed(Totp.secret()).substring(0, RECOVERY_CHARACTERS);
            tx.change(
                    "INSERT INTO recovery_code (hash, account) VALUES (?, ?)",
                    hash(account, code),
                    account);
            codes.add(code.replaceAll("(.{" + GROUP + "})(?!$)", "$1-"));
        }
        return codes;
    }

    /// Looks at a code and uses it up. Of two that come with the same one, one is right.
    Check check(String account, String typed) {
        String code = digits(typed);
        Optional<String> sealed = store.read(tx -> sealed(tx, account));
        if (code.isEmpty() || code.length() > CODE_CHARACTERS_MAX) {
            return Check.WRONG;
        }
        OptionalLong step =
                sealed.map(key -> Totp.step(opened(key), code, clock.instant()))
                        .orElseGet(OptionalLong::empty);
        if (step.isPresent()) {
            int used =
                    store.write(tx ->
                            tx.change(
                                    "UPDATE totp SET last_step = ? WHERE account = ? AND last_step < ?",
                                    step.getAsLong(),
                                    account,
                                    step.getAsLong()));
            return used == 1 ? Check.APP : Check.USED;
        }
        int spent =
                store.write(tx ->
                        tx.change(
                                "DELETE FROM recovery_code WHERE hash = ? AND account = ?",
                                hash(account, code.toUpperCase(Locale.ROOT)),
                                account));
        return spent == 1 ? Check.RECOVERY : Check.WRONG;
    }

    private static String digits(String code) {
        return code.replaceAll("[\\s-]", "");
    }

    /// 80 random bits need no slow hash.
    private static String hash(String account, String code) {
        return Secrets.sha256(account + "\n" + code);
    }

    /// Forgets what the account has, also an app that was not added to the end.
    static void removeAll(Transaction tx, String account) throws SQLException {
        Passkeys.removeAll(tx, account);
        removeApp(tx, account);
    }

    /// Forgets one of those that [#all] shows.
    static void remove(Transaction tx, String account, Factor which) throws SQLException {
        switch (which.kind()) {
            case APP -> removeApp(tx, account);
            case PASSKEY -> {
                Passkeys.remove(tx, account, which.id());
                endCodesWhereNothingElse(tx, account);
            }
            case RECOVERY_CODES ->
                    tx.change("DELETE FROM recovery_code WHERE account = ?", account);
            case REMEMBERED_BROWSER -> RememberedBrowsers.forget(tx, account, which.id());
        }
    }

    /// Forgets the app.
    static void removeApp(Transaction tx, String account) throws SQLException {
        tx.change("DELETE FROM totp WHERE account = ?", account);
        endCodesWhereNothingElse(tx, account);
    }

    /// Recovery codes stand for something that was lost; where there is nothing to lose they would be a second password.
    static void endCodesWhereNothingElse(Transaction tx, String account) throws SQLException {
        tx.change(
                "DELETE FROM recovery_code WHERE account = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM totp WHERE account = ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM passkey WHERE account = ?)",
                account,
                account,
                account);
    }
}
