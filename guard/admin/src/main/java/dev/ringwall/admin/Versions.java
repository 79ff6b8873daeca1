package dev.ringwall.admin;

import dev.ringwall.people.Account;
import dev.ringwall.people.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What an account was like, in one word: its entity tag (RFC 9110 §8.8.3).
final class Versions {

    private static final int BYTES = 16;

    private Versions() {}

    static String of(Person person) {
        Account account = person.account();
        byte[] all =
                StrictJson.JSON
                        .writeValueAsString(
                                List.of(
                                        account.id(),
                                        account.name(),
                                        List.copyOf(account.roles()),
                                        account.disabled(),
                                        person.externalId().orElse(""),
                                        person.attributes()))
                        .getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all);
            return '"'
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(Arrays.copyOf(hash, BYTES))
                    + '"';
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    /// Refuses where the account is not any more as the caller saw it. Weak tags count: nothing but this makes them.
    static void check(Optional<String> ifMatch, Person person) {
        if (ifMatch.isEmpty() || ifMatch.get().strip().equals("*")) {
            return;
        }
        String now = of(person);
        boolean one =
                Arrays.stream(ifMatch.get().split(",", -1))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(now::equals);
        if (!one) {
            throw Refused.stale();
        }
    }
}
