package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.Seeds;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64UrlTest {

    @Test
    void whatJoseWritesIsCanonical() {
        Seeds.each(
                200,
                random -> {
                    byte[] bytes = new byte[random.nextInt(40)];
                    random.nextBytes(bytes);
                    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                    assertThat(StrictBase64Url.canonical(text)).isTrue();
                    assertThat(StrictBase64Url.decode(text, 0, text.length())).contains(bytes);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A", "AB=", "AA==", "AB", "AAB", "AA+A", "AA/A", "AA A", "AAA\n", "AAÄA", "A.AA"
            })
    void everyOtherFormIsNot(String text) {
        assertThat(StrictBase64Url.canonical(text)).isFalse();
    }

    @Test
    void aTokenHasAsManyPartsAsItShould() {
        assertThat(StrictBase64Url.canonicalParts("AA.AA.AA", 3)).isTrue();
        assertThat(StrictBase64Url.canonicalParts("AA.AA", 3)).isFalse();
        assertThat(StrictBase64Url.canonicalParts("AA.AA.AA.AA", 3)).isFalse();
        assertThat(StrictBase64Url.canonicalParts("AA.AB.AA", 3)).isFalse();
    }
}
