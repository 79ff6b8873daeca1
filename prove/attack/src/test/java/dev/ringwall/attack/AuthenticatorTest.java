package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthenticatorTest {

    /// The key of RFC 6238, appendix B, for SHA-1.
    private static final String KEY = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ";

    /// The last six digits of the eight that stand there.
    @ParameterizedTest
    @CsvSource({
        "59,          287082",
        "1111111109,  081804",
        "1111111111,  050471",
        "1234567890,  005924",
        "2000000000,  279037",
        "20000000000, 353130"
    })
    void itsCodesAreThoseOfTheStandard(long time, String code) throws IOException {
        Authenticator app = new Authenticator(() -> Instant.ofEpochSecond(time));
        app.add(KEY);
        assertThat(app.code()).isEqualTo(code);
    }

    @Test
    void itGivesNoCodeTwiceAndThenRecoveryCodes() throws IOException {
        Authenticator app = new Authenticator(() -> Instant.ofEpochSecond(1_111_111_109));
        app.add(KEY);
        app.keep(List.of("ABCD-EFGH"));
        assertThat(List.of(app.code(), app.code(), app.code()))
                .containsExactly("081804", "050471", "ABCD-EFGH");
    }

    @Test
    void aKeyReadsAsItIsTyped() {
        assertThat(Authenticator.bytes(KEY))
                .isEqualTo("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    }
}
