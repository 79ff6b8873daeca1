package dev.ringwall.gateway;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The keys of session tickets (RFC 8446 §4.6.1, RFC 5077 §5.5): made at random, in memory alone, replaced when they are old. The one before
/// is still taken, so that a caller that comes back within the hour needs no whole handshake. Any thread may use it.
final class TicketKeys {

    /// How long a key makes tickets, and how long after that they are taken.
    static final Duration REPLACED_EVERY = Duration.ofHours(1);

    private final OpenSslSessionContext sessions;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private @Nullable OpenSslSessionTicketKey newest;
    private Instant due = Instant.MIN;

    TicketKeys(OpenSslSessionContext sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
        replaceWhenOld();
    }

    /// Asked before each handshake, so it needs no clock that ticks: keys that nobody comes with may grow old.
    synchronized void replaceWhenOld() {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return;
        }
        OpenSslSessionTicketKey next = fresh();
        OpenSslSessionTicketKey before = newest;
        boolean stillGood = before != null && now.isBefore(due.plus(REPLACED_EVERY));
        if (stillGood) {
            sessions.setTicketKeys(next, before);
        } else {
            sessions.setTicketKeys(next);
        }
        newest = next;
        due = now.plus(REPLACED_EVERY);
    }

    private OpenSslSessionTicketKey fresh() {
        return new OpenSslSessionTicketKey(
                bytes(OpenSslSessionTicketKey.NAME_SIZE),
                bytes(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                bytes(OpenSslSessionTicketKey.AES_KEY_SIZE));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
