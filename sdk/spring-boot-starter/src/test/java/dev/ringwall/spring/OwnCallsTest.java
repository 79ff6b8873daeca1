package dev.ringwall.spring;

import static dev.ringwall.spring.Running.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A service's own calls are for the caller on its ways out, and say nothing to anybody else.
class OwnCallsTest {

    private static Callee stranger;
    private static Callee catalog;
    private static Callee tricked;
    private static Running shop;

    @BeforeAll
    static void start() throws IOException {
        stranger = Callee.answering();
        catalog = Callee.answering();
        tricked = Callee.sendingOnTo(stranger.address() + "/collect");
        shop =
                Running.behindSidecar(
                        Map.of(
                                "RINGWALL_CALLS", "catalog,tricked,far",
                                "CATALOG_URL", catalog.address(),
                                "TRICKED_URL", tricked.address(),
                                "FAR_URL", "https://far.example.com",
                                "SEARCH_URL", stranger.address()));
    }

    @AfterAll
    static void stop() {
        shop.close();
        catalog.close();
        tricked.close();
        stranger.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "template", "web", "forwarding"})
    void aWayOutIsToldForWhomTheCallIs(String by) {
        assertThat(call(by, catalog.address() + "/products")).isEqualTo("heard");
        assertThat(catalog.heard("Txn-Token")).hasValue("eyJ.transaction.token");
        assertThat(catalog.heard("Ringwall-Request")).hasValue("01M849JJ8C3GVWCGYZRHD83AET");
        assertThat(catalog.heard("traceparent"))
                .hasValue("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assertThat(catalog.heard("Ringwall-Caller")).isEmpty();
        assertThat(catalog.heard("Ringwall-Entry")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "template", "web", "forwarding"})
    void aStrangerIsToldNothingAlsoWhereItsAddressIsInTheEnvironment(String by) {
        assertThat(call(by, stranger.address())).isEqualTo("heard");
        assertThat(stranger.heard("Txn-Token")).isEmpty();
        assertThat(stranger.heard("Ringwall-Request")).isEmpty();
        assertThat(stranger.heard("Ringwall-Caller")).isEmpty();
        assertThat(stranger.heard("traceparent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "template", "web"})
    void noRedirectTakesTheCallersTokenElsewhere(String by) throws IOException {
        try (Callee collector = Callee.answering();
                Callee callee = Callee.sendingOnTo(collector.address());
                Running service =
                        Running.behindSidecar(
                                Map.of(
                                        "RINGWALL_CALLS",
                                        "callee",
                                        "CALLEE_URL",
                                        callee.address()))) {
            service.get("/call?by=" + by + "&to=" + callee.address(), as("acc1", "shopper"));
            assertThat(callee.heard("Txn-Token")).isPresent();
            assertThat(collector.wasCalled()).isFalse();
        }
    }

    @Test
    void onlyWhatTheSidecarNamedAndGaveIsAWayOut() {
        WaysOut ways =
                WaysOut.of(
                        Map.of(
                                "RINGWALL_CALLS", "catalog,far,name,odd name,path,missing",
                                "CATALOG_URL", "http://127.0.0.1:4001",
                                "FAR_URL", "http://10.0.0.7:4001",
                                "NAME_URL", "http://localhost:4002",
                                "PATH_URL", "http://127.0.0.1:4003/path",
                                "OTHER_URL", "http://127.0.0.1:4004"));
        assertThat(leads(ways, "http://127.0.0.1:4001/products")).isTrue();
        assertThat(leads(ways, "https://127.0.0.1:4001/products")).isFalse();
        assertThat(leads(ways, "http://127.0.0.1:4001@example.com/")).isFalse();
        assertThat(leads(ways, "http://x@127.0.0.1:4001/")).isFalse();
        assertThat(leads(ways, "http://127.0.0.1.example.com:4001/")).isFalse();
        assertThat(leads(ways, "http://localhost:4001/")).isFalse();
        assertThat(leads(ways, "http://10.0.0.7:4001/")).isFalse();
        assertThat(leads(ways, "http://localhost:4002/")).isFalse();
        assertThat(leads(ways, "http://127.0.0.1:4003/path")).isFalse();
        assertThat(leads(ways, "http://127.0.0.1:4004/")).isFalse();
        assertThat(
                        leads(
                                WaysOut.of(Map.of("CATALOG_URL", "http://127.0.0.1:4001")),
                                "http://127.0.0.1:4001"))
                .isFalse();
    }

    private static boolean leads(WaysOut ways, String address) {
        return ways.leadTo(java.net.URI.create(address));
    }

    private static String call(String by, String to) {
        return shop.get("/call?by=" + by + "&to=" + to, as("acc1", "shopper")).body();
    }
}
