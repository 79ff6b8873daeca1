package dev.ringwall.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void theCodesAreThoseOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, second / Totp.STEP_SECONDS)).isEqualTo(code);
    }

    @Test
    void aCodeIsGoodOneStepEarlyOrLateAndNoMore() {
        Instant now = Instant.ofEpochSecond(1111111111);
        long step = now.getEpochSecond() / Totp.STEP_SECONDS;
        for (long off = -1; off <= 1; off++) {
            assertThat(Totp.step(SECRET, Totp.code(SECRET, step + off), now))
                    .isEqualTo(OptionalLong.of(step + off));
        }
        assertThat(Totp.step(SECRET, Totp.code(SECRET, step - 2), now)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, step + 2), now)).isEmpty();
        assertThat(Totp.step(SECRET, "", now)).isEmpty();
    }

    @Test
    void theSecretIsTypedInBase32() {
        assertThat(Totp.typed(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.uri(SECRET, "my shop", "ana&bob"))
                .isEqualTo(
                        "otpauth://totp/my%20shop:ana%26bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=my%20shop");
    }
}
