package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.link.FreePorts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The throw-away provider for a conformance suite, at its door over TLS, spoken to with nothing but what it says of itself.
class ConformanceProviderTest {

    private static final URI SUITE = URI.create("https://suite.example.com");
    private static final String BACK = SUITE + "/test/a/ringwall/callback";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ConformanceProvider start(ConformancePlan plan)
            throws IOException, InterruptedException {
        return ConformanceProvider.start(
                plan,
                new ConformanceProvider.Place(
                        "localhost", FreePorts.next(), InetAddress.getLoopbackAddress(), SUITE));
    }

    /// Who trusts the certificate that the provider names, and no other.
    private record Suite(ConformanceSetting setting, HttpClient http) {

        static Suite of(ConformanceSetting setting) throws IOException, GeneralSecurityException {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            roots.setCertificateEntry(
                    "root",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            Files.readAllBytes(Path.of(setting.certificate())))));
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return new Suite(setting, HttpClient.newBuilder().sslContext(tls).build());
        }

        JsonNode config() {
            return JSON.readTree(JSON.writeValueAsString(setting.config()));
        }

        HttpResponse<String> get(String url) throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> post(String url, Map<String, String> form, JsonNode client)
                throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
            if (client.has("client_secret")) {
                String pair =
                        client.path("client_id").asString()
                                + ":"
                                + client.path("client_secret").asString();
                request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        static String encoded(Map<String, String> form) {
            return form.entrySet().stream()
                    .map(pair ->
                            pair.getKey()
                                    + "="
                                    + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
        }
    }

    @Test
    void theBasicPlanFindsAProviderThatTakesRequestsWithoutPkce() throws Exception {
        Path certificate;
        try (ConformanceProvider provider = start(ConformancePlan.BASIC)) {
            Suite suite = Suite.of(provider.setting());
            certificate = Path.of(provider.setting().certificate());
            assertThat(provider.setting().plan()).isEqualTo("oidcc-basic-certification-test-plan");
            JsonNode metadata =
                    JSON.readTree(
                            suite.get(suite.config().at("/server/discoveryUrl").asString()).body());
            assertThat(metadata.path("issuer").asString()).isEqualTo(provider.setting().issuer());
            assertThat(metadata.path("scopes_supported").toString())
                    .contains("openid", "profile", "email", "address", "phone");
            assertThat(metadata.path("id_token_signing_alg_values_supported").toString())
                    .contains("RS256");
            HttpResponse<String> asked =
                    suite.get(
                            metadata.path("authorization_endpoint").asString()
                                    + "?"
                                    + Suite.encoded(
                                            Map.of(
                                                    "client_id", "suite-one",
                                                    "response_type", "code",
                                                    "scope", "openid",
                                                    "redirect_uri", BACK)));
            assertThat(asked.statusCode() / 100).isEqualTo(3);
            assertThat(asked.headers().firstValue("Location").orElse(""))
                    .startsWith("/auth/login?");
            for (String client : new String[] {"client", "client2", "client_secret_post"}) {
                HttpResponse<String> bought =
                        suite.post(
                                metadata.path("token_endpoint").asString(),
                                Map.of(
                                        "grant_type", "authorization_code",
                                        "code", "none",
                                        "redirect_uri", BACK),
                                suite.config().path(client));
                assertThat(bought.statusCode()).as(bought.body()).isEqualTo(400);
                assertThat(bought.body()).as("the client was believed").contains("invalid_grant");
            }
        }
        assertThat(certificate.getParent()).doesNotExist();
    }

    @Test
    void theFapiPlanFindsAProviderThatTakesPushedRequestsOfSigningClientsAlone() throws Exception {
        try (ConformanceProvider provider = start(ConformancePlan.FAPI_2)) {
            Suite suite = Suite.of(provider.setting());
            assertThat(provider.setting().variant())
                    .containsEntry("client_auth_type", "private_key_jwt")
                    .containsEntry("sender_constrain", "dpop");
            assertThat(suite.config().at("/client/jwks/keys/0/alg").asString()).isEqualTo("ES256");
            assertThat(suite.config().at("/client/jwks/keys/0/d").asString()).hasSize(43);
            assertThat(suite.config().at("/client").has("client_secret")).isFalse();
            JsonNode metadata =
                    JSON.readTree(
                            suite.get(suite.config().at("/server/discoveryUrl").asString()).body());
            HttpResponse<String> pushed =
                    suite.post(
                            metadata.path("pushed_authorization_request_endpoint").asString(),
                            Map.of("client_id", "suite-one", "response_type", "code"),
                            suite.config().path("client"));
            assertThat(pushed.statusCode()).isEqualTo(401);
            HttpResponse<String> asked =
                    suite.get(
                            metadata.path("authorization_endpoint").asString()
                                    + "?client_id=suite-one&response_type=code");
            assertThat(asked.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aPlaceWhereNothingCanBeIsRefusedBeforeAnythingStarts() {
        assertThatThrownBy(() -> ConformancePlan.of("fapi-1"))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("basic, config, fapi-2.0");
        for (URI suite :
                new URI[] {
                    URI.create("http://suite.example.com"), URI.create("https://a@suite.example")
                }) {
            assertThatThrownBy(() ->
                            ConformanceProvider.start(
                                    ConformancePlan.BASIC,
                                    new ConformanceProvider.Place(
                                            "localhost",
                                            1,
                                            InetAddress.getLoopbackAddress(),
                                            suite)))
                    .isInstanceOf(Unusable.class)
                    .hasMessageContaining("is not where a suite can be");
        }
    }

    @Test
    void theCommandTakesNoDeclarationAndNoStateFolder() {
        for (String[] words :
                new String[][] {
                    {"identity", "serve"},
                    {"identity", "serve", "--conformance", "ringwall.yaml"},
                    {"identity", "serve", "--conformance", "--state", ".ringwall"},
                    {"identity", "serve", "--conformance", "--plan", "hybrid"},
                }) {
            assertThat(ShopUnderTest.run(words).exitCode())
                    .as(String.join(" ", words))
                    .isEqualTo(Exit.UNUSABLE);
        }
    }
}
