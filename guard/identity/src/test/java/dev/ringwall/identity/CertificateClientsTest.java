package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.ClientCertificates;
import dev.ringwall.people.DeclaredClients;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients that prove themselves by a TLS certificate (RFC 8705 §2).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateClientsTest {

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
            Certified.known(house, client, Certified.pem(banks), null);
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

    @Test
    void theCertificateThatTheOperatorKnowsProvesTheClientAndBindsItsTokens() {
        assertThat(
                        Certified.bound(
                                Certified.showing(browser, banks)
                                        .post(Paths.TOKEN, Certified.machine("batch"))))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }

    @Test
    void noCertificateAnotherOneOrOneThatCannotBeReadProvesNothing() {
        Certified.refused(
                browser.post(Paths.TOKEN, Certified.machine("batch")), 401, "invalid_client");
        Certified.refused(
                Certified.showing(browser, thiefs).post(Paths.TOKEN, Certified.machine("batch")),
                401,
                "invalid_client");
        browser.headers.put("Client-Cert", ":AAAA:");
        Certified.refused(
                browser.post(Paths.TOKEN, Certified.machine("batch")), 401, "invalid_client");
        browser.headers.put("Client-Cert", Certified.base64(banks));
        Certified.refused(
                browser.post(Paths.TOKEN, Certified.machine("batch")), 401, "invalid_client");
    }

    @Test
    void aClientThatTheOperatorHasGivenNoCertificateCanDoNothing() {
        Certified.refused(
                Certified.showing(browser, banks).post(Paths.TOKEN, Certified.machine("other")),
                401,
                "invalid_client");
    }

    @Test
    void anybodyButTheGatewaySaysNothingAboutCertificates() {
        Browser somebody = new Browser(house, "orders");
        somebody.headers.put("Client-Cert", ":" + Certified.base64(banks) + ":");
        assertThat(somebody.post(Paths.TOKEN, Certified.machine("batch")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void anAuthorityThatTheOperatorKnowsProvesTheNameThatTheOperatorSaid() {
        Certified.known(house, "batch", Certified.pem(authority.root()), "uri:spiffe://shop/bank");
        try {
            assertThat(
                            Certified.bound(
                                    Certified.showing(browser, banks)
                                            .post(Paths.TOKEN, Certified.machine("batch"))))
                    .isEqualTo(ClientCertificates.thumbprint(banks));
            assertThat(
                            Certified.bound(
                                    Certified.showing(browser, banks, authority.root())
                                            .post(Paths.TOKEN, Certified.machine("batch"))))
                    .isEqualTo(ClientCertificates.thumbprint(banks));
            browser.headers.remove("Client-Cert-Chain");
            Certified.refused(
                    Certified.showing(browser, thiefs)
                            .post(Paths.TOKEN, Certified.machine("batch")),
                    401,
                    "invalid_client");
            X509Certificate forged = new TestAuthority().certificate("bank");
            Certified.refused(
                    Certified.showing(browser, forged)
                            .post(Paths.TOKEN, Certified.machine("batch")),
                    401,
                    "invalid_client");
            Certified.refused(
                    Certified.showing(browser, authority.root())
                            .post(Paths.TOKEN, Certified.machine("batch")),
                    401,
                    "invalid_client");
        } finally {
            Certified.known(house, "batch", Certified.pem(banks), null);
        }
    }

    @Test
    void introspectionSaysWhatATokenIsBoundTo() {
        String token =
                Browser.json(
                                Certified.showing(browser, banks)
                                        .post(Paths.TOKEN, Certified.machine("batch")))
                        .path("access_token")
                        .asString("");
        HttpResponse<String> known =
                browser.post(Paths.INTROSPECT, Map.of("token", token, "client_id", "batch"));
        assertThat(Browser.json(known).path("active").asBoolean()).as(known.body()).isTrue();
        assertThat(Browser.json(known).path("cnf").path("x5t#S256").asString(""))
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
                        Certified.pem(banks)
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
                                        Certified.pem(banks),
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
                                        Certified.pem(authority.root()),
                                        "dns:*.example.com",
                                        House.OPERATOR))
                .isInstanceOf(DeclaredClients.Outcome.UnusableCertificates.class);
    }
}
