package dev.ringwall.events;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/// Makes identifiers that sort by time: 48 bits of milliseconds and 80 random bits, as 26 characters of Crockford's base 32
/// (the form of a ULID). Not secret, not guessable.
public final class Ids {

    /// How long every identifier is.
    public static final int LENGTH = 26;

    private static final byte[] ALPHABET =
            "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.ISO_8859_1);

    private static final int RANDOM_BYTES = 10;

    /// Random bytes are drawn for so many identifiers at once: drawing costs more than all else here.
    private static final int DRAWN_AT_ONCE = 128;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] drawn = new byte[RANDOM_BYTES * DRAWN_AT_ONCE];
    private int used = drawn.length;

    /// Makes identifiers by that clock.
    public Ids(InstantSource clock) {
        this.clock = clock;
    }

    /// A new identifier.
    public String next() {
        long high = 0;
        long low = 0;
        lock.lock();
        try {
            if (used == drawn.length) {
                random.nextBytes(drawn);
                used = 0;
            }
            for (int i = used; i < used + RANDOM_BYTES / 2; i++) {
                high = high << 8 | (drawn[i] & 0xff);
                low = low << 8 | (drawn[i + RANDOM_BYTES / 2] & 0xff);
            }
            used += RANDOM_BYTES;
        } finally {
            lock.unlock();
        }
        byte[] text = new byte[LENGTH];
        long millis = clock.millis();
        for (int i = 9; i >= 0; i--) {
            text[i] = ALPHABET[(int) (millis & 31)];
            millis >>>= 5;
        }
        for (int i = 7; i >= 0; i--) {
            text[10 + i] = ALPHABET[(int) (high & 31)];
            text[18 + i] = ALPHABET[(int) (low & 31)];
            high >>>= 5;
            low >>>= 5;
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /// Whether the text has the form of an identifier.
    public static boolean wellFormed(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'A' && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U';
            if (!digit && !letter) {
                return false;
            }
        }
        return true;
    }
}
