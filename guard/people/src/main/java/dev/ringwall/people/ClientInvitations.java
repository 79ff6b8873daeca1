package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Ids;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who may register clients (RFC 7591 §3, "initial access token"): whoever was given an invitation, so often and so long as it says. Every
/// act is recorded before it happens. Any thread may use it.
public final class ClientInvitations {

    /// What the id of an invitation begins with.
    public static final String PREFIX = "invitation-";

    /// The most clients that one invitation is for.
    public static final int USES_MAX = 1_000;

    /// How long one lasts at most.
    public static final Duration LASTS_MAX = Duration.ofDays(30);

    private final Store store;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Ids ids;

    ClientInvitations(Store store, Ledger ledger, InstantSource clock) {
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /// One that waits, without its token.
    ///
    /// @param uses how many clients can still be registered with it
    public record Invitation(String id, int uses, Instant created, Instant expires) {}

    /// A new one; the token is shown this once.
    public record Made(Invitation invitation, String token) {
        @Override
        public String toString() {
            return "Made[" + invitation + "]";
        }
    }

    /// Makes one.
    ///
    /// @param uses  for how many clients, 1 to [#USES_MAX]
    /// @param lasts up to [#LASTS_MAX]
    /// @throws IllegalArgumentException for other numbers
    public Made invite(int uses, Duration lasts, Actor by) {
        if (uses < 1 || uses > USES_MAX || !lasts.isPositive() || lasts.compareTo(LASTS_MAX) > 0) {
            throw new IllegalArgumentException(uses + " uses within " + lasts);
        }
        Instant now = clock.instant();
        String token = Secrets.random();
        Invitation made =
                new Invitation(
                        PREFIX + ids.next().toLowerCase(Locale.ROOT), uses, now, now.plus(lasts));
        ledger.administered(
                AdminAct.CLIENT_INVITED,
                by,
                made.id(),
                Map.of("uses", String.valueOf(uses), "expires", made.expires().toString()));
        store.write(tx ->
                tx.change(
                        "INSERT INTO client_invitation (hash, id, uses, created, expires) VALUES (?, ?, ?, ?, ?)",
                        Secrets.sha256(token),
                        made.id(),
                        uses,
                        now.toEpochMilli(),
                        made.expires().toEpochMilli()));
        return new Made(made, token);
    }

    /// The id of the invitation with that token, where it still counts.
    Optional<String> counts(String token) {
        return store.read(tx ->
                tx.first(
                        row -> row.getString(1),
                        "SELECT id FROM client_invitation WHERE hash = ? AND uses > 0 AND expires > ?",
                        Secrets.sha256(token),
                        clock.millis()));
    }

    /// Takes one use, as part of the change that registers the client; false where none is left.
    boolean use(Transaction tx, String token) throws SQLException {
        return tx.change(
                        "UPDATE client_invitation SET uses = uses - 1 WHERE hash = ? AND uses > 0 AND expires > ?",
                        Secrets.sha256(token),
                        clock.millis())
                == 1;
    }

    /// Those that still count, the oldest first.
    public List<Invitation> list() {
        return store
                .read(tx ->
                        tx.all(
                                row ->
                                        new Invitation(
                                                row.getString(1),
                                                row.getInt(2),
                                                Instant.ofEpochMilli(row.getLong(3)),
                                                Instant.ofEpochMilli(row.getLong(4))),
                                "SELECT id, uses, created, expires FROM client_invitation WHERE expires > ? ORDER BY expires",
                                clock.millis()))
                .stream()
                .filter(one -> one.uses() > 0)
                .sorted(Comparator.comparing(Invitation::id))
                .toList();
    }

    /// Takes it back; false where there is none of that id.
    public boolean withdraw(String id, Actor by) {
        if (list().stream().noneMatch(one -> one.id().equals(id))) {
            return false;
        }
        ledger.administered(AdminAct.CLIENT_REVOKED, by, id, Map.of());
        return store.write(tx -> tx.change("DELETE FROM client_invitation WHERE id = ?", id)) == 1;
    }
}
