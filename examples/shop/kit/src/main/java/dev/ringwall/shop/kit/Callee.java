package dev.ringwall.shop.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// Another service or a third party, reached through the service's own sidecar: no certificates, no keys, no discovery here.
public final class Callee {

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(WITHIN)
                    .build();

    /// The one whose address stands in that environment variable, `CATALOG_URL`.
    public Callee(String variable) {
        this(URI.create(Environment.required(variable)));
    }

    Callee(URI base) {
        this.base = base;
    }

    /// Asks for something.
    public HttpResponse<byte[]> get(String path, Map<String, String> onwards)
            throws IOException, InterruptedException {
        return send(request(path, onwards).GET());
    }

    /// Has something done.
    public HttpResponse<byte[]> post(String path, Object body, Map<String, String> onwards)
            throws IOException, InterruptedException {
        return send(
                request(path, onwards)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(ShopJson.write(body))));
    }

    private HttpRequest.Builder request(String path, Map<String, String> onwards) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(WITHIN);
        onwards.forEach(request::header);
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
