package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    @Test
    void aKeyIsReadBackAndKnowsItsHash() {
        Seeds.each(
                50,
                _ -> {
                    ApiKey key = ApiKey.random();
                    assertThat(key.dangerousText()).hasSize(ApiKey.LENGTH).matches(ApiKey.FORM);
                    assertThat(ApiKey.parse(key.dangerousText()))
                            .isInstanceOfSatisfying(
                                    ApiKey.Parsed.Key.class,
                                    parsed -> {
                                        assertThat(parsed.key().id()).isEqualTo(key.id());
                                        assertThat(parsed.key().hasSha256(key.sha256())).isTrue();
                                        assertThat(parsed.key().hasSha256(ApiKey.random().sha256()))
                                                .isFalse();
                                    });
                });
    }

    @Test
    void aChangedLetterIsNoticedWithoutAskingAnybody() {
        Seeds.each(
                300,
                random -> {
                    StringBuilder text = new StringBuilder(ApiKey.random().dangerousText());
                    int at = random.nextInt(text.length());
                    text.setCharAt(at, text.charAt(at) == 'x' ? 'y' : 'x');
                    assertThat(ApiKey.parse(text.toString()))
                            .isInstanceOf(ApiKey.Parsed.Malformed.class);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rw_", "Bearer", "rw_a_b_c", "sk_0123456789ab_0_0"})
    void whatIsNoKeyIsMalformed(String text) {
        assertThat(ApiKey.parse(text)).isInstanceOf(ApiKey.Parsed.Malformed.class);
    }

    @Test
    void aKeyPrintsItsIdAlone() {
        ApiKey key = ApiKey.random();
        assertThat(key.toString()).isEqualTo("ApiKey[" + key.id() + "]");
    }
}
