package dev.ringwall.people;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/// Hashes of passwords that another system made: they are taken over with an account, and give way to ours at the first login. Argon2 and bcrypt
/// as those write them, and PBKDF2 as `$pbkdf2-sha256$i=27500$SALT$HASH` (also `sha1`, `sha512`; unpadded base64) in the manner of the PHC string
/// format.
final class ForeignHash {

    /// How long the text may be.
    static final int CHARACTERS_MAX = 300;

    /// What one comparison may cost at most: a hash that costs more would be a way to keep the provider busy.
    static final int ARGON_KIB_MAX = 256 * 1024;

    static final int ARGON_PASSES_MAX = 20;
    static final int ARGON_LANES_MAX = 8;
    static final int BCRYPT_COST_MAX = 15;
    static final int PBKDF2_ROUNDS_MAX = 2_000_000;

    private static final int SALT_BYTES_MIN = 8;
    private static final int HASH_BYTES_MIN = 16;

    private static final Pattern ARGON =
            Pattern.compile(
                    "\\$argon2(?:id|i|d)\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final Pattern BCRYPT =
            Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final Pattern PBKDF2 =
            Pattern.compile(
                    "\\$pbkdf2-(sha1|sha256|sha512)\\$i=(\\d{1,8})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final Map<String, String> PBKDF2_NAMES =
            Map.of(
                    "sha1", "PBKDF2WithHmacSHA1",
                    "sha256", "PBKDF2WithHmacSHA256",
                    "sha512", "PBKDF2WithHmacSHA512");

    private static final Argon2PasswordEncoder ARGONS = new Argon2PasswordEncoder(16, 32, 1, 8, 1);
    private static final BCryptPasswordEncoder BCRYPTS = new BCryptPasswordEncoder();

    private ForeignHash() {}

    /// Why the hash cannot be taken over; empty when it can.
    static Optional<String> objection(String hash) {
        if (hash.length() > CHARACTERS_MAX) {
            return Optional.of("longer than " + CHARACTERS_MAX + " characters");
        }
        Matcher argon = ARGON.matcher(hash);
        if (argon.matches()) {
            return costly(
                            number(argon, 1) <= ARGON_KIB_MAX
                                    && number(argon, 2) <= ARGON_PASSES_MAX
                                    && number(argon, 3) <= ARGON_LANES_MAX)
                    .or(() -> encoded(argon.group(4), argon.group(5)));
        }
        Matcher bcrypt = BCRYPT.matcher(hash);
        if (bcrypt.matches()) {
            int cost = number(bcrypt, 1);
            return cost < 4
                    ? Optional.of("bcrypt with a cost below 4")
                    : costly(cost <= BCRYPT_COST_MAX);
        }
        Matcher pbkdf2 = PBKDF2.matcher(hash);
        if (pbkdf2.matches()) {
            return costly(number(pbkdf2, 2) >= 1 && number(pbkdf2, 2) <= PBKDF2_ROUNDS_MAX)
                    .or(() -> encoded(pbkdf2.group(3), pbkdf2.group(4)));
        }
        return Optional.of(
                "a hash of no known kind (expected: $argon2id$v=19$…, $2b$… or $pbkdf2-sha256$i=…)");
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static Optional<String> costly(boolean bearable) {
        return bearable
                ? Optional.empty()
                : Optional.of(
                        "a hash whose comparison would cost too much (expected: Argon2 with at most "
                                + ARGON_KIB_MAX / 1024
                                + " MiB, "
                                + ARGON_PASSES_MAX
                                + " passes and "
                                + ARGON_LANES_MAX
                                + " lanes, bcrypt up to cost "
                                + BCRYPT_COST_MAX
                                + ", PBKDF2 with 1 to "
                                + PBKDF2_ROUNDS_MAX
                                + " rounds)");
    }

    private static Optional<String> encoded(String salt, String hash) {
        try {
            boolean whole =
                    Base64.getDecoder().decode(salt).length >= SALT_BYTES_MIN
                            && Base64.getDecoder().decode(hash).length >= HASH_BYTES_MIN;
            return whole
                    ? Optional.empty()
                    : Optional.of(
                            "salt or hash too short (expected: at least "
                                    + SALT_BYTES_MIN
                                    + " and "
                                    + HASH_BYTES_MIN
                                    + " bytes)");
        } catch (IllegalArgumentException notBase64) {
            return Optional.of("salt or hash that is not base64");
        }
    }

    /// Whether the hash is of that password, letter for letter as it was typed: the other system did not change it either.
    static boolean matches(String password, String hash) {
        if (objection(hash).isPresent()) {
            return false;
        }
        if (hash.startsWith("$argon2")) {
            return ARGONS.matches(password, hash);
        }
        Matcher pbkdf2 = PBKDF2.matcher(hash);
        return pbkdf2.matches() ? pbkdf2(password, pbkdf2) : BCRYPTS.matches(password, hash);
    }

    private static boolean pbkdf2(String password, Matcher says) {
        byte[] expected = Base64.getDecoder().decode(says.group(4));
        PBEKeySpec spec =
                new PBEKeySpec(
                        password.toCharArray(),
                        Base64.getDecoder().decode(says.group(3)),
                        number(says, 2),
                        expected.length * Byte.SIZE);
        try {
            String name = PBKDF2_NAMES.get(says.group(1).toLowerCase(Locale.ROOT));
            return MessageDigest.isEqual(
                    expected, SecretKeyFactory.getInstance(name).generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has PBKDF2", impossible);
        } finally {
            spec.clearPassword();
        }
    }
}
