package dev.ringwall.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ringwall as it runs in a small system: control plane and gateway, each a process. What is measured is the gateway: TLS 1.3 in, mutual TLS
/// out to the sidecar of one service. That has joined like any other, and then an nginx took its place, under its name and certificate: the
/// next hop costs the same as that of the peers, and leaves the processors to whom is measured.
final class Guarded implements AutoCloseable {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: bench
            data:
              item: { class: internal }
              page: { class: public }
            roles:
              reader: { login: password }
            services:
              items:
                url: http://127.0.0.1:UPSTREAM
                openapi: items.yaml
                stores: { files: [item, page] }
                operations:
                  find: { http: "GET /items/{id}", allow: reader, returns: [item], limit: 1000000/s per caller }
                  look: { http: "GET /pages/{id}", allow: reader, returns: [page], limit: 1000000/s per caller }
                  peek: { http: GET /peek, allow: anyone, returns: [page], limit: 1000000/s per operation }
            """;

    private static final String OPENAPI =
            """
            openapi: 3.0.3
            info: { title: items, version: "1" }
            paths:
              /items/{id}:
                get:
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
                    - { name: page, in: query, schema: { type: integer, minimum: 1, maximum: 1000 } }
                    - { name: sort, in: query, schema: { type: string, enum: [name, price] } }
                  responses: { "200": { description: found } }
              /pages/{id}:
                get:
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
                    - { name: page, in: query, schema: { type: integer, minimum: 1, maximum: 1000 } }
                    - { name: sort, in: query, schema: { type: string, enum: [name, price] } }
                  responses: { "200": { description: found } }
              /peek:
                get:
                  responses: { "200": { description: found } }
            """;

    private static final Pattern INBOUND = Pattern.compile("\"inbound\":\"([^\"]+)\"");

    /// Of the peers: the same with one event loop, as the others have one worker each.
    static final String ONE_LOOP = "one-loop";

    private final String suffix;
    private final SmallSystem system;
    private final Program gateway;

    /// As it comes, before the service at that port.
    static Guarded usual(Path home, Path ringwall, int upstream)
            throws IOException, InterruptedException {
        return new Guarded(home, ringwall, upstream, "", List.of());
    }

    /// With one event loop: a JVM that sees one processor makes no more.
    static Guarded oneLoop(Path home, Path ringwall, int upstream)
            throws IOException, InterruptedException {
        return new Guarded(
                Files.createDirectories(home.resolve(ONE_LOOP)),
                ringwall,
                upstream,
                ", one loop",
                List.of("env", "RINGWALL_JAVA_OPTS=-XX:ActiveProcessorCount=1"));
    }

    /// The declaration and the OpenAPI document of its service, which is at that port.
    static Map<String, String> files(int upstream) {
        return Map.of(
                "ringwall.yaml",
                DECLARATION.replace("UPSTREAM", Integer.toString(upstream)),
                "items.yaml",
                OPENAPI);
    }

    private Guarded(Path home, Path ringwall, int upstream, String suffix, List<String> before)
            throws IOException, InterruptedException {
        this.suffix = suffix;
        system = new SmallSystem(home, ringwall, files(upstream), before);
        try {
            system.sidecar("items").kill();
            system.with(inItsPlace(home));
            gateway = system.gateway();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private Program inItsPlace(Path home) throws IOException {
        Path state = system.stateOf("items");
        Matcher inbound = INBOUND.matcher(Files.readString(state.resolve("places.json")));
        if (!inbound.find()) {
            throw new IOException("the sidecar has not said where it listens");
        }
        Path identity = state.resolve("identity");
        return Proxies.inPlaceOfSidecar(
                home,
                inbound.group(1),
                identity.resolve("items.pem"),
                identity.resolve("root.pem"));
    }

    /// Token, decision, limit, the shape of three parameters, and an event on the disk.
    private Peer allRings() {
        return new Peer(
                "ringwall, all rings on" + suffix,
                "token, decision, limit, shape, event",
                system.door() + "/items/17?page=2&sort=name",
                Optional.of("reader"),
                gateway.pid());
    }

    /// The same for data that is public, whose use is not recorded.
    private Peer unrecorded() {
        return new Peer(
                "ringwall, nothing recorded" + suffix,
                "token, decision, limit, shape",
                system.door() + "/pages/17?page=2&sort=name",
                Optional.of("reader"),
                gateway.pid());
    }

    /// What anyone may call and nobody records: the least that the rings do.
    private Peer open() {
        return new Peer(
                "ringwall, open operation" + suffix,
                "decision, limit",
                system.door() + "/peek",
                Optional.empty(),
                gateway.pid());
    }

    /// All three.
    List<Peer> peers() {
        return List.of(allRings(), unrecorded(), open());
    }

    /// A token for a round with that peer; none where it shows none. A token does not last as long as a run.
    Optional<String> token(Peer peer) throws IOException, InterruptedException {
        return peer.role().isPresent()
                ? Optional.of(system.token(peer.role().get()))
                : Optional.empty();
    }

    /// The public keys that tokens are signed with.
    String jwks() throws IOException, InterruptedException {
        Path root = system.stateOf("gateway").resolve("identity").resolve("root.pem");
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(Traffic.trusting(root)).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(system.door() + "/auth/jwks"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Override
    public void close() {
        system.close();
    }
}
