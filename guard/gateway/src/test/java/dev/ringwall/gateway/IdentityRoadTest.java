package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import dev.ringwall.limits.Counts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The paths of the identity provider go to the control plane, which believes the gateway about where they came from.
class IdentityRoadTest {

    private final List<Backend.Seen> seen = new CopyOnWriteArrayList<>();
    private World world;
    private HttpsServer control;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(Shop.YAML);
        control = control(world.issue("control"));
        world.endpoint(Snapshot.CONTROL, control.getAddress());
    }

    @AfterEach
    void end() {
        control.stop(0);
        world.close();
    }

    private HttpsServer control(Identity identity) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        PeerVerifier verifier = new PeerVerifier(world.authority.root(), Clock.systemUTC());
        context.init(
                new KeyManager[] {new TlsKeys(() -> identity)},
                new TrustManager[] {TlsTrust.whoever(verifier, id -> id.name().equals("gateway"))},
                null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = context.getDefaultSSLParameters();
                        wanted.setNeedClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.createContext(
                "/",
                exchange -> {
                    seen.add(
                            new Backend.Seen(
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI().toString(),
                                    new java.util.TreeMap<>(
                                            java.util.Map.of(
                                                    "client-cert",
                                                    exchange.getRequestHeaders()
                                                            .getOrDefault("Client-Cert", List.of())
                                                            .toString(),
                                                    "client-cert-chain",
                                                    exchange.getRequestHeaders()
                                                            .getOrDefault(
                                                                    "Client-Cert-Chain", List.of())
                                                            .toString(),
                                                    "forwarded",
                                                    exchange.getRequestHeaders()
                                                            .getFirst("Forwarded"),
                                                    "authorization",
                                                    String.valueOf(
                                                            exchange.getRequestHeaders()
                                                                    .getFirst("Authorization")),
                                                    "caller",
                                                    String.valueOf(
                                                            exchange.getRequestHeaders()
                                                                    .getFirst(
                                                                            "Ringwall-Caller"))))));
                    exchange.getResponseHeaders().set("Set-Cookie", "session=1; Secure; HttpOnly");
                    Backend.answer(exchange, 200, "{\"keys\":[]}");
                    exchange.close();
                });
        server.start();
        return server;
    }

    @Test
    void theProvidersPathsReachTheControlPlane() throws IOException {
        for (String path :
                List.of(
                        "/auth",
                        "/auth/jwks",
                        "/auth/authorize?client_id=a&redirect_uri=https%3A%2F%2Flocalhost%2F",
                        "/.well-known/openid-configuration",
                        "/.well-known/oauth-authorization-server/auth")) {
            Wire.Reply reply =
                    world.get(
                            path,
                            "Authorization: Basic YTpi",
                            "Forwarded: for=10.0.0.1",
                            "Ringwall-Caller: root");
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.headers()).containsKey("set-cookie");
            assertThat(seen.getLast().target()).isEqualTo(path);
            assertThat(seen.getLast().headers())
                    .containsEntry("forwarded", "for=127.0.0.1;proto=https;host=\"localhost\"")
                    .containsEntry("authorization", "Basic YTpi")
                    .containsEntry("caller", "null");
        }
    }

    @Test
    void theControlPlaneHearsOfACertificateThatTheCallerProvedToHoldAndOfNoOther()
            throws Exception {
        world.declare(
                Shop.YAML + "domain: localhost\ndoor: { mutual-tls: programs.shop.example.com }\n");
        String said = "Client-Cert: :AAAA:\r\nclient-cert: :BBBB:\r\nClient-Cert-Chain: :CCCC:";
        String host = "programs.shop.example.com";
        Identity program = world.issue("robot");
        try (Wire wire = Wire.asking(world.door, host, program)) {
            assertThat(wire.get(host, "/auth/token", said).status()).isEqualTo(200);
        }
        String leaf = Base64.getEncoder().encodeToString(program.chain().getFirst().getEncoded());
        String above = Base64.getEncoder().encodeToString(program.chain().get(1).getEncoded());
        assertThat(seen.getLast().headers())
                .containsEntry("client-cert", "[:" + leaf + ":]")
                .containsEntry("client-cert-chain", "[:" + above + ":]");
        try (Wire wire = Wire.asking(world.door, host, null)) {
            assertThat(wire.get(host, "/auth/token", said).status()).isEqualTo(200);
        }
        assertThat(seen.getLast().headers())
                .containsEntry("client-cert", "[]")
                .containsEntry("client-cert-chain", "[]");
        assertThat(world.get("/auth/token", said).status()).isEqualTo(200);
        assertThat(seen.getLast().headers()).containsEntry("client-cert", "[]");
    }

    @Test
    void nothingElseReachesTheControlPlane() throws IOException {
        for (String path :
                List.of("/v1/news", "/authx", "/Auth/token", "/.well-known/security.txt", "/")) {
            assertThat(world.get(path).reason()).as(path).isEqualTo("not-declared");
        }
        assertThat(world.get("/auth/../v1/news").reason()).isEqualTo("bad-request");
        assertThat(seen).isEmpty();
    }

    @Test
    void whoeverIsNotTheControlPlaneGetsNothing() throws Exception {
        HttpsServer impostor = control(world.issue("catalog"));
        world.endpoint(Snapshot.CONTROL, impostor.getAddress());
        assertThat(world.get("/auth/jwks").reason()).isEqualTo("unreachable");
        assertThat(seen).isEmpty();
        impostor.stop(0);
    }

    @Test
    void anAddressCallsTheProviderOnlySoOften() throws IOException {
        InetAddress from = InetAddress.getByName("127.0.4.1");
        try (Wire wire = Wire.tls(world.door, from, null)) {
            for (int i = 0; i < Counts.IDENTITY_PER_MINUTE; i++) {
                assertThat(wire.call("GET", "/auth/jwks").status()).isEqualTo(200);
            }
            assertThat(wire.call("GET", "/auth/jwks").reason()).isEqualTo("limit-reached");
        }
        assertThat(world.get("/auth/jwks").status()).isEqualTo(200);
    }
}
