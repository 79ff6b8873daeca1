package dev.ringwall.people;

import java.lang.ref.SoftReference;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/// Argon2id (RFC 9106) at OWASP's cost, written as `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
///
/// The 19 MiB that a hash works on are used again by the next one: made anew each time, they were most of what the process had to
/// collect. They are overwritten after each hash, and given up where memory is short. Any thread may use it; who limits how many do so at a
/// time limits the memory.
final class Argon {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    /// How each hash begins.
    static final String BEGINNING =
            "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$";

    private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final Deque<SoftReference<Blocks>> idle = new ConcurrentLinkedDeque<>();

    /// What one hash works on.
    private static final class Blocks implements Argon2BytesGenerator.BlockPool {
        private final Deque<Argon2BytesGenerator.Block> free = new ArrayDeque<>();

        @Override
        public Argon2BytesGenerator.Block allocate() {
            Argon2BytesGenerator.Block known = free.pollLast();
            return known == null ? new Argon2BytesGenerator.Block() : known;
        }

        @Override
        public void deallocate(Argon2BytesGenerator.Block block) {
            free.addLast(block.clear());
        }
    }

    /// A new hash.
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return BEGINNING
                + TO_TEXT.encodeToString(salt)
                + "$"
                + TO_TEXT.encodeToString(derived(password, salt));
    }

    /// Whether the hash, which begins as ours do, is of that password. No hash is of the empty one.
    boolean matches(String password, String hash) {
        String[] parts = hash.substring(BEGINNING.length()).split("\\$", -1);
        if (parts.length != 2) {
            return false;
        }
        try {
            byte[] salt = Base64.getDecoder().decode(parts[0]);
            byte[] expected = Base64.getDecoder().decode(parts[1]);
            return MessageDigest.isEqual(expected, derived(password, salt)) && !password.isEmpty();
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private byte[] derived(String password, byte[] salt) {
        Blocks blocks = taken();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(MEMORY_KIB)
                        .withIterations(PASSES)
                        .withParallelism(LANES)
                        .withSalt(salt)
                        .withBlockPool(blocks)
                        .build());
        byte[] derived = new byte[HASH_BYTES];
        generator.generateBytes(password.toCharArray(), derived);
        idle.addLast(new SoftReference<>(blocks));
        return derived;
    }

    /// Those that were used last, and are still there.
    private Blocks taken() {
        SoftReference<Blocks> next = idle.pollLast();
        while (next != null) {
            @Nullable Blocks blocks = next.get();
            if (blocks != null) {
                return blocks;
            }
            next = idle.pollLast();
        }
        return new Blocks();
    }
}
