package dev.ringwall.shop.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One service in a process of its own, on a port that was free. Calls to it are made as its sidecar makes them.
final class Running implements AutoCloseable {

    static final String ENTRY = "the-entry-of-this-start";
    static final String STRIPE_KEY = "sk_test_known_to_the_sidecar_only";

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final String LISTENING = "listening on ";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final URI base;

    private Running(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /// An answer, read to its end.
    record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    static Running catalog(Path data) throws IOException {
        return service("catalog.Catalog", data, Map.of());
    }

    static Running payments(Path data, URI stripe) throws IOException {
        return service("payments.Payments", data, Map.of("STRIPE_URL", stripe.toString()));
    }

    static Running orders(Path data, URI catalog, URI payments) throws IOException {
        return service(
                "orders.Orders",
                data,
                Map.of("CATALOG_URL", catalog.toString(), "PAYMENTS_URL", payments.toString()));
    }

    static Running stripe() throws IOException {
        return listening(launch("stripe.Stripe", Map.of("PORT", "0", "STRIPE_KEY", STRIPE_KEY)));
    }

    private static Running service(String main, Path data, Map<String, String> more)
            throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", "0");
        environment.put("DATA_DIR", data.toString());
        environment.put("RINGWALL_ENTRY", ENTRY);
        return listening(launch(main, environment));
    }

    /// Starts a program of the shop with this environment and no other.
    static Process launch(String main, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.ringwall.shop." + main);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static Running listening(Process process) throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (line == null || !line.startsWith(LISTENING)) {
            process.destroyForcibly();
            throw new IOException("did not start: " + line);
        }
        return new Running(process, URI.create("http://" + line.substring(LISTENING.length())));
    }

    URI address() {
        return base;
    }

    /// How much processor time it has used since it was started.
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /// A call through the sidecar, on behalf of this caller.
    Answer call(String method, String path, String body, String caller) {
        return send(method, path, body, Map.of("Ringwall-Entry", ENTRY, "Ringwall-Caller", caller));
    }

    Answer get(String path) {
        return call("GET", path, "", "sam");
    }

    /// A call with these headers and no others.
    Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(WITHIN)
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> first = new HashMap<>();
            answer.headers().map().forEach((name, values) -> first.put(name, values.getFirst()));
            return new Answer(answer.statusCode(), first, answer.body());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Ends it as `kill -9` does: nothing of it runs any more, no hook and no close.
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
