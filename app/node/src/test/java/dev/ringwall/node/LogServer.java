package dev.ringwall.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.ringwall.audit.AuditLog;
import dev.ringwall.audit.Batch;
import dev.ringwall.audit.EventStore;
import dev.ringwall.audit.NoteSigner;
import dev.ringwall.audit.Recorded;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import dev.ringwall.link.EventLines;
import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/// The control plane's end of the way that events take: a server of its identity, an event store, and a log.
final class LogServer implements AutoCloseable {

    private final CertificateAuthority authority;
    private final AuditLog log;
    private final EventStore store;
    private HttpsServer server;

    LogServer(CertificateAuthority authority, String system, Path folder) throws Exception {
        this.authority = authority;
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        log =
                ((AuditLog.Opening.Opened)
                                AuditLog.open(
                                        folder.resolve("log"),
                                        NoteSigner.of(
                                                NoteSigner.originOf(system),
                                                pair.getPublic(),
                                                pair.getPrivate()),
                                        Duration.ofMillis(50),
                                        InstantSource.system()))
                        .log();
        store = EventStore.over(log, folder.resolve("events.db"), system, InstantSource.system());
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    void stop() {
        server.stop(0);
    }

    Messages.Ack accept(HttpExchange exchange) throws IOException {
        String[] query = exchange.getRequestURI().getQuery().split("[=&]", -1);
        Batch batch =
                new Batch(
                        query[1],
                        Long.parseLong(query[3]),
                        EventLines.split(exchange.getRequestBody().readAllBytes()));
        return switch (store.accept("gateway", Set.of("gateway"), batch)) {
            case EventStore.Accepted.UpTo(long sequence) -> new Messages.Ack(sequence);
            case EventStore.Accepted.NotYet(String why) -> throw new IOException(why);
        };
    }

    static void answer(HttpExchange exchange, int status, Object message) throws IOException {
        byte[] body = Json.write(message);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /// What a test makes of a question.
    @FunctionalInterface
    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    void serve(Identity identity, Answering answering) throws Exception {
        serve(identity, answering, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    void serve(Identity identity, Answering answering, InetSocketAddress at) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                new KeyManager[] {new TlsKeys(() -> identity)},
                new TrustManager[] {
                    TlsTrust.everyone(new PeerVerifier(authority.root(), Clock.systemUTC()))
                },
                null);
        server = HttpsServer.create(at, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = context.getDefaultSSLParameters();
                        wanted.setNeedClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.createContext(Messages.EVENTS, answering::answer);
        server.start();
    }

    /// The subjects of all that is in the log, in order.
    List<String> logged() throws IOException {
        List<String> subjects = new ArrayList<>();
        for (long from = 0; from < log.size(); from += EventStore.PAGE_EVENTS_MAX) {
            for (Recorded recorded : store.page(from, EventStore.PAGE_EVENTS_MAX)) {
                subjects.add(((SecurityEvent.Administered) recorded.event()).subject());
            }
        }
        return subjects;
    }

    @Override
    public void close() throws IOException {
        stop();
        store.close();
        log.close();
    }
}
