package dev.ringwall.people;

import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The passkeys of accounts (WebAuthn Level 3 §4, credential records). A public key is no secret: what is kept lets nobody in. Any
/// thread may use it.
public final class Passkeys {

    /// How many an account may have.
    public static final int MAX = 20;

    /// How long a name may be.
    public static final int NAME_CHARACTERS_MAX = 100;

    /// §5.4.3 recommends as many random bytes, which say nothing about the person (§14.6.1).
    private static final int USER_BYTES = 64;

    private static final String COLUMNS =
            "SELECT id, account, name, credential, data, counter, eligible, backed_up, made, used FROM passkey";

    private final Store store;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Passkeys(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// One of them, as its owner and the operator see it.
    ///
    /// @param id       names it here; not what the authenticator calls it
    /// @param backedUp whether its owner's devices share it, as far as they say
    /// @param used     when it was last signed in with, if ever
    public record Passkey(
            String id, String name, Instant made, Optional<Instant> used, boolean backedUp) {}

    /// One of them with what an answer is checked by.
    record Row(Passkey passkey, String account, PasskeyCheck.Kept kept) {}

    /// Those of the account, the oldest first.
    public List<Passkey> of(String account) {
        return rows(account).stream().map(Row::passkey).toList();
    }

    List<Row> rows(String account) {
        return store.read(tx ->
                tx.all(Passkeys::row, COLUMNS + " WHERE account = ? ORDER BY made, id", account));
    }

    /// The one that authenticators call so, whoever has it.
    Optional<Row> called(String credential) {
        return store.read(
                tx -> tx.first(Passkeys::row, COLUMNS + " WHERE credential = ?", credential));
    }

    private static Row row(ResultSet row) throws SQLException {
        long used = row.getLong(10);
        boolean backedUp = row.getInt(8) != 0;
        return new Row(
                new Passkey(
                        row.getString(1),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(9)),
                        used == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(used)),
                        backedUp),
                row.getString(2),
                new PasskeyCheck.Kept(
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getInt(7) != 0,
                        backedUp));
    }

    /// What authenticators know the account by: random, and the same for all its passkeys.
    String user(String account) {
        byte[] fresh = new byte[USER_BYTES];
        random.nextBytes(fresh);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(fresh);
        return store.write(tx -> {
            tx.change(
                    "INSERT INTO passkey_user (account, handle) VALUES (?, ?) ON CONFLICT (account) DO NOTHING",
                    account,
                    made);
            return known(tx, account).orElse(made);
        });
    }

    private static Optional<String> known(Transaction tx, String account) throws SQLException {
        return tx.first(
                row -> row.getString(1),
                "SELECT handle FROM passkey_user WHERE account = ?",
                account);
    }

    /// Whether authenticators know the account by that.
    boolean isUser(String account, String handle) {
        return store.read(tx -> known(tx, account))
                .map(known -> Secrets.same(known, handle))
                .orElse(false);
    }

    /// Keeps it; false when any account has one that is called so.
    boolean add(String id, String account, String name, PasskeyCheck.Kept kept) {
        return store.write(tx ->
                tx.change(
                        "INSERT INTO passkey (credential, id, account, name, data, counter, eligible, backed_up, made, used)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (credential) DO NOTHING",
                        kept.credential(),
                        id,
                        account,
                        name,
                        kept.data(),
                        kept.counter(),
                        kept.eligible() ? 1 : 0,
                        kept.backedUp() ? 1 : 0,
                        clock.millis()))
                == 1;
    }

    /// Notes that it was used; false when somebody has used it meanwhile with a counter that is as far or further.
    boolean used(String id, PasskeyCheck.Kept now) {
        return store.write(tx ->
                tx.change(
                        "UPDATE passkey SET counter = ?, backed_up = ?, used = ?"
                                + " WHERE id = ? AND (counter < ? OR (counter = 0 AND ? = 0))",
                        now.counter(),
                        now.backedUp() ? 1 : 0,
                        clock.millis(),
                        id,
                        now.counter(),
                        now.counter()))
                == 1;
    }

    /// Calls one of the account otherwise; false when it has none of that id.
    boolean rename(String account, String id, String name) {
        return store.write(tx ->
                tx.change(
                        "UPDATE passkey SET name = ? WHERE id = ? AND account = ?",
                        name,
                        id,
                        account))
                == 1;
    }

    /// Forgets one of the account; false when it has none of that id.
    static boolean remove(Transaction tx, String account, String id) throws SQLException {
        return tx.change("DELETE FROM passkey WHERE id = ? AND account = ?", id, account) == 1;
    }

    static void removeAll(Transaction tx, String account) throws SQLException {
        tx.change("DELETE FROM passkey WHERE account = ?", account);
        tx.change("DELETE FROM passkey_user WHERE account = ?", account);
    }
}
