package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.wire.Lines;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a message says to the next hop, and what ends here.
final class NamesTest {

    @Test
    void whatIsForOneHopOrANodesToSayGoesNoFurther() {
        assertThat(
                        passedOn(
                                "Host: shop",
                                "connection: keep-alive",
                                "Keep-Alive: timeout=5",
                                "TE: trailers",
                                "Txn-Token: forged",
                                "X-Forwarded-For: 10.0.0.1",
                                "Ringwall-Caller: admin",
                                "Client-Cert: forged",
                                "accept: */*"))
                .containsExactly("Host: shop", "accept: */*");
    }

    @Test
    void whatConnectionListsEndsHereHoweverItIsWritten() {
        assertThat(passedOn("Connection: X-Secret", "x-secret: 1", "x-other: 2"))
                .containsExactly("x-other: 2");
        assertThat(
                        passedOn(
                                "Connection: close, x-ONE",
                                "Connection: x-two",
                                "X-One: 1",
                                "X-Two: 2"))
                .isEmpty();
    }

    @Test
    void aLineNamedAsAConnectionOptionEndsHereToo() {
        assertThat(passedOn("Connection: close", "Close: now", "x-other: 2"))
                .containsExactly("x-other: 2");
    }

    @Test
    void connectionCannotTakeOutWhatSaysWhoseTheMessageIsAndHowItIsFramed() {
        assertThat(
                        passedOn(
                                "Connection: host, content-length, transfer-encoding",
                                "Host: shop",
                                "Content-Length: 3"))
                .containsExactly("Host: shop", "Content-Length: 3");
        assertThat(passedOn("Connection: Host", "Host: shop")).containsExactly("Host: shop");
    }

    @Test
    void aSetOfNamesKnowsEachOfThemInAnyCaseAndNoOther() {
        NameSet names = NameSet.of("accept", "Origin", "te");
        assertThat(names.place("ACCEPT")).isZero();
        assertThat(names.place("origin")).isEqualTo(1);
        assertThat(names.has("TE")).isTrue();
        assertThat(List.of("", "t", "accepts", "orig\u0131n", "x-none")).noneMatch(names::has);
        assertThat(NameSet.of().has("accept")).isFalse();
    }

    @Test
    void whatEndsAtThisHopOrIsOnlyANodesToSayIsNotPassedOn() {
        HttpHeaders came =
                Lines.CHECKING
                        .newHeaders()
                        .add("Host", "shop.example")
                        .add("Connection", "X-Mine, keep-alive, content-length")
                        .add("X-Mine", "1")
                        .add("TE", "trailers")
                        .add("Ringwall-Caller", "boss")
                        .add("RINGWALL-ANYTHING", "1")
                        .add("X-Forwarded-For", "10.0.0.1")
                        .add("Client-Cert", ":x:")
                        .add("Txn-Token", "t")
                        .add("tracestate", "s")
                        .add("Content-Length", "3")
                        .add("X-Forward", "kept");
        List<Map.Entry<String, String>> left =
                List.of(
                        Map.entry("Host", "shop.example"),
                        Map.entry("Content-Length", "3"),
                        Map.entry("X-Forward", "kept"));

        assertThat(Names.passedOn(came).entries()).isEqualTo(left);
        assertThat(Names.passedOn(new DefaultHttpHeaders().add(came)).entries()).isEqualTo(left);
        Names.clean(came);
        assertThat(came.entries()).isEqualTo(left);
    }

    @Test
    void aConnectionHeaderThatListsThousandsOfNamesTakesThemOut() {
        HttpHeaders came = Lines.CHECKING.newHeaders().add("host", "shop.example");
        StringBuilder listed = new StringBuilder("Host");
        for (int i = 0; i < 5_000; i++) {
            listed.append(", N").append(i);
            came.add("n" + i, "1");
        }
        came.add("connection", listed).add("kept", "1");

        List<Map.Entry<String, String>> left =
                List.of(Map.entry("host", "shop.example"), Map.entry("kept", "1"));
        assertThat(Names.passedOn(came).entries()).isEqualTo(left);
        Names.clean(came);
        assertThat(came.entries()).isEqualTo(left);
    }

    private static List<String> passedOn(String... lines) {
        Lines came = new Lines(true);
        for (String line : lines) {
            int colon = line.indexOf(':');
            came.add(line.substring(0, colon), line.substring(colon + 2));
        }
        return Names.passedOn(came).entries().stream()
                .map(line -> line.getKey() + ": " + line.getValue())
                .toList();
    }
}
