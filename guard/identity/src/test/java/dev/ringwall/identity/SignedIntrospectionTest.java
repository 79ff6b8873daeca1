package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.people.MachineClients;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a token is worth, signed (RFC 9701).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedIntrospectionTest {

    private House house;
    private MachineClients.Outcome.Created machine;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        house = House.in(folder);
        machine =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void freshBrowser() {
        browser = house.browser();
    }

    private String token() {
        return Browser.json(
                        browser.asClient(
                                machine, Paths.TOKEN, Map.of("grant_type", "client_credentials")))
                .path("access_token")
                .asString("");
    }

    private HttpResponse<String> asks(String token) {
        return browser.asClient(machine, Paths.INTROSPECT, Map.of("token", token));
    }

    private SignedJWT signed(String token) throws ParseException, JOSEException {
        browser.headers.put("Accept", Introspected.SIGNED);
        HttpResponse<String> answer = asks(token);
        browser.headers.remove("Accept");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith(Introspected.SIGNED);
        SignedJWT jwt = SignedJWT.parse(answer.body());
        assertThat(jwt.verify(new ECDSAVerifier(house.key.toECPublicKey()))).isTrue();
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("token-introspection+jwt");
        return jwt;
    }

    @Test
    void whoAsksForItGetsItSignedForItselfAndInAFormThatIsNoToken()
            throws ParseException, JOSEException {
        var claims = signed(token()).getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(SigningClient.ISSUER);
        assertThat(claims.getAudience()).containsExactly(machine.client().id());
        assertThat(claims.getSubject()).isNull();
        assertThat(claims.getExpirationTime()).isNull();
        assertThat(claims.getJSONObjectClaim("token_introspection"))
                .containsEntry("active", true)
                .containsEntry("client_id", machine.client().id());
    }

    @Test
    void ofAnUnknownTokenItSaysNothingMore() throws ParseException, JOSEException {
        assertThat(signed("unknown").getJWTClaimsSet().getJSONObjectClaim("token_introspection"))
                .containsOnlyKeys("active")
                .containsEntry("active", false);
    }

    @Test
    void whoDoesNotAskForItGetsPlainJson() {
        HttpResponse<String> answer = asks(token());
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/json");
        assertThat(Browser.json(answer).path("active").asBoolean()).isTrue();
        assertThat(Browser.json(answer).path("exp").isIntegralNumber()).isTrue();
    }

    @Test
    void strangersGetNothingInEitherForm() {
        browser.headers.put("Accept", Introspected.SIGNED);
        assertThat(browser.post(Paths.INTROSPECT, Map.of("token", token())).statusCode())
                .isIn(400, 401);
    }
}
