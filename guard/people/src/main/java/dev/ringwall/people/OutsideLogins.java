package dev.ringwall.people;

import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which logins stand on the word of an outside provider, and what it said. Such a login has the roles that came with it and none of the
/// account's own.
final class OutsideLogins {

    private final Store store;
    private final InstantSource clock;

    OutsideLogins(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What a login stands on.
    record Standing(String provider, String issuer, Set<String> roles) {}

    /// Notes it, before the login begins.
    void begin(String sid, Vouched vouched, Instant until) {
        store.write(tx ->
                tx.change(
                        "INSERT INTO outside_login (sid, provider, issuer, subject, outside, roles, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        sid,
                        vouched.provider(),
                        vouched.issuer(),
                        vouched.subject(),
                        vouched.sid().orElse(null),
                        String.join(" ", vouched.roles()),
                        until.toEpochMilli()));
    }

    /// What the login of that id stands on.
    Optional<Standing> of(String sid) {
        return store.read(tx ->
                tx.first(
                        row ->
                                new Standing(
                                        row.getString(1),
                                        row.getString(2),
                                        new TreeSet<>(List.of(row.getString(3).split(" ", -1)))),
                        "SELECT provider, issuer, roles FROM outside_login WHERE sid = ? AND expires > ?",
                        sid,
                        clock.millis()));
    }

    /// The logins that stand on that login there, or on any of that person where none is named.
    List<String> standingOn(String issuer, Optional<String> outside, Optional<String> subject) {
        return store.read(tx -> {
            if (outside.isPresent()) {
                return tx.all(
                        row -> row.getString(1),
                        "SELECT sid FROM outside_login WHERE outside = ? AND issuer = ? AND (? = '' OR subject = ?)",
                        outside.get(),
                        issuer,
                        subject.orElse(""),
                        subject.orElse(""));
            }
            return tx.all(
                    row -> row.getString(1),
                    "SELECT sid FROM outside_login WHERE subject = ? AND issuer = ?",
                    subject.orElse(""),
                    issuer);
        });
    }

    /// Forgets it, as part of the change that ends the login.
    static void end(Transaction tx, String sid) throws SQLException {
        tx.change("DELETE FROM outside_login WHERE sid = ?", sid);
    }
}
