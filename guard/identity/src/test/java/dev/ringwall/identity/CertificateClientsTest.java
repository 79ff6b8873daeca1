package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.ClientCertificates;
import dev.ringwall.people.DeclaredClients;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients that prove themselves by a TLS certificate, and tokens that are bound to one (RFC 8705).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateClientsTest {

    private static final String BACK = "https://bank.example.com/callback";
    private static final String CLIENTS =
            """
            door: { mutual-tls: mtls.shop.example.com }
            clients:
              bank:  { kind: web, roles: [shopper], return-to: ["https://bank.example.com/callback"], proof: certificate }
              fund:  { kind: web, roles: [shopper], return-to: ["https://bank.example.com/callback"], proof: certificate, profile: fapi-2.0 }
              batch: { kind: machine, roles: [courier], proof: certificate }
              other: { kind: machine, roles: [courier], proof: certificate }
            """;

    private final TestAuthority authority = new TestAuthority();
    private final X509Certificate banks = authority.certificate("bank");
    private final X509Certificate thiefs = authority.certificate("thief");
    private House house;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        house.account("ana", "shopper");
        for (String client : new String[] {"bank", "fund", "batch"}) {
            known(client, pem(banks), null);
        }
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void freshBrowser() {
        browser = house.browser();
    }

    private void known(String client, String pem, @Nullable String name) {
        assertThat(
                        house.provider
                                .declaredClients()
                                .replaceCertificates(client, pem, name, House.OPERATOR))
                .isEqualTo(new DeclaredClients.Outcome.Certificates(client));
    }

    private static String pem(X509Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + base64(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// As the gateway says it of a caller who showed that.
    private Browser showing(X509Certificate... chain) {
        browser.headers.put("Client-Cert", ":" + base64(chain[0]) + ":");
        if (chain.length > 1) {
            browser.headers.put("Client-Cert-Chain", ":" + base64(chain[1]) + ":");
        }
        return browser;
    }

    private static Map<String, String> machine(String client) {
        return Map.of("grant_type", "client_credentials", "client_id", client);
    }

    private static Map<String, String> question(String client) {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("client_id", client);
        question.put("redirect_uri", BACK);
        question.put("scope", "openid orders.place");
        return question;
    }

    private String code() {
        return Browser.query(Browser.location(browser.signIn("ana", question("bank"))))
                .getOrDefault("code", "");
    }

    private static Map<String, String> purchase(String client, String code, String verifier) {
        return Map.of(
                "grant_type", "authorization_code",
                "client_id", client,
                "redirect_uri", BACK,
                "code_verifier", verifier,
                "code", code);
    }

    private static Map<String, String> renewal(String token) {
        return Map.of("grant_type", "refresh_token", "client_id", "bank", "refresh_token", token);
    }

    private static String bound(HttpResponse<String> bought) {
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(Browser.json(bought).path("token_type").asString("")).isEqualTo("Bearer");
        return Browser.claims(Browser.json(bought).path("access_token").asString(""))
                .path("cnf")
                .path("x5t#S256")
                .asString("");
    }

    private static void refused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Browser.json(answer).path("error").asString("")).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @Test
    void theCertificateThatTheOperatorKnowsProvesTheClientAndBindsItsTokens() {
        assertThat(bound(showing(banks).post(Paths.TOKEN, machine("batch"))))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }

    @Test
    void noCertificateAnotherOneOrOneThatCannotBeReadProvesNothing() {
        refused(browser.post(Paths.TOKEN, machine("batch")), 401, "invalid_client");
        refused(showing(thiefs).post(Paths.TOKEN, machine("batch")), 401, "invalid_client");
        browser.headers.put("Client-Cert", ":AAAA:");
        refused(browser.post(Paths.TOKEN, machine("batch")), 401, "invalid_client");
        browser.headers.put("Client-Cert", base64(banks));
        refused(browser.post(Paths.TOKEN, machine("batch")), 401, "invalid_client");
    }

    @Test
    void aClientThatTheOperatorHasGivenNoCertificateCanDoNothing() {
        refused(showing(banks).post(Paths.TOKEN, machine("other")), 401, "invalid_client");
    }

    @Test
    void anybodyButTheGatewaySaysNothingAboutCertificates() {
        Browser somebody = new Browser(house, "orders");
        somebody.headers.put("Client-Cert", ":" + base64(banks) + ":");
        assertThat(somebody.post(Paths.TOKEN, machine("batch")).statusCode()).isEqualTo(403);
    }

    @Test
    void anAuthorityThatTheOperatorKnowsProvesTheNameThatTheOperatorSaid() {
        known("batch", pem(authority.root()), "uri:spiffe://shop/bank");
        try {
            assertThat(bound(showing(banks).post(Paths.TOKEN, machine("batch"))))
                    .isEqualTo(ClientCertificates.thumbprint(banks));
            assertThat(bound(showing(banks, authority.root()).post(Paths.TOKEN, machine("batch"))))
                    .isEqualTo(ClientCertificates.thumbprint(banks));
            browser.headers.remove("Client-Cert-Chain");
            refused(showing(thiefs).post(Paths.TOKEN, machine("batch")), 401, "invalid_client");
            X509Certificate forged = new TestAuthority().certificate("bank");
            refused(showing(forged).post(Paths.TOKEN, machine("batch")), 401, "invalid_client");
            refused(
                    showing(authority.root()).post(Paths.TOKEN, machine("batch")),
                    401,
                    "invalid_client");
        } finally {
            known("batch", pem(banks), null);
        }
    }

    @Test
    void aCodeIsBoughtByTheClientAloneWhichMustKnowItsVerifierAsWell() {
        String code = code();
        refused(
                browser.post(Paths.TOKEN, purchase("bank", code, Browser.VERIFIER)),
                401,
                "invalid_client");
        refused(
                showing(banks).post(Paths.TOKEN, purchase("fund", code, Browser.VERIFIER)),
                400,
                "invalid_grant");
        refused(
                showing(banks).post(Paths.TOKEN, purchase("bank", code, Browser.VERIFIER + "x")),
                400,
                "invalid_grant");
        Map<String, String> without = new LinkedHashMap<>(purchase("bank", code, "-"));
        without.remove("code_verifier");
        refused(showing(banks).post(Paths.TOKEN, without), 400, "invalid_grant");
        assertThat(
                        bound(
                                showing(banks)
                                        .post(
                                                Paths.TOKEN,
                                                purchase("bank", code, Browser.VERIFIER))))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }

    @Test
    void aRefreshTokenIsWorthNothingWithoutTheCertificate() {
        HttpResponse<String> bought =
                showing(banks).post(Paths.TOKEN, purchase("bank", code(), Browser.VERIFIER));
        String refresh = Browser.json(bought).path("refresh_token").asString("");
        browser.headers.remove("Client-Cert");
        refused(browser.post(Paths.TOKEN, renewal(refresh)), 401, "invalid_client");
        refused(showing(thiefs).post(Paths.TOKEN, renewal(refresh)), 401, "invalid_client");
        assertThat(bound(showing(banks).post(Paths.TOKEN, renewal(refresh))))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }

    @Test
    void aBoundTokenOpensUserInfoWithItsCertificateAlone() {
        HttpResponse<String> bought =
                showing(banks).post(Paths.TOKEN, purchase("bank", code(), Browser.VERIFIER));
        browser.headers.put(
                "Authorization",
                "Bearer " + Browser.json(bought).path("access_token").asString(""));
        assertThat(browser.get(Paths.USERINFO).statusCode()).isEqualTo(200);
        assertThat(showing(thiefs).get(Paths.USERINFO).statusCode()).isEqualTo(401);
        browser.headers.remove("Client-Cert");
        assertThat(browser.get(Paths.USERINFO).statusCode()).isEqualTo(401);
    }

    @Test
    void introspectionSaysWhatATokenIsBoundTo() {
        String token =
                Browser.json(showing(banks).post(Paths.TOKEN, machine("batch")))
                        .path("access_token")
                        .asString("");
        HttpResponse<String> known =
                browser.post(Paths.INTROSPECT, Map.of("token", token, "client_id", "batch"));
        assertThat(Browser.json(known).path("active").asBoolean()).as(known.body()).isTrue();
        assertThat(Browser.json(known).path("cnf").path("x5t#S256").asString(""))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }

    @Test
    void fapiIsContentWithACertificateInPlaceOfAProof() {
        HttpResponse<String> pushed = showing(banks).post(Paths.PAR, question("fund"));
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        String back =
                Browser.location(
                        browser.signIn(
                                "ana",
                                Map.of(
                                        "client_id",
                                        "fund",
                                        "request_uri",
                                        Browser.json(pushed).path("request_uri").asString(""))));
        String code = Browser.query(back).getOrDefault("code", "");
        assertThat(
                        bound(
                                showing(banks)
                                        .post(
                                                Paths.TOKEN,
                                                purchase("fund", code, Browser.VERIFIER))))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }

    @Test
    void theMetadataNamesTheHostThatAsksForCertificatesAndOnlyWhereThereIsOne() {
        var says = Browser.json(browser.get(Paths.SERVER_METADATA));
        assertThat(says.path("mtls_endpoint_aliases").path("token_endpoint").asString(""))
                .isEqualTo("https://mtls.shop.example.com:8443/auth/token");
        assertThat(says.path("tls_client_certificate_bound_access_tokens").asBoolean()).isTrue();
        assertThat(says.path("token_endpoint_auth_methods_supported").toString())
                .contains("\"tls_client_auth\"", "\"self_signed_tls_client_auth\"");
        house.blueprint.set(House.declared(House.SHOP));
        try {
            assertThat(browser.get(Paths.SERVER_METADATA).body())
                    .doesNotContain("tls_client", "mtls_endpoint");
        } finally {
            house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        }
    }

    @Test
    void whatCannotBeACertificateOfAClientIsRefusedWithTheReason() {
        for (String unusable :
                List.of(
                        "nonsense",
                        "",
                        pem(banks)
                                + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")) {
            assertThat(
                            house.provider
                                    .declaredClients()
                                    .replaceCertificates("batch", unusable, null, House.OPERATOR))
                    .isInstanceOf(DeclaredClients.Outcome.UnusableCertificates.class);
        }
        assertThat(
                        house.provider
                                .declaredClients()
                                .replaceCertificates(
                                        "batch",
                                        pem(banks),
                                        "dns:bank.example.com",
                                        House.OPERATOR))
                .isEqualTo(
                        new DeclaredClients.Outcome.UnusableCertificates(
                                "certificate 1 is not one of an authority"));
        assertThat(
                        house.provider
                                .declaredClients()
                                .replaceCertificates(
                                        "batch",
                                        pem(authority.root()),
                                        "dns:*.example.com",
                                        House.OPERATOR))
                .isInstanceOf(DeclaredClients.Outcome.UnusableCertificates.class);
    }
}
