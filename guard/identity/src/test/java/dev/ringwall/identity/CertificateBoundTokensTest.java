package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.ClientCertificates;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tokens that are bound to a certificate (RFC 8705 §3).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateBoundTokensTest {

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

    @Test
    void aCodeIsBoughtByTheClientAloneWhichMustKnowItsVerifierAsWell() {
        String code = code();
        Certified.refused(
                browser.post(Paths.TOKEN, purchase("bank", code, Browser.VERIFIER)),
                401,
                "invalid_client");
        Certified.refused(
                Certified.showing(browser, banks)
                        .post(Paths.TOKEN, purchase("fund", code, Browser.VERIFIER)),
                400,
                "invalid_grant");
        Certified.refused(
                Certified.showing(browser, banks)
                        .post(Paths.TOKEN, purchase("bank", code, Browser.VERIFIER + "x")),
                400,
                "invalid_grant");
        Map<String, String> without = new LinkedHashMap<>(purchase("bank", code, "-"));
        without.remove("code_verifier");
        Certified.refused(
                Certified.showing(browser, banks).post(Paths.TOKEN, without), 400, "invalid_grant");
        assertThat(
                        Certified.bound(
                                Certified.showing(browser, banks)
                                        .post(
                                                Paths.TOKEN,
                                                purchase("bank", code, Browser.VERIFIER))))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }

    @Test
    void aRefreshTokenIsWorthNothingWithoutTheCertificate() {
        HttpResponse<String> bought =
                Certified.showing(browser, banks)
                        .post(Paths.TOKEN, purchase("bank", code(), Browser.VERIFIER));
        String refresh = Browser.json(bought).path("refresh_token").asString("");
        browser.headers.remove("Client-Cert");
        Certified.refused(browser.post(Paths.TOKEN, renewal(refresh)), 401, "invalid_client");
        Certified.refused(
                Certified.showing(browser, thiefs).post(Paths.TOKEN, renewal(refresh)),
                401,
                "invalid_client");
        assertThat(
                        Certified.bound(
                                Certified.showing(browser, banks)
                                        .post(Paths.TOKEN, renewal(refresh))))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }

    @Test
    void aBoundTokenOpensUserInfoWithItsCertificateAlone() {
        HttpResponse<String> bought =
                Certified.showing(browser, banks)
                        .post(Paths.TOKEN, purchase("bank", code(), Browser.VERIFIER));
        browser.headers.put(
                "Authorization",
                "Bearer " + Browser.json(bought).path("access_token").asString(""));
        assertThat(browser.get(Paths.USERINFO).statusCode()).isEqualTo(200);
        assertThat(Certified.showing(browser, thiefs).get(Paths.USERINFO).statusCode())
                .isEqualTo(401);
        browser.headers.remove("Client-Cert");
        assertThat(browser.get(Paths.USERINFO).statusCode()).isEqualTo(401);
    }

    @Test
    void fapiIsContentWithACertificateInPlaceOfAProof() {
        HttpResponse<String> pushed =
                Certified.showing(browser, banks).post(Paths.PAR, question("fund"));
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
                        Certified.bound(
                                Certified.showing(browser, banks)
                                        .post(
                                                Paths.TOKEN,
                                                purchase("fund", code, Browser.VERIFIER))))
                .isEqualTo(ClientCertificates.thumbprint(banks));
    }
}
