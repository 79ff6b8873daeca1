package dev.ringwall.people;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which passwords may be set: long ones that are not the first that anybody would try (NIST SP 800-63B-4 §3.1.1.2). No rules of
/// composition, no ageing, every character of Unicode.
///
/// What anybody would try is looked up in zxcvbn's lists (the commonest passwords that were stolen elsewhere, names, words, rows of keys)
/// and in the words of the system and the account, also where such words are repeated, written with other letters or put together.
final class PasswordRules {

    /// Where a password is all that is asked for.
    static final int CHARACTERS_MIN = 15;

    static final int CHARACTERS_MAX = 256;

    /// So many guesses must stand before it. Guessing is slowed down long before (`Throttle`), and Argon2id makes each dear.
    static final double GUESSES_LOG10_MIN = 8;

    /// What comes after is not looked at: the work grows faster than the length.
    private static final int LOOKED_AT_CHARACTERS_MAX = 100;

    private static final int UNIT_MAX = 8;
    private static final Set<String> ROWS =
            Set.of(
                    "01234567890123456789012345678901234567890",
                    "98765432109876543210987654321098765432109",
                    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
                    "qwertyuiopasdfghjklzxcvbnm1234567890",
                    "qwertzuiopasdfghjklyxcvbnm1234567890",
                    "azertyuiopqsdfghjklmwxcvbn1234567890",
                    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p");
    private static final Set<String> KNOWN =
            Set.of(
                    "correcthorsebatterystaple",
                    "correct horse battery staple",
                    "passwordpassword1",
                    "password123456789",
                    "iloveyouiloveyou1",
                    "thisismypassword",
                    "thisisapassword",
                    "mypasswordispassword",
                    "letmeinletmein123",
                    "administrator123",
                    "administrator1234",
                    "changemechangeme1",
                    "trustno1trustno1!",
                    "unbreakable12345");

    private static final Zxcvbn GUESSER = new Zxcvbn();

    private PasswordRules() {}

    /// Why the password may not be set for that name in that system; empty when it may.
    static Optional<String> objection(String system, String name, String password) {
        String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
        int characters = normal.codePointCount(0, normal.length());
        if (characters < CHARACTERS_MIN) {
            return Optional.of(
                    characters + " characters (expected: at least " + CHARACTERS_MIN + ")");
        }
        if (characters > CHARACTERS_MAX) {
            return Optional.of(
                    characters + " characters (expected: at most " + CHARACTERS_MAX + ")");
        }
        String plain = normal.toLowerCase(Locale.ROOT);
        if (KNOWN.contains(plain)
                || ROWS.stream().anyMatch(row -> row.contains(plain))
                || repeats(plain)
                || plain.replace(name.toLowerCase(Locale.ROOT), "").length() < UNIT_MAX
                || guessed(normal, List.of(system, name, "ringwall"))) {
            return Optional.of(
                    "one of the first that anybody would try (expected: nothing that is common, repeated, a row of"
                            + " keys or made of the names here; several words that do not belong together are good)");
        }
        return Optional.empty();
    }

    private static boolean guessed(String password, List<String> ours) {
        int end = Math.min(password.length(), LOOKED_AT_CHARACTERS_MAX);
        return GUESSER.measure(password.substring(0, end), ours).getGuessesLog10()
                < GUESSES_LOG10_MIN;
    }

    private static boolean repeats(String text) {
        for (int unit = 1; unit <= UNIT_MAX; unit++) {
            if (text.startsWith(text.substring(unit))) {
                return true;
            }
        }
        return false;
    }
}
