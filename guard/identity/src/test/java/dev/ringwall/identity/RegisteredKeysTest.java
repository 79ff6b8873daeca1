package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.sun.net.httpserver.HttpServer;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Clients that publish their keys themselves (RFC 7591 §2 `jwks_uri`), where the declaration says that they may. A stand-in of this machine publishes
/// them here; what is public is looked at where providers are asked.
class RegisteredKeysTest {

    private static final String METADATA = "invalid_client_metadata";

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private final ECKey first = SigningClient.key(Curve.P_256, "a");
    private final ECKey second = SigningClient.key(Curve.P_256, "a");
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir private Path folder;
    private HttpServer site;
    private volatile ECKey published = first;
    private House house;
    private Registering programs;

    @BeforeEach
    void start() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext(
                "/keys",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body =
                            SigningClient.set(published.toPublicJWK())
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        site.createContext(
                "/moved",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.getResponseHeaders().add("Location", origin() + "/keys");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        site.start();
        house = House.in(folder, clock);
        declare(origin());
        programs = Registering.at(house);
    }

    @AfterEach
    void stop() {
        house.close();
        site.stop(0);
    }

    private String origin() {
        return "http://127.0.0.1:" + site.getAddress().getPort();
    }

    private void declare(String origin) {
        house.blueprint.set(
                House.declared(
                        House.SHOP
                                + Registering.INVITED.replace(
                                        ", unused", ", keys-from: [\"" + origin + "\"], unused")));
    }

    private static Map<String, Object> machine(String at) {
        return new LinkedHashMap<>(
                Map.of(
                        "token_endpoint_auth_method",
                        "private_key_jwt",
                        "grant_types",
                        List.of("client_credentials"),
                        "jwks_uri",
                        at));
    }

    private HttpResponse<String> signs(JsonNode client, ECKey key) {
        SigningClient as = new SigningClient(house, client.path("client_id").asString(), key);
        return as.asks(as.assertion());
    }

    @Test
    void whatAClientPublishesCountsAndNobodyAsksForItBefore() {
        JsonNode client = programs.registered(machine(origin() + "/keys"));
        assertThat(client.path("jwks_uri").asString()).isEqualTo(origin() + "/keys");
        assertThat(asked.get()).as("who registers sends nobody anywhere").isZero();
        SigningClient.given(signs(client, first));
        SigningClient.given(signs(client, first));
        assertThat(asked.get()).isEqualTo(1);
        SigningClient.refused(signs(client, second));
        assertThat(asked.get()).as("for another key, every 30 s at most").isEqualTo(1);
    }

    @Test
    void aNewKeyCountsOnceItIsPublishedAndTheOldOneNoMore() {
        JsonNode client = programs.registered(machine(origin() + "/keys"));
        SigningClient.given(signs(client, first));
        published = second;
        clock.advance(Duration.ofSeconds(31));
        SigningClient.given(signs(client, second));
        clock.advance(Duration.ofSeconds(31));
        SigningClient.refused(signs(client, first));
    }

    @Test
    void whereNobodyAnswersOrTheWayLeadsOnNothingCounts() {
        JsonNode moved = programs.registered(machine(origin() + "/moved"));
        SigningClient.refused(signs(moved, first));
        JsonNode nowhere = programs.registered(machine(origin() + "/nowhere"));
        SigningClient.refused(signs(nowhere, first));
        assertThat(asked.get()).as("the redirect was not followed").isEqualTo(1);
    }

    @Test
    void nobodyNamesAnAddressThatIsNotDeclared() {
        for (String at :
                List.of(
                        "https://keys.example.com/keys",
                        "http://127.0.0.1:1/keys",
                        origin() + "@elsewhere.example/keys",
                        origin() + "/../keys",
                        "http://localhost:" + site.getAddress().getPort() + "/keys",
                        "file:///etc/passwd",
                        "")) {
            Registering.refused(
                    programs.register(machine(at), programs.invitation(1)), 400, METADATA);
        }
        Map<String, Object> both = machine(origin() + "/keys");
        both.put("jwks", Map.of("keys", List.of()));
        Registering.refused(programs.register(both, programs.invitation(1)), 400, METADATA);
        Map<String, Object> secret = machine(origin() + "/keys");
        secret.remove("token_endpoint_auth_method");
        Registering.refused(programs.register(secret, programs.invitation(1)), 400, METADATA);
        assertThat(asked.get()).isZero();
    }

    @Test
    void aDeclarationThatNamesAnotherOriginTakesTheKeysAway() {
        JsonNode client = programs.registered(machine(origin() + "/keys"));
        SigningClient.given(signs(client, first));
        declare("https://keys.example.com");
        SigningClient.refused(signs(client, first));
        assertThat(asked.get()).isEqualTo(1);
    }
}
