package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 7239 §4 to §6, as far as the gateway writes it.
class ForwardedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=192.0.2.43;proto=https;host=shop.example | 192.0.2.43",
                "for=\"192.0.2.43:4711\" | 192.0.2.43",
                "For=\"[2001:db8::17]:4711\";proto=https | 2001:db8::17",
                "proto=https;for=\"[2001:db8::17]\" | 2001:db8::17",
            })
    void theClientIsTheOneThatTheGatewayNames(String header, String client) {
        assertThat(Forwarded.client(header)).contains(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "for=unknown",
                "for=_hidden",
                "for=192.0.2.43, for=198.51.100.17",
                "by=192.0.2.43",
                "xfor=192.0.2.43",
                "for=2001:db8::17",
                "for=<script>",
            })
    void anythingElseNamesNobody(String header) {
        assertThat(Forwarded.client(header)).isEmpty();
    }
}
