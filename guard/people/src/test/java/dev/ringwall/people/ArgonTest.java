package dev.ringwall.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Beside Spring Security's encoder of the same cost, which made the hashes that lie in older databases.
class ArgonTest {

    private static final String PASSWORD = "blue kettle on a warm shelf";

    private final Argon argon = new Argon();
    private final Argon2PasswordEncoder spring = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);

    @ParameterizedTest
    @ValueSource(strings = {"x", PASSWORD, "Zürich, 東京, 🔑"})
    void eachUnderstandsTheHashesOfTheOther(String password) {
        String ours = argon.hash(password);
        String springs = spring.encode(password);
        assertThat(ours).startsWith(Argon.BEGINNING).hasSameSizeAs(springs);
        assertThat(spring.matches(password, ours)).isTrue();
        assertThat(argon.matches(password, springs)).isTrue();
        assertThat(argon.matches(password + ".", springs)).isFalse();
    }

    @Test
    void theEmptyPasswordMatchesNothing() {
        assertThat(argon.matches("", argon.hash(""))).isFalse();
    }

    @Test
    void whatWasHashedBeforeChangesNothing() {
        String hash = argon.hash(PASSWORD);
        for (int i = 0; i < 3; i++) {
            assertThat(argon.matches("another one", hash)).isFalse();
            assertThat(argon.matches(PASSWORD, hash)).isTrue();
        }
        assertThat(argon.hash(PASSWORD)).isNotEqualTo(hash);
    }

    @Test
    void severalAtATimeDoNotDisturbEachOther() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                String password = PASSWORD + i;
                all.add(threads.submit(() -> argon.matches(password, argon.hash(password))));
            }
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "AAAA",
                "AAAA$",
                "AAAA$AAAA$AAAA",
                "!$!",
                "AAAAAAAAAAAAAAAAAAAAAA$"
            })
    void whatIsNoHashMatchesNothing(String rest) {
        assertThat(argon.matches(PASSWORD, Argon.BEGINNING + rest)).isFalse();
        assertThat(argon.matches("", Argon.BEGINNING + rest)).isFalse();
    }
}
