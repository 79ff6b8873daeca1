package dev.ringwall.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The callers of a soak. Each call knows what it must be answered.
final class Traffic implements AutoCloseable {

    private static final int BODY_BYTES_MAX = 200 << 10;
    private static final int ABORT_ONE_OF = 50;
    private static final int TOKENS_EVERY_SECONDS = 120;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    /// What is said while something is away, or asked too often.
    private static final Set<Integer> UNAVAILABLE = Set.of(429, 502, 503, 504);

    private final SmallSystem system;
    private final List<HttpClient> clients;
    private final int callers;
    private final Tally tally;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor();
    private volatile String reader = "";
    private volatile String writer = "";
    private volatile boolean running = true;

    Traffic(SmallSystem system, Path root, int callers, Tally tally)
            throws IOException, InterruptedException {
        this.system = system;
        this.callers = callers;
        this.tally = tally;
        SSLContext tls = trusting(root);
        this.clients =
                List.of(
                        client(tls, HttpClient.Version.HTTP_1_1),
                        client(tls, HttpClient.Version.HTTP_2));
        renew();
    }

    void start() {
        renewal.scheduleAtFixedRate(
                this::renewOrSay, TOKENS_EVERY_SECONDS, TOKENS_EVERY_SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < callers; i++) {
            SplittableRandom random = new SplittableRandom(i);
            threads.submit(() -> {
                while (running) {
                    one(random);
                }
            });
        }
    }

    /// No further calls.
    void stop() {
        running = false;
    }

    /// Makes calls that must all succeed, one after the other; returns how many did not.
    int last(int calls) {
        int failed = 0;
        for (int id = 1; id <= calls; id++) {
            Tally alone = new Tally();
            get(clients.get(id % clients.size()), id, "/items/", reader, alone);
            failed += alone.right() == 1 ? 0 : 1;
        }
        return failed;
    }

    private void one(SplittableRandom random) {
        HttpClient client = clients.get(random.nextInt(clients.size()));
        long id = random.nextLong(1, 1_000_000_000);
        switch (random.nextInt(6)) {
            case 0, 1 -> get(client, id, "/items/", reader, tally);
            case 2 -> get(client, id, "/pages/", "", tally);
            case 3 -> post(client, random);
            case 4 -> mustNot(client, "/items/" + id, random.nextBoolean() ? "" : writer);
            default -> {
                if (random.nextInt(ABORT_ONE_OF) == 0) {
                    abort(client, id);
                } else {
                    mustNot(client, "/items/" + id + "/more", reader);
                }
            }
        }
    }

    private void get(HttpClient client, long id, String path, String token, Tally counts) {
        settle(client, request(path + id, token).GET().build(), Echo.item(id), counts);
    }

    private void post(HttpClient client, SplittableRandom random) {
        byte[] body = new byte[random.nextInt(1, BODY_BYTES_MAX)];
        random.nextBytes(body);
        HttpRequest request =
                request("/items", writer)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        settle(client, request, Echo.received(body), tally);
    }

    private static void settle(
            HttpClient client, HttpRequest request, String expected, Tally counts) {
        try {
            HttpResponse<String> answer =
                    client.send(request, BodyHandlers.ofString(StandardCharsets.US_ASCII));
            if (answer.statusCode() == 200 && answer.body().equals(expected)) {
                counts.rightOne();
            } else if (UNAVAILABLE.contains(answer.statusCode())) {
                counts.unavailableOne();
            } else {
                counts.wrongOne(
                        request.method()
                                + " "
                                + request.uri()
                                + ": "
                                + answer.statusCode()
                                + " "
                                + start(answer.body()));
            }
        } catch (IOException broken) {
            counts.brokenOffOne();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void mustNot(HttpClient client, String path, String token) {
        try {
            HttpResponse<String> answer =
                    client.send(
                            request(path, token).GET().build(),
                            BodyHandlers.ofString(StandardCharsets.US_ASCII));
            if (answer.statusCode() >= 400) {
                tally.refusedOne();
            } else {
                tally.wrongOne("let in: " + path + ": " + answer.statusCode());
            }
        } catch (IOException broken) {
            tally.brokenOffOne();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks for much and goes away after the first bytes.
    private void abort(HttpClient client, long id) {
        try (InputStream body =
                client.send(
                                request("/items/" + id * 7, reader).GET().build(),
                                BodyHandlers.ofInputStream())
                        .body()) {
            body.readNBytes(1);
        } catch (IOException broken) {
            tally.brokenOffOne();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(system.door() + path)).timeout(ANSWER_WITHIN);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private void renewOrSay() {
        try {
            renew();
        } catch (IOException failed) {
            System.err.println("ringwall bench: no token: " + failed.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() throws IOException, InterruptedException {
        reader = system.token("reader");
        writer = system.token("writer");
    }

    private static HttpClient client(SSLContext tls, HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(tls).version(version).build();
    }

    static SSLContext trusting(Path root) throws IOException {
        try (InputStream pem = Files.newInputStream(root)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the system's root cannot be read", unusable);
        }
    }

    private static String start(String body) {
        return body.substring(0, Math.min(200, body.length()));
    }

    @Override
    public void close() {
        running = false;
        renewal.shutdownNow();
        threads.close();
        clients.forEach(HttpClient::close);
    }
}
