package dev.ringwall.people;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which passwords may be set: long ones that are not the first that anybody would try (NIST SP 800-63B-4 §3.1.1.2). No rules of
/// composition, no ageing, every character of Unicode.
final class PasswordRules {

    /// Where a password is all that is asked for.
    static final int CHARACTERS_MIN = 15;

    static final int CHARACTERS_MAX = 256;

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

    private PasswordRules() {}

    /// Why the password may not be set for that name; empty when it may.
    static Optional<String> objection(String name, String password) {
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
                || plain.replace(name.toLowerCase(Locale.ROOT), "").length() < UNIT_MAX) {
            return Optional.of("one of the first that anybody would try");
        }
        return Optional.empty();
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
