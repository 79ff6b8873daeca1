package dev.ringwall.identity;

import static dev.ringwall.identity.SigningClient.form;
import static dev.ringwall.identity.SigningClient.given;
import static dev.ringwall.identity.SigningClient.header;
import static dev.ringwall.identity.SigningClient.key;
import static dev.ringwall.identity.SigningClient.refused;
import static dev.ringwall.identity.SigningClient.registered;
import static dev.ringwall.identity.SigningClient.set;
import static dev.ringwall.identity.SigningClient.signed;
import static dev.ringwall.identity.SigningClient.signer;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.people.MachineClients;
import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that prove who they are by signing (RFC 7523 §2.2, §3, OpenID Connect Core §9 `private_key_jwt`).
class SignedClientTest {

    @TempDir Path folder;
    private House house;
    private Browser browser;
    private SigningClient client;

    @BeforeEach
    void start() {
        house = House.in(folder, HandClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        browser = house.browser();
        client = SigningClient.of(house, "courier");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void aClientThatSignsGetsATokenOfItsRole() {
        HttpResponse<String> answer = client.asks(client.assertion());
        given(answer);
        var claims = Browser.claims(Browser.json(answer).path("access_token").asString());
        assertThat(claims.path("sub").asString()).isEqualTo(client.id());
        assertThat(claims.path("roles").toString()).isEqualTo("[\"courier\"]");
    }

    @Test
    void itMaySayItsNameBesidesButNotAnothers() {
        Map<String, String> form = form(client.assertion());
        form.put("client_id", client.id());
        given(browser.post(Paths.TOKEN, form));
        form = form(client.assertion());
        form.put("client_id", registered(house, "courier", client.key()));
        refused(browser.post(Paths.TOKEN, form));
        form = form(client.assertion());
        form.put("client_id", "storefront");
        refused(browser.post(Paths.TOKEN, form));
    }

    @Test
    void rsaKeysSignWithPssAndWithNothingElse() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        client = client.as(registered(house, "courier", rsa.toPublicJWK()));
        for (JWSAlgorithm algorithm :
                List.of(JWSAlgorithm.PS256, JWSAlgorithm.RS256, JWSAlgorithm.PS512)) {
            HttpResponse<String> answer =
                    client.asks(
                            signed(
                                    new JWSHeader.Builder(algorithm).keyID("r").build(),
                                    client.claims().build(),
                                    new RSASSASigner(rsa)));
            if (algorithm.equals(JWSAlgorithm.PS256)) {
                given(answer);
            } else {
                refused(answer);
            }
        }
    }

    @Test
    void keysOfEd25519SignAndNoOtherKeyDoesInTheirName() throws Exception {
        OctetKeyPair ed = HouseKeys.ed25519("e");
        OctetKeyPair other = HouseKeys.ed25519("e");
        client =
                client.as(
                        registered(house, "courier", ed.toPublicJWK(), client.key().toPublicJWK()));
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("e").build();
        given(client.asks(signed(header, client.claims().build(), HouseKeys.signer(ed))));
        JWSHeader young = new JWSHeader.Builder(JWSAlgorithm.Ed25519).keyID("e").build();
        given(client.asks(signed(young, client.claims().build(), HouseKeys.signer(ed))));
        refused(client.asks(signed(header, client.claims().build(), HouseKeys.signer(other))));
        refused(client.asks(signed(header("e"), client.claims().build(), signer(client.key()))));
        JWSHeader confused = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("a").build();
        refused(client.asks(signed(confused, client.claims().build(), HouseKeys.signer(ed))));
    }

    @Test
    void anAssertionIsGoodOnceAlsoAfterARestartAndForManyAtOnce() throws Exception {
        String once = client.assertion();
        given(client.asks(once));
        refused(client.asks(once));
        house.restart();
        refused(client.asks(once));

        String together = client.assertion();
        Callable<HttpResponse<String>> ask =
                () -> house.browser().post(Paths.TOKEN, form(together));
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            int given = 0;
            for (Future<HttpResponse<String>> one : all.invokeAll(Collections.nCopies(6, ask))) {
                given += one.get().statusCode() == 200 ? 1 : 0;
            }
            assertThat(given).isEqualTo(1);
        }
    }

    @Test
    void theSameIdFromAnotherClientIsAnotherAssertion() {
        JWTClaimsSet.Builder claims = client.claims().jwtID("1");
        given(client.asks(client.assertion(claims.build())));
        client = client.as(registered(house, "courier", client.key()));
        claims = client.claims().jwtID("1");
        given(client.asks(client.assertion(claims.build())));
    }

    @Test
    void aClientWithKeysHasNoSecretAndOneWithASecretHasNoKeys() {
        var machine =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        client = client.as(machine.client().id());
        refused(client.asks(client.assertion()));
        for (String secret : List.of("-", "x")) {
            Map<String, String> form =
                    Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            registered(house, "courier", client.key()),
                            "client_secret",
                            secret);
            refused(browser.post(Paths.TOKEN, form));
        }
    }

    @Test
    void itProvesItselfWhereverClientsDo() {
        String token =
                Browser.json(client.asks(client.assertion())).path("access_token").asString();
        Map<String, String> form = form(client.assertion());
        form.put("token", token);
        HttpResponse<String> known = browser.post(Paths.INTROSPECT, form);
        assertThat(Browser.json(known).path("active").asBoolean()).isTrue();
        form.put("client_assertion", client.assertion());
        assertThat(browser.post(Paths.REVOKE, form).statusCode()).isEqualTo(200);
        form.put("client_assertion", client.assertion());
        assertThat(
                        Browser.json(browser.post(Paths.INTROSPECT, form))
                                .path("active")
                                .asBoolean(true))
                .isFalse();
    }

    @Test
    void keysAreReplacedWithoutAPause() {
        ECKey next = key(Curve.P_256, "b");
        MachineClients clients = house.provider.clients();
        clients.replaceKeys(client.id(), set(client.key(), next), House.OPERATOR);
        given(client.asks(client.assertion()));
        given(client.asks(signed(header("b"), client.claims().build(), signer(next))));
        clients.replaceKeys(client.id(), set(next), House.OPERATOR);
        refused(client.asks(client.assertion()));
        given(client.asks(signed(header("b"), client.claims().build(), signer(next))));
        assertThat(house.acts()).contains("CLIENT_KEYS_SET");
        assertThat(clients.replaceKeys("nobody", set(next), House.OPERATOR))
                .isEqualTo(new MachineClients.Outcome.Unknown("nobody"));
    }

    @Test
    void aRevokedClientSignsInVain() {
        house.provider.clients().revoke(client.id(), House.OPERATOR);
        refused(client.asks(client.assertion()));
    }
}
