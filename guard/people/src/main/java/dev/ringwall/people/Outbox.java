package dev.ringwall.people;

import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Letters that wait to be carried, sealed. They are written in the transaction of what they speak of and carried afterwards, so no answer
/// waits for a mail server or tells by its time whether there is a letter. Any thread may use it.
final class Outbox {

    /// After that long nobody wants it any more.
    static final Duration KEPT = Duration.ofHours(24);

    /// Who has taken a letter to carry has so long before another tries.
    private static final Duration CLAIMED = Duration.ofMinutes(2);

    private static final Duration PAUSE_MAX = Duration.ofMinutes(30);
    private static final int AT_A_TIME_MAX = 50;
    private static final int DOUBLINGS_MAX = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /// Its place is taken by nothing, where a letter would tell that somebody is known.
    private static final Letter NOBODY = new Letter("", "", "-".repeat(400));

    private final Store store;
    private final Sealing sealing;
    private final Post post;
    private final InstantSource clock;

    Outbox(Store store, Sealing sealing, Post post, InstantSource clock) {
        this.store = store;
        this.sealing = sealing;
        this.post = post;
        this.clock = clock;
    }

    private record Waiting(String id, String sealed, int tries, long next) {}

    /// Puts a letter in, as part of what it speaks of; or nothing of about the same size.
    void add(Transaction tx, Optional<Letter> letter) throws SQLException {
        Letter one = letter.orElse(NOBODY);
        byte[] text =
                String.join("\n", one.to(), one.subject(), one.text())
                        .getBytes(StandardCharsets.UTF_8);
        tx.change(
                "INSERT INTO outgoing (id, sealed, tries, next, expires) VALUES (?, ?, 0, ?, ?)",
                Secrets.random(),
                sealing.seal(text),
                clock.millis(),
                clock.instant().plus(KEPT).toEpochMilli());
    }

    /// Carries what is due. Returns how many letters were handed over.
    int carry() {
        List<Waiting> due =
                store.read(tx ->
                        tx.all(
                                row ->
                                        new Waiting(
                                                row.getString(1),
                                                row.getString(2),
                                                row.getInt(3),
                                                row.getLong(4)),
                                "SELECT id, sealed, tries, next FROM outgoing WHERE next <= ? ORDER BY next LIMIT "
                                        + AT_A_TIME_MAX,
                                clock.millis()));
        int carried = 0;
        for (Waiting one : due) {
            if (claimed(one) && carry(one)) {
                carried++;
            }
        }
        return carried;
    }

    private boolean claimed(Waiting one) {
        long until = clock.instant().plus(CLAIMED).toEpochMilli();
        return store.write(tx ->
                tx.change(
                        "UPDATE outgoing SET next = ? WHERE id = ? AND next = ?",
                        until,
                        one.id(),
                        one.next()))
                == 1;
    }

    private boolean carry(Waiting one) {
        Letter letter = letter(one.sealed());
        if (letter.to().isEmpty()) {
            forget(one);
            return false;
        }
        try {
            post.carry(letter);
            forget(one);
            return true;
        } catch (IOException notNow) {
            LOG.atWarn()
                    .addKeyValue("tries", one.tries() + 1)
                    .addKeyValue("why", notNow.getMessage())
                    .log("a letter was not taken; it is tried again");
            long pause =
                    Math.min(1000L << Math.min(one.tries(), DOUBLINGS_MAX), PAUSE_MAX.toMillis());
            store.write(tx ->
                    tx.change(
                            "UPDATE outgoing SET tries = tries + 1, next = ? WHERE id = ?",
                            clock.millis() + pause,
                            one.id()));
            return false;
        }
    }

    private Letter letter(String sealed) {
        String text =
                new String(
                        sealing.open(sealed)
                                .orElseThrow(
                                        () -> new IllegalStateException("a letter does not open")),
                        StandardCharsets.UTF_8);
        String[] parts = text.split("\n", 3);
        return new Letter(parts[0], parts[1], parts[2]);
    }

    private void forget(Waiting one) {
        store.write(tx -> tx.change("DELETE FROM outgoing WHERE id = ?", one.id()));
    }
}
