package dev.ringwall.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The requests that services of this node are working on. A service may say that a call of its own belongs to one of them; to no other.
final class UnderWay {

    private final Map<String, String> traces = new ConcurrentHashMap<>();

    void begin(String service, String request, String traceId) {
        traces.put(service + " " + request, traceId);
    }

    void end(String service, String request) {
        traces.remove(service + " " + request);
    }

    /// The trace of that request; empty when the service is not working on it.
    Optional<String> trace(String service, String request) {
        return Optional.ofNullable(traces.get(service + " " + request));
    }
}
