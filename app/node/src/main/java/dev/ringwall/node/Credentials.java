package dev.ringwall.node;

import dev.ringwall.gateway.Secrets;
import dev.ringwall.link.Messages;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// The credentials of third parties that this node adds on the way out. In memory only, fetched again every few seconds.
final class Credentials implements Secrets {

    private static final Duration FETCH_EVERY = Duration.ofSeconds(3);

    private final Map<String, Map<String, String>> byService = new ConcurrentHashMap<>();

    @Override
    public Optional<char[]> secret(String name) {
        return byService.values().stream()
                .map(values -> values.get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(String::toCharArray);
    }

    /// Fetches those of one service once; returns whether they came.
    boolean fetch(String service, ControlLink link) {
        return switch (link.secrets()) {
            case ControlLink.Reply.Answered<Messages.Secrets>(Messages.Secrets secrets) -> {
                byService.put(service, secrets.values());
                yield true;
            }
            case ControlLink.Reply.Refused<Messages.Secrets> _,
                    ControlLink.Reply.Unavailable<Messages.Secrets> _ ->
                    false;
        };
    }

    /// Fetches those of all services again and again, and forgets those of services that are gone.
    Loop.Round fetching(Supplier<Set<String>> services, Function<String, ControlLink> links) {
        return () -> {
            Set<String> now = services.get();
            byService.keySet().retainAll(now);
            boolean all = true;
            for (String service : now) {
                all &= fetch(service, links.apply(service));
            }
            if (all) {
                Thread.sleep(FETCH_EVERY);
            }
            return all;
        };
    }

    @Override
    public String toString() {
        return "Credentials" + byService.keySet();
    }
}
