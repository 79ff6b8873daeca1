package dev.ringwall.command;

import dev.ringwall.link.OperatorFiles;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// One call through the public door, the way any program would make it: it trusts the system's root, looks at the host name, and sends
/// no more than a bearer credential.
record DoorCall(Operation operation, String path, Optional<String> body) {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(40);

    /// What came back.
    ///
    /// @param request the request id; empty where the answer has none
    record Answer(int status, String request, String body) {}

    static DoorCall of(
            Blueprint blueprint, String name, List<String> values, @Nullable String data) {
        Operation operation =
                OperationName.parse(name)
                        .flatMap(blueprint::operation)
                        .filter(found -> !blueprint.isThirdParty(found.name()))
                        .orElseThrow(() ->
                                new Unusable(
                                        "`"
                                                + name
                                                + "` is no operation of a service (expected: one of "
                                                + String.join(
                                                        ", ",
                                                        blueprint.operations().keySet().stream()
                                                                .map(Object::toString)
                                                                .toList())
                                                + ")"));
        if (operation.route().protocol() != HttpRoute.Protocol.HTTP) {
            throw new Unusable(
                    name
                            + " is "
                            + operation.route()
                            + " (expected: an operation over http); call it with a client of its own, at the"
                            + " same door with the same token");
        }
        List<String> parameters = operation.route().parameters();
        if (parameters.size() != values.size()) {
            throw new Unusable(
                    name
                            + " takes "
                            + parameters.size()
                            + " values in its path "
                            + operation.route().path()
                            + " (read: "
                            + values.size()
                            + ")");
        }
        StringBuilder path = new StringBuilder();
        Iterator<String> next = values.iterator();
        for (HttpRoute.Segment segment : operation.route().segments()) {
            path.append('/')
                    .append(
                            switch (segment) {
                                case HttpRoute.Segment.Literal(String text) -> text;
                                case HttpRoute.Segment.Parameter _ ->
                                        URLEncoder.encode(next.next(), StandardCharsets.UTF_8)
                                                .replace("+", "%20");
                            });
        }
        Optional<String> body =
                data != null
                        ? Optional.of(data)
                        : operation.shape().flatMap(shape -> shape.exampleBody());
        return new DoorCall(operation, path.isEmpty() ? "/" : path.toString(), body);
    }

    Answer send(StateFolder state, String door, @Nullable String bearer) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(door + path))
                        .timeout(ANSWER_WITHIN)
                        .method(
                                operation.route().method(),
                                body.map(HttpRequest.BodyPublishers::ofString)
                                        .orElseGet(HttpRequest.BodyPublishers::noBody));
        body.ifPresent(_ -> request.header("Content-Type", "application/json"));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            HttpClient http =
                    HttpClient.newBuilder()
                            .sslContext(trustingRootOf(state))
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Ringwall-Request").orElse(""),
                    answer.body());
        } catch (IOException | GeneralSecurityException broken) {
            throw new Unusable(
                    "the door at " + door + " cannot be spoken to: " + broken.getMessage(), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unusable("interrupted", stopped);
        }
    }

    static SSLContext trustingRootOf(StateFolder state)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "root", OperatorFiles.read(state.operator()).root().certificate());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
