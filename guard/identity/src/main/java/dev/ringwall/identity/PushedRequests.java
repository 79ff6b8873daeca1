package dev.ringwall.identity;

import dev.ringwall.people.Secrets;
import dev.ringwall.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Authorization requests that lie here while the browser carries only their name (RFC 9126 §2.2). Whoever holds the name can change
/// nothing of the request, and it is answered once.
final class PushedRequests {

    /// How long a client may take to send the browser.
    static final Duration ARRIVES_WITHIN = Duration.ofSeconds(90);

    /// How long a person may then take to sign in.
    static final Duration ANSWERED_WITHIN = Duration.ofMinutes(15);

    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final String HELD = PushedRequests.class.getName();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Store store;
    private final InstantSource clock;

    PushedRequests(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// A request that lies here.
    ///
    /// @param uri        its name
    /// @param parameters what the client asks, by name
    /// @param opened     when a browser first came with it
    record Pushed(String uri, String client, Map<String, String> parameters, Instant opened) {
        Pushed {
            parameters = Map.copyOf(parameters);
        }
    }

    /// Keeps the request of a client and names it.
    String push(String client, Map<String, String> parameters) {
        return keep(client, parameters, null, clock.instant().plus(ARRIVES_WITHIN));
    }

    /// Keeps the request that a browser brought in full, so that it goes by its name from here on.
    void holdHere(HttpServletRequest request) {
        Map<String, String> parameters = Question.parameters(request);
        String client = parameters.get("client_id");
        if (client == null || held(request).isPresent()) {
            return;
        }
        Instant now = clock.instant();
        String uri = keep(client, parameters, now, now.plus(ANSWERED_WITHIN));
        hold(request, new Pushed(uri, client, parameters, now));
    }

    private String keep(
            String client,
            Map<String, String> parameters,
            @Nullable Instant opened,
            Instant expires) {
        String uri = PREFIX + Secrets.random();
        store.write(tx ->
                tx.change(
                        "INSERT INTO pushed_request (hash, client, parameters, opened, expires) VALUES (?, ?, ?, ?, ?)",
                        Secrets.sha256(uri),
                        client,
                        JSON.writeValueAsString(parameters),
                        opened == null ? null : opened.toEpochMilli(),
                        expires.toEpochMilli()));
        return uri;
    }

    /// The request of that name, for the browser that comes with it; empty when it is not that client's, was answered, or lay for too
    /// long.
    Optional<Pushed> open(String uri, String client) {
        long now = clock.millis();
        String hash = Secrets.sha256(uri);
        return store.write(tx -> {
            tx.change(
                    "UPDATE pushed_request SET opened = ?, expires = ?"
                            + " WHERE hash = ? AND client = ? AND opened IS NULL AND expires > ?",
                    now,
                    now + ANSWERED_WITHIN.toMillis(),
                    hash,
                    client,
                    now);
            return tx.first(
                    row ->
                            new Pushed(
                                    uri,
                                    client,
                                    JSON.readValue(
                                            row.getString(1),
                                            new TypeReference<Map<String, String>>() {}),
                                    Instant.ofEpochMilli(row.getLong(2))),
                    "SELECT parameters, opened FROM pushed_request WHERE hash = ? AND client = ? AND expires > ?",
                    hash,
                    client,
                    now);
        });
    }

    /// Remembers with which of them the browser came.
    static void hold(HttpServletRequest request, Pushed pushed) {
        request.setAttribute(HELD, pushed);
    }

    /// With which of them the browser came.
    static Optional<Pushed> held(HttpServletRequest request) {
        return request.getAttribute(HELD) instanceof Pushed pushed
                ? Optional.of(pushed)
                : Optional.empty();
    }

    /// Lets the request be answered: false when it was before. A request that was never pushed may be answered as often as it comes.
    boolean spend(HttpServletRequest request) {
        return held(request)
                .map(pushed ->
                        store.write(tx ->
                                tx.change(
                                                "DELETE FROM pushed_request WHERE hash = ?",
                                                Secrets.sha256(pushed.uri()))
                                        == 1))
                .orElse(true);
    }
}
