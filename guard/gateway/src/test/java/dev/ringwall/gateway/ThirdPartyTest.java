package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The way out to somebody else: only what is declared, with the credential that the service never had.
class ThirdPartyTest {

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private Backend bank;
    private World world;

    private static String yaml(String url, String as) {
        return """
        ringwall: 1
        system: shop
        data: { order: { class: internal } }
        services:
          payments:
            run: java -jar payments.jar
            operations:
              charge: { http: POST /charges, accepts: [order] }
            calls: [bank.pay]
        third-parties:
          bank:
            url: %s
            credential: { secret: bank-key, as: %s }
            operations:
              pay: { http: "POST /payments", accepts: [order], limit: 3/min }
              refund: { http: POST /refunds, accepts: [order] }
        """
                .formatted(url, as);
    }

    private void open(String url, String as) throws Exception {
        world =
                new World(
                        Map.of("ringwall.yaml", yaml(url, as)),
                        settings ->
                                settings.with(
                                        (Secrets)
                                                name ->
                                                        Optional.ofNullable(secrets.get(name))
                                                                .map(String::toCharArray)),
                        Rings::standard);
    }

    @BeforeEach
    void begin() throws IOException {
        bank = new Backend();
        secrets.put("bank-key", "sk_live_1");
    }

    @AfterEach
    void end() {
        world.close();
        bank.close();
    }

    private String url() {
        return "http://127.0.0.1:" + bank.address().getPort();
    }

    private Wire.Reply pay(String... headers) throws IOException {
        return call("/payments", headers);
    }

    private Wire.Reply call(String target, String... headers) throws IOException {
        try (Wire wire = Wire.plain(world.outbound.get("payments>bank"))) {
            return wire.post(target, "{}", headers);
        }
    }

    @Test
    void theCredentialIsPutOnHereAndNothingOfOursGoesOut() throws Exception {
        open(url(), "bearer");
        Wire.Reply reply =
                pay(
                        "Authorization: Bearer of the service",
                        "Cookie: a=b",
                        "Ringwall-Caller: root",
                        "X-Forwarded-For: 10.0.0.1",
                        "Idempotency-Key: 7");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(bank.last().target()).isEqualTo("/payments");
        assertThat(bank.last().headers())
                .containsEntry("authorization", "Bearer sk_live_1")
                .containsEntry("host", "127.0.0.1:" + bank.address().getPort())
                .containsEntry("idempotency-key", "7")
                .doesNotContainKeys(
                        "cookie",
                        "txn-token",
                        "ringwall-caller",
                        "ringwall-request",
                        "x-forwarded-for",
                        "forwarded",
                        "traceparent");
        assertThat(world.recorded.last("payments>").operation()).contains("bank.pay");
    }

    @Test
    void theCredentialHasTheDeclaredForm() throws Exception {
        secrets.put("bank-key", "user:pass");
        open(url(), "basic");
        pay();
        assertThat(bank.last().headers()).containsEntry("authorization", "Basic dXNlcjpwYXNz");
        world.declare(yaml(url(), "{ header: X-Api-Key }"));
        pay();
        assertThat(bank.last().headers())
                .containsEntry("x-api-key", "user:pass")
                .doesNotContainKey("authorization");
    }

    @Test
    void withoutTheSecretNothingGoesOut() throws Exception {
        open(url(), "bearer");
        secrets.clear();
        assertThat(pay().reason()).isEqualTo("unreachable");
        secrets.put("bank-key", "two\r\nlines: x");
        assertThat(pay().reason()).isEqualTo("unreachable");
        assertThat(bank.seen()).isEmpty();
        assertThat(world.recorded.last("payments>").reason()).contains(Reason.UNREACHABLE);
    }

    @Test
    void onlyWhatIsDeclaredAndCalledGoesOut() throws Exception {
        open(url(), "bearer");
        assertThat(call("/accounts").reason()).isEqualTo("not-declared");
        assertThat(call("/refunds").reason()).isEqualTo("call-not-declared");
        assertThat(bank.seen()).isEmpty();
    }

    @Test
    void limitsHoldOnTheWayOut() throws Exception {
        open(url(), "bearer");
        for (int i = 0; i < 3; i++) {
            assertThat(pay().status()).isEqualTo(200);
        }
        assertThat(pay().reason()).isEqualTo("limit-reached");
    }

    @Test
    void redirectsAreTheServicesBusiness() throws Exception {
        open(url(), "bearer");
        bank.answering(exchange -> {
            exchange.getResponseHeaders().set("Location", "https://elsewhere.example/");
            exchange.sendResponseHeaders(307, -1);
        });
        Wire.Reply reply = pay();
        assertThat(reply.status()).isEqualTo(307);
        assertThat(bank.seen()).hasSize(1);
    }

    @Test
    void theirCertificateMustBeGoodForTheirName() throws Exception {
        String before = System.getProperty("javax.net.ssl.trustStore");
        open("http://127.0.0.1:1", "bearer");
        Path store = trusting();
        HttpsServer server = https();
        try {
            String port = ":" + server.getAddress().getPort();
            world.declare(yaml("https://localhost" + port, "bearer"));
            assertThat(pay().reason()).as("nobody vouches for them").isEqualTo("unreachable");
            System.setProperty("javax.net.ssl.trustStore", store.toString());
            System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
            world.close();
            open("https://localhost" + port, "bearer");
            assertThat(pay().status()).isEqualTo(200);
            world.declare(yaml("https://localhost.localdomain" + port, "bearer"));
            assertThat(pay().reason()).as("another name").isEqualTo("unreachable");
        } finally {
            server.stop(0);
            System.clearProperty("javax.net.ssl.trustStorePassword");
            if (before == null) {
                System.clearProperty("javax.net.ssl.trustStore");
            } else {
                System.setProperty("javax.net.ssl.trustStore", before);
            }
        }
    }

    private Path trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", world.authority.root().certificate());
        Path file = Files.createTempFile("trust", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    private HttpsServer https() throws Exception {
        Identity identity = world.authority.issue(new Profile.Door(Set.of()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new javax.net.ssl.KeyManager[] {new TlsKeys(() -> identity)}, null, null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext(
                "/",
                exchange -> {
                    Backend.answer(exchange, 200, "{}");
                    exchange.close();
                });
        server.start();
        return server;
    }
}
