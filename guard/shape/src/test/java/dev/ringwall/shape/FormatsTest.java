package dev.ringwall.shape;

import static dev.ringwall.shape.KeywordsTest.said;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each format with what it takes and what it refuses.
class FormatsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    date-time | 2026-11-23T18:00:00Z    | 2026-02-29T18:00:00Z
                    date-time | 2026-11-23t18:00:00.5+01:00 | 2026-11-23 18:00:00Z
                    date-time | 1998-12-31T15:59:60-08:00 | 1998-12-31T15:58:60-08:00
                    date-time | 2026-11-23T18:00:00-00:00 | 2026-11-23T18:00:00
                    date      | 2024-02-29              | 2026-2-3
                    date      | 2026-12-31              | 2026-13-01
                    date      | 0001-01-01              | ২০২৬-01-01
                    time      | 23:59:60Z               | 24:00:00Z
                    duration  | P1DT2H                  | P1D2H
                    duration  | P3W                     | PT
                    uuid      | 00000000-0000-4000-8000-00000000000A | 0000000000004000800000000000000A
                    email     | a.b+c@example.com       | a@b@c
                    email     | a@b                     | a..b@example.com
                    email     | o'brien@example.com     | a@-b.com
                    hostname  | a-1.example             | a_1.example
                    ipv4      | 127.0.0.1               | 127.0.0.01
                    ipv4      | 255.255.255.255         | 256.1.1.1
                    ipv4      | 0.0.0.0                 | 1.2.3
                    ipv6      | ::1                     | :::1
                    ipv6      | 2001:db8::8:800:200c:417a | 1:2:3:4:5:6:7:8:9
                    ipv6      | ::ffff:1.2.3.4          | ::1%eth0
                    ipv6      | ::                      | 1::2::3
                    uri       | https://example.com/a?b=c#d | //example.com
                    uri       | urn:isbn:1              | https://exam ple.com
                    uri       | mailto:a@example.com    | http:%zz
                    uri-reference | ../a                | \\a
                    byte      | YWI=                    | YWI
                    """)
    void aFormatIsEnforced(String format, String good, String bad) {
        BodyCheck check = BodyCheck.of("{\"format\":\"" + format + "\"}");
        assertThat(said(check, "\"" + good + "\"")).isEqualTo("fits");
        assertThat(said(check, "\"" + bad.replace("\\", "\\\\") + "\"")).isEqualTo("format");
        assertThat(said(check, "1")).isEqualTo("fits");
    }

    @Test
    void formatsOfNumbersAreBounds() {
        assertThat(said(BodyCheck.of("{\"format\":\"int32\"}"), "2147483647")).isEqualTo("fits");
        assertThat(said(BodyCheck.of("{\"format\":\"int32\"}"), "2147483648")).isEqualTo("format");
        assertThat(said(BodyCheck.of("{\"format\":\"int64\"}"), "9223372036854775807"))
                .isEqualTo("fits");
        assertThat(said(BodyCheck.of("{\"format\":\"int64\"}"), "9223372036854775808"))
                .isEqualTo("format");
        assertThat(said(BodyCheck.of("{\"format\":\"float\"}"), "1e39")).isEqualTo("format");
    }
}
