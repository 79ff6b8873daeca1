package dev.ringwall.people;

import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// What waits for a code out of a letter. The browser that asked holds one secret, the letter carries another, and only both together open
/// anything: who sees the letter alone, and who began it without seeing the letter, come no further. Neither is part of an address.
final class MailFlows {

    /// How long somebody may look for the letter.
    static final Duration LASTS = Duration.ofMinutes(20);

    /// An invitation waits for who may be away.
    static final Duration INVITED = Duration.ofDays(7);

    static final int TRIES_MAX = 10;

    /// So many letters may be on their way to one account, however its name is spelt.
    static final int WAITING_MAX = 5;

    private static final int CODE_CHARACTERS = 16;
    private static final int GROUP = 4;

    private final Store store;
    private final InstantSource clock;

    MailFlows(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What the code is for.
    enum Kind {
        RESET,
        REGISTER,
        INVITE,
        ADDRESS
    }

    /// One that waits.
    ///
    /// @param account empty where there is none yet, or none of the name that was typed
    /// @param bound   of the account when it began: where that has changed since, it is worth nothing
    record Flow(
            Kind kind,
            Optional<String> account,
            String address,
            String roles,
            String code,
            String bound) {}

    /// 80 random bits that people can type.
    static String code() {
        return Totp.typed(Totp.secret()).substring(0, CODE_CHARACTERS);
    }

    /// The code in groups, as it stands in the letter.
    static String shown(String code) {
        return code.replaceAll("(.{" + GROUP + "})(?!$)", "$1-");
    }

    /// The hash of a code, however it is typed.
    static String hash(String typed) {
        return Secrets.sha256(typed.replaceAll("[\\s-]", "").toUpperCase(java.util.Locale.ROOT));
    }

    /// How many wait for that account.
    int waiting(String account) {
        return store.read(tx ->
                        tx.first(
                                row -> row.getInt(1),
                                "SELECT COUNT(*) FROM mail_flow WHERE account = ? AND expires > ?",
                                account,
                                clock.millis()))
                .orElse(0);
    }

    /// Begins one for whoever holds that secret.
    void begin(Transaction tx, String secret, Flow flow, Duration lasts) throws SQLException {
        tx.change(
                "INSERT INTO mail_flow (hash, kind, account, address, roles, code, bound, tries, expires)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
                Secrets.sha256(secret),
                flow.kind().name(),
                flow.account().orElse(null),
                flow.address(),
                flow.roles(),
                flow.code(),
                flow.bound(),
                clock.instant().plus(lasts).toEpochMilli());
    }

    /// What waits for whoever holds that secret, and takes one try of it; empty when there is none, or no try left.
    Optional<Flow> attempt(Kind kind, String secret) {
        String hash = Secrets.sha256(secret);
        return store.write(tx -> {
            int taken =
                    tx.change(
                            "UPDATE mail_flow SET tries = tries + 1 WHERE hash = ? AND kind = ? AND tries < ? AND expires > ?",
                            hash,
                            kind.name(),
                            TRIES_MAX,
                            clock.millis());
            return taken == 1
                    ? tx.first(
                            MailFlows::flow,
                            "SELECT kind, account, address, roles, code, bound FROM mail_flow WHERE hash = ?",
                            hash)
                    : Optional.empty();
        });
    }

    private static Flow flow(ResultSet row) throws SQLException {
        return new Flow(
                Kind.valueOf(row.getString(1)),
                Optional.ofNullable(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }

    /// Ends it; false when somebody else has.
    boolean end(String secret) {
        return store.write(tx ->
                tx.change("DELETE FROM mail_flow WHERE hash = ?", Secrets.sha256(secret)))
                == 1;
    }
}
