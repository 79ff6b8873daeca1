package dev.ringwall.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The small values that everything else is made of.
class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "shoper,shopper",
        "sesion,session",
        "clrek,clerk",
        "warehose,warehouse",
        "catalog.lst,catalog.list"
    })
    void aSlipIsNearToWhatWasMeant(String written, String meant) {
        assertThat(
                        Nearest.to(
                                written,
                                Set.of("shopper", "session", "clerk", "warehouse", "catalog.list")))
                .contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zebra", "x", "", "administrator"})
    void whatIsNearToNothingIsNotGuessed(String written) {
        assertThat(Nearest.to(written, Set.of("shopper", "session", "clerk"))).isEmpty();
        assertThat(Nearest.hint(written, Set.of("shopper"), "declare it")).isEqualTo("declare it");
    }

    @Test
    void aWordBeyondTheLimitIsNotCompared() {
        String tooLong = "a".repeat(Nearest.LENGTH_MAX + 1);

        assertThat(Nearest.to(tooLong, Set.of(tooLong + "b"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.0/24", "203.0.113.7", "0.0.0.0/0", "2001:db8::/32", "::1"})
    void anAddressOrABlockIsANetwork(String text) {
        Network network = Network.parse(text).orElseThrow();

        assertThat(Network.parse(network.toString())).contains(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7/24",
                "203.0.113.0/33",
                "203.0.113",
                "1",
                "office.example.com",
                "",
                "/8",
                "::1/129",
                "1.2.3.4/-1",
                "1.2.3.4/x"
            })
    void anythingElseIsNoNetwork(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void aNetworkContainsItsAddressesAndNoOthers() throws Exception {
        Network office = Network.parse("203.0.113.0/25").orElseThrow();

        assertThat(office.contains(InetAddress.getByName("203.0.113.127"))).isTrue();
        assertThat(office.contains(InetAddress.getByName("203.0.113.128"))).isFalse();
        assertThat(office.contains(InetAddress.getByName("2001:db8::1"))).isFalse();
    }

    @Test
    void anOperationNameIsReadAsItIsPrinted() {
        assertThat(OperationName.parse("orders.place"))
                .map(OperationName::toString)
                .contains("orders.place");
        assertThat(OperationName.parse("orders")).isEmpty();
        assertThat(OperationName.parse("Orders.place")).isEmpty();
        assertThat(OperationName.parse("orders.place.now")).isEmpty();
        assertThatThrownBy(() -> new OperationName("orders", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void routesOfOneShapeDifferInNamesOnly() {
        HttpRoute read =
                route(
                        new HttpRoute.Segment.Literal("orders"),
                        new HttpRoute.Segment.Parameter("id"));
        HttpRoute show =
                route(
                        new HttpRoute.Segment.Literal("orders"),
                        new HttpRoute.Segment.Parameter("order"));

        assertThat(read).hasToString("GET /orders/{id}").isNotEqualTo(show);
        assertThat(read.shape()).isEqualTo(show.shape());
        assertThat(read.parameters()).containsExactly("id");
        assertThat(route().path()).isEqualTo("/");
        assertThatThrownBy(() -> new HttpRoute("TRACE", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLimitIsPrintedAsItIsWritten() {
        assertThat(new Limit(300, Duration.ofMinutes(1), Limit.Key.ADDRESS, Line.BUILT_IN))
                .hasToString("300/min per address");
        assertThatThrownBy(
                        () -> new Limit(0, Duration.ofMinutes(1), Limit.Key.ADDRESS, Line.BUILT_IN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limit(1, Duration.ZERO, Limit.Key.ADDRESS, Line.BUILT_IN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linesSortByFileThenPlace() {
        Set<Line> lines =
                new TreeSet<>(
                        List.of(
                                new Line("b", 1, 1),
                                new Line("a", 2, 1),
                                new Line("a", 1, 9),
                                new Line("a", 1, 2)));

        assertThat(lines)
                .extracting(line -> line + ":" + line.column())
                .containsExactly("a:1:2", "a:1:9", "a:2:1", "b:1:1");
    }

    @Test
    void reasonsAreReadBackFromTheirWords() {
        for (Reason reason : Reason.values()) {
            assertThat(Reason.of(reason.word())).contains(reason);
        }
    }

    private static HttpRoute route(HttpRoute.Segment... segments) {
        return new HttpRoute("GET", List.of(segments));
    }
}
