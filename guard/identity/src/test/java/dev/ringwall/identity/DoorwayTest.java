package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.people.Account;
import dev.ringwall.people.NotRecorded;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Who gets in at all, and what happens when an event cannot be kept.
class DoorwayTest {

    @TempDir static Path folder;
    private static House house;

    @BeforeAll
    static void start() {
        house = House.in(folder);
        house.account("ana", "shopper");
    }

    @AfterEach
    void keepAgain() {
        house.losing.set(false);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders", "control", "gateway-of-another", "operator"})
    void onlyTheGatewayPassesOnWhatCallersAsk(String peer) {
        for (String path :
                List.of(
                        Paths.LOGIN,
                        Paths.JWKS,
                        Paths.SERVER_METADATA,
                        Paths.AUTHORIZE,
                        "/auth/x",
                        "/%61uth/login")) {
            HttpResponse<String> answer = new Browser(house, peer).get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("peer-not-trusted");
        }
    }

    @Test
    void aPeerOfAnotherAuthorityDoesNotGetThroughTheHandshake() {
        Browser stranger = new Browser(house, new TestAuthority().as("gateway", house.authority));
        assertThatThrownBy(() -> stranger.get(Paths.JWKS))
                .isInstanceOf(java.io.UncheckedIOException.class);
    }

    @Test
    void olderTlsIsNotSpoken() {
        assertThatThrownBy(
                        () -> {
                            try (SSLSocket socket = socket()) {
                                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                                socket.startHandshake();
                            }
                        })
                .isInstanceOf(java.io.IOException.class);
    }

    private static SSLSocket socket() throws Exception {
        return (SSLSocket)
                house.authority
                        .as("gateway")
                        .getSocketFactory()
                        .createSocket(
                                java.net.InetAddress.getLoopbackAddress(), house.provider.port());
    }

    @ParameterizedTest
    @CsvSource({"'', not shown", "operator, shown", "gateway, shown"})
    void whatIsServedBesideLooksAtTheCertificateItself(String peer, String seen) {
        assertThat(new Browser(house, peer).get("/v1/anything").body())
                .isEqualTo("certificate " + seen);
    }

    @Test
    void whatNobodyCanReadGetsAStatusAndNoVersion() throws Exception {
        try (SSLSocket socket = socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "GET /auth/login HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Tomcat", "<html");
        }
    }

    @Test
    void whereThereIsNothingTheAnswerSaysSo() {
        HttpResponse<String> answer = house.browser().get("/auth/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("not-declared");
        assertThat(house.browser().get("/.well-known/openid-configuration").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatCannotBeRecordedDoesNotHappen() {
        Browser browser = house.browser();
        String code = browser.code("ana");
        house.losing.set(true);
        HttpResponse<String> answer = browser.buy(code);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("not-recorded").doesNotContain("access_token");
        HttpResponse<String> asked = house.browser().ask(Browser.question());
        assertThat(house.browser().logIn(asked, "ana", House.PASSWORD).statusCode()).isEqualTo(503);
        assertThatThrownBy(() ->
                        house.provider
                                .accounts()
                                .create("zoe", List.of(), House.PASSWORD, House.OPERATOR))
                .isInstanceOf(NotRecorded.class);
        house.losing.set(false);
        assertThat(house.provider.accounts().list())
                .extracting(Account::name)
                .doesNotContain("zoe");
        assertThat(browser.buy(code).statusCode()).isEqualTo(200);
    }

    @Test
    void theMetadataNamesWhatWorksAndNothingElse() {
        Browser browser = house.browser();
        JsonNode says = Browser.json(browser.get(Paths.OPENID_CONFIGURATION));
        for (String path :
                List.of(
                        Paths.SERVER_METADATA,
                        Paths.SERVER_METADATA_BEHIND,
                        Paths.OPENID_CONFIGURATION_BETWEEN)) {
            assertThat(Browser.json(browser.get(path))).isEqualTo(says);
        }
        assertThat(says.path("issuer").asString()).isEqualTo("https://localhost:8443/auth");
        assertThat(says.path("grant_types_supported").toString())
                .isEqualTo("[\"authorization_code\",\"client_credentials\",\"refresh_token\"]");
        assertThat(says.path("code_challenge_methods_supported").toString())
                .isEqualTo("[\"S256\"]");
        for (Map.Entry<String, JsonNode> entry : says.properties()) {
            if (entry.getKey().endsWith("_endpoint") || entry.getKey().equals("jwks_uri")) {
                String path = entry.getValue().asString().substring(House.DOOR.toString().length());
                HttpResponse<String> answer = browser.post(path, Map.of());
                assertThat(answer.statusCode()).as(path).isNotEqualTo(404);
            }
        }
        assertThat(says.toString())
                .doesNotContain(
                        "device", "registration", "implicit", "client_secret_jwt", "tls_client");
    }

    @Test
    void theKeysAreThePublicHalves() {
        HttpResponse<String> answer = house.browser().get(Paths.JWKS);
        assertThat(answer.body()).contains("\"k1\"").doesNotContain("\"d\"");
    }
}
