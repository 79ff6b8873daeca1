package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients that are told when a login is over (OpenID Connect Back-Channel Logout 1.0).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackChannelLogoutTest {

    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private House house;
    private HttpServer client;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client.createContext(
                "/",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                    heard.add(exchange.getRequestURI() + " " + body);
                    exchange.sendResponseHeaders(fails ? 500 : 200, -1);
                    exchange.close();
                });
        client.start();
        String at = "http://localhost:" + client.getAddress().getPort();
        house = House.in(folder);
        house.blueprint.set(
                House.declared(
                        House.SHOP
                                + """
                                clients:
                                  app:   { kind: web, roles: [shopper], return-to: ["AT/back"], proof: keys, logout: { back-channel: "AT/over" } }
                                  quiet: { kind: browser, roles: [shopper], return-to: ["AT/quiet"] }
                                """
                                        .replace("AT", at)));
        house.account("ana", "shopper");
        client("app", at + "/back");
    }

    private void client(String name, String back) {
        question = Browser.question();
        question.put("client_id", name);
        question.put("redirect_uri", back);
        question.put("scope", "openid orders.place");
    }

    private Map<String, String> question;

    @AfterAll
    void stop() {
        house.close();
        client.stop(0);
    }

    @BeforeEach
    void freshBrowser() {
        heard.clear();
        browser = house.browser();
    }

    private void signsOut() {
        HttpResponse<String> page = browser.get(Paths.LOGOUT);
        browser.post(Paths.LOGOUT, Map.of("form", Browser.form(page)));
    }

    private JWTClaimsSet told() throws InterruptedException, ParseException, JOSEException {
        String said = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(said).isNotNull().startsWith("/over logout_token=");
        SignedJWT token =
                SignedJWT.parse(
                        URLDecoder.decode(
                                said.substring("/over logout_token=".length()),
                                StandardCharsets.UTF_8));
        assertThat(token.verify(new ECDSAVerifier(house.key.toECPublicKey()))).isTrue();
        assertThat(token.getHeader().getType().getType()).isEqualTo("logout+jwt");
        return token.getJWTClaimsSet();
    }

    @Test
    void aClientIsToldWhoSignedOutAndOfWhichLogin()
            throws InterruptedException, ParseException, JOSEException {
        browser.signIn("ana", question);
        signsOut();
        JWTClaimsSet claims = told();
        assertThat(claims.getIssuer()).isEqualTo(SigningClient.ISSUER);
        assertThat(claims.getAudience()).containsExactly("app");
        assertThat(claims.getSubject()).isNotEmpty();
        assertThat(claims.getStringClaim("sid")).isNotEmpty();
        assertThat(claims.getJSONObjectClaim("events"))
                .containsOnlyKeys("http://schemas.openid.net/event/backchannel-logout");
        assertThat(claims.getClaim("nonce")).isNull();
        assertThat(claims.getExpirationTime()).isNotNull();
    }

    @Test
    void aClientThatDidNotHearItIsToldAgain()
            throws InterruptedException, ParseException, JOSEException {
        failures.set(1);
        browser.signIn("ana", question);
        signsOut();
        JWTClaimsSet first = told();
        JWTClaimsSet second = told();
        assertThat(second.getStringClaim("sid")).isEqualTo(first.getStringClaim("sid"));
        assertThat(second.getJWTID()).isNotEqualTo(first.getJWTID());
        assertThat(house.acts()).contains("LOGOUT_UNTOLD");
    }

    @Test
    void whatIsToBeToldOutlivesTheProvider()
            throws InterruptedException, ParseException, JOSEException {
        failures.set(1);
        browser.signIn("ana", question);
        signsOut();
        told();
        house.restart();
        assertThat(told().getAudience()).containsExactly("app");
    }

    @Test
    void onlyClientsThatTheLoginWasUsedAtAreTold()
            throws InterruptedException, ParseException, JOSEException {
        browser.signIn("ana", Browser.question());
        signsOut();
        Browser other = house.browser();
        other.signIn("ana", question);
        HttpResponse<String> page = other.get(Paths.LOGOUT);
        other.post(Paths.LOGOUT, Map.of("form", Browser.form(page)));
        told();
        assertThat(heard).isEmpty();
    }

    @Test
    void theMetadataSaysSo() {
        assertThat(browser.get(Paths.OPENID_CONFIGURATION).body())
                .contains("\"backchannel_logout_supported\":true");
        assertThat(browser.get(Paths.OPENID_CONFIGURATION).body())
                .doesNotContain("frontchannel_logout");
    }
}
