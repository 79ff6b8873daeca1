package dev.ringwall.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An authenticator app of the prover's own (RFC 6238 over RFC 4226 §5.3, as apps do it: six digits, half a minute, HMAC-SHA-1). It gives each
/// code out once. For any thread.
public final class Authenticator implements SecondFactor {

    static final int STEP_SECONDS = 30;

    private static final int MODULUS = 1_000_000;
    private static final int BITS_OF_A_LETTER = 5;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final InstantSource clock;
    private final Deque<String> recovery = new ArrayDeque<>();
    private byte[] key = new byte[0];
    private long last;

    /// No app yet; it tells the time by that clock.
    public Authenticator(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void add(String typed) {
        key = bytes(typed);
        last = 0;
        recovery.clear();
    }

    /// Whether there is one.
    synchronized boolean added() {
        return key.length > 0;
    }

    @Override
    public synchronized void keep(List<String> recoveryCodes) {
        recovery.addAll(recoveryCodes);
    }

    /// The next code that was not given out, one step early at most; then a recovery code; then it waits for the time to come.
    @Override
    public synchronized String code() throws IOException {
        if (key.length == 0) {
            throw new IOException("a code is asked for, and no app was added");
        }
        long step = Math.max(last + 1, now());
        if (step > now() + 1) {
            String spare = recovery.poll();
            if (spare != null) {
                return spare;
            }
            Instant from = Instant.ofEpochSecond((step - 1) * STEP_SECONDS);
            Scene.sleep(Duration.between(clock.instant(), from).plusMillis(1));
        }
        last = step;
        return code(key, step);
    }

    /// A recovery code that was not given out.
    synchronized String recoveryCode() throws NotPlayable {
        String spare = recovery.poll();
        if (spare == null) {
            throw new NotPlayable("no recovery code is left");
        }
        return spare;
    }

    private long now() {
        return clock.instant().getEpochSecond() / STEP_SECONDS;
    }

    /// The code of that step.
    static String code(byte[] key, long step) {
        try {
            Mac hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(key, "HmacSHA1"));
            byte[] hash = hmac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int at = hash[hash.length - 1] & 0xf;
            int cut = ByteBuffer.wrap(hash, at, Integer.BYTES).getInt() & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", cut % MODULUS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// RFC 4648 §6, without padding, with the spaces that people read it by.
    static byte[] bytes(String typed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (char letter : typed.replace(" ", "").toCharArray()) {
            held = (held << BITS_OF_A_LETTER) | LETTERS.indexOf(letter);
            bits += BITS_OF_A_LETTER;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes.write(held >> bits);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return "Authenticator[…]";
    }
}
