package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import dev.ringwall.events.Step;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Ring;
import io.netty.handler.codec.http.HttpRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a request while it passes the rings; each ring adds what it found. Used by one thread at a time.
final class Transit {

    private final String id;
    private final String trace;
    private final String span;
    private final String address;
    private final Snapshot snapshot;
    private final HttpRequest request;
    private final long startNanos;
    private final List<X509Certificate> peerChain;
    private final List<Step> steps = new ArrayList<>(10);

    private @Nullable RequestTarget target;
    private @Nullable Operation operation;
    private Map<String, String> parameters = Map.of();
    private Actor caller;
    private Optional<Actor> original = Optional.empty();
    private Optional<java.util.Set<String>> scopes = Optional.empty();
    private List<Line> because = List.of();
    private DataType.Sensitivity sensitivity = DataType.Sensitivity.PUBLIC;
    private boolean identity;

    Transit(
            String id,
            String trace,
            String span,
            String address,
            Snapshot snapshot,
            HttpRequest request,
            List<X509Certificate> peerChain,
            long startNanos) {
        this.id = id;
        this.trace = trace;
        this.span = span;
        this.address = address;
        this.snapshot = snapshot;
        this.request = request;
        this.peerChain = peerChain;
        this.startNanos = startNanos;
        this.caller = Actor.stranger(address);
    }

    String id() {
        return id;
    }

    String trace() {
        return trace;
    }

    /// The W3C `traceparent` that goes on.
    String traceparent() {
        return "00-" + trace + "-" + span + "-01";
    }

    String address() {
        return address;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    HttpRequest request() {
        return request;
    }

    /// The certificates that the peer of this connection showed; empty at the door.
    List<X509Certificate> peerChain() {
        return peerChain;
    }

    List<Step> steps() {
        return steps;
    }

    void step(Ring ring, boolean passed, String note) {
        steps.add(new Step(ring, passed, (System.nanoTime() - startNanos) / 1_000, note));
    }

    RequestTarget target() {
        return java.util.Objects.requireNonNull(target);
    }

    void target(RequestTarget read) {
        target = read;
    }

    Optional<Operation> operation() {
        return Optional.ofNullable(operation);
    }

    void routed(Operation to, Map<String, String> values) {
        operation = to;
        parameters = values;
        sensitivity = snapshot.blueprint().sensitivity(to);
    }

    /// The request is for the identity provider.
    void toIdentity() {
        identity = true;
    }

    boolean isToIdentity() {
        return identity;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    Actor caller() {
        return caller;
    }

    Optional<Actor> original() {
        return original;
    }

    Optional<java.util.Set<String>> scopes() {
        return scopes;
    }

    void proved(Proof.Proved proof) {
        caller = proof.actor();
        original = proof.original();
        scopes = proof.scopes();
    }

    double secondsSoFar() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    List<Line> because() {
        return because;
    }

    void because(List<Line> lines) {
        because = lines;
    }

    DataType.Sensitivity sensitivity() {
        return sensitivity;
    }
}
