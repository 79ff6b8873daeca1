package dev.ringwall.federation;

import dev.ringwall.model.OutsideProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Asks one provider over the network, with a limit for everything: time, size, where it is, and no following of redirects. Any thread may
/// use it.
final class Fetch implements AutoCloseable {

    /// A document of metadata or keys; the largest that are seen have 20 kB.
    static final int BYTES_MAX = 256 * 1024;

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(3);
    static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    private final HttpClient http;
    private final Reach reach;

    Fetch(OutsideProvider provider) {
        this(Reach.of(provider), provider.authority());
    }

    Fetch(Reach reach) {
        this(reach, Optional.empty());
    }

    private Fetch(Reach reach, Optional<String> authority) {
        this.reach = reach;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECTED_WITHIN)
                        .followRedirects(HttpClient.Redirect.NEVER);
        authority.ifPresent(pem -> builder.sslContext(believing(pem)));
        this.http = builder.build();
    }

    /// What came back.
    record Answer(int status, String body) {}

    Answer get(URI address) throws Untrusted {
        return send(HttpRequest.newBuilder(address).GET());
    }

    /// @param authorization a header; empty for none
    Answer post(URI address, String form, String authorization) throws Untrusted {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(
                authorization.isEmpty() ? request : request.header("Authorization", authorization));
    }

    private Answer send(HttpRequest.Builder building) throws Untrusted {
        HttpRequest request =
                building.header("Accept", "application/json").timeout(ANSWERED_WITHIN).build();
        reach.allows(request.uri());
        CompletableFuture<HttpResponse<byte[]>> asking =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_MAX));
        try {
            HttpResponse<byte[]> answer =
                    asking.get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException stopped) {
            asking.cancel(true);
            Thread.currentThread().interrupt();
            throw new Untrusted("provider-unreachable", stopped);
        } catch (ExecutionException | TimeoutException failed) {
            asking.cancel(true);
            throw new Untrusted("provider-unreachable", failed);
        }
    }

    private static SSLContext believing(String pem) {
        try {
            KeyStore believed = KeyStore.getInstance("PKCS12");
            believed.load(null, null);
            int number = 0;
            for (Certificate one :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII)))) {
                believed.setCertificateEntry("ca" + number++, one);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException("certificates that were read before", unusable);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
