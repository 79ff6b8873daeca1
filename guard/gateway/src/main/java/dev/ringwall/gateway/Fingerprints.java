package dev.ringwall.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Remembers of very many texts that they were seen, each by its SHA-256 and until it ends: 36 bytes a place, and less than two places a
/// text. A text that is found was seen: nobody finds another one with the same 256 bits. One that was seen may be forgotten. Any thread
/// may use it.
final class Fingerprints {

    private static final int SEGMENTS = 256;
    private static final int WORDS = 4;
    private static final int PLACES_AT_FIRST = 16;
    private static final int BYTES_PER_PLACE = WORDS * Long.BYTES + Integer.BYTES;

    private final Segment[] segments = new Segment[SEGMENTS];

    /// Remembers at most that many; a power of two that is at least 4,096.
    Fingerprints(int entriesMax) {
        if (Integer.bitCount(entriesMax) != 1 || entriesMax < SEGMENTS * PLACES_AT_FIRST) {
            throw new IllegalArgumentException(
                    entriesMax + " entries (expected: a power of two, at least 4096)");
        }
        Arrays.setAll(segments, _ -> new Segment(entriesMax / SEGMENTS));
    }

    /// Whether this was seen and has not ended.
    boolean has(String text, long nowSeconds) {
        long[] words = fingerprint(text);
        return segment(words).has(words, (int) nowSeconds);
    }

    /// It was seen, and is forgotten when it ends.
    void keep(String text, long endsSeconds, long nowSeconds) {
        long[] words = fingerprint(text);
        segment(words)
                .keep(words, (int) Math.min(endsSeconds, Integer.MAX_VALUE), (int) nowSeconds);
    }

    /// How many are remembered.
    int size() {
        return Arrays.stream(segments).mapToInt(Segment::size).sum();
    }

    /// The memory that they take.
    long bytes() {
        return Arrays.stream(segments).mapToLong(Segment::places).sum() * BYTES_PER_PLACE;
    }

    private Segment segment(long[] words) {
        return segments[(int) (words[0] & (SEGMENTS - 1))];
    }

    private static long[] fingerprint(String text) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
            return new long[] {
                digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong()
            };
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /// A table with open places; never more than half of them are taken. The end of an open one is 0.
    private static final class Segment {

        private final int entriesMax;
        private long[] words = new long[PLACES_AT_FIRST * WORDS];
        private int[] ends = new int[PLACES_AT_FIRST];
        private int size;

        Segment(int entriesMax) {
            this.entriesMax = entriesMax;
        }

        synchronized int size() {
            return size;
        }

        synchronized int places() {
            return ends.length;
        }

        synchronized boolean has(long[] wanted, int now) {
            return ends[place(wanted)] > now;
        }

        synchronized void keep(long[] wanted, int end, int now) {
            if (end <= now) {
                return;
            }
            int at = place(wanted);
            if (ends[at] == 0) {
                if (2 * (size + 1) > ends.length) {
                    makeRoom(now);
                    at = place(wanted);
                }
                size++;
                System.arraycopy(wanted, 0, words, at * WORDS, WORDS);
            }
            ends[at] = end;
        }

        /// Its place, or the open one where it would lie.
        private int place(long[] wanted) {
            int mask = ends.length - 1;
            int at = (int) (wanted[0] >>> Integer.SIZE) & mask;
            while (ends[at] != 0
                    && !Arrays.equals(words, at * WORDS, (at + 1) * WORDS, wanted, 0, WORDS)) {
                at = (at + 1) & mask;
            }
            return at;
        }

        /// Forgets what has ended. Where that is not much, there are twice as many places; where there may not be more, every second one is
        /// forgotten.
        private void makeRoom(int now) {
            long[] oldWords = words;
            int[] oldEnds = ends;
            int alive = 0;
            for (int end : oldEnds) {
                alive += end > now ? 1 : 0;
            }
            boolean mayGrow = oldEnds.length < 2 * entriesMax;
            boolean full = !mayGrow && alive > entriesMax / 4 * 3;
            int places =
                    mayGrow && alive > oldEnds.length / 4 ? 2 * oldEnds.length : oldEnds.length;
            words = new long[places * WORDS];
            ends = new int[places];
            size = 0;
            boolean every = true;
            for (int i = 0; i < oldEnds.length; i++) {
                if (oldEnds[i] > now && (!full || (every = !every))) {
                    long[] one = Arrays.copyOfRange(oldWords, i * WORDS, (i + 1) * WORDS);
                    int at = place(one);
                    System.arraycopy(one, 0, words, at * WORDS, WORDS);
                    ends[at] = oldEnds[i];
                    size++;
                }
            }
        }
    }
}
