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

    private static final Duration FETCH_EVERY = Duration.ofSeconds(2);

    private final Map<String, Messages.Secrets> byService = new ConcurrentHashMap<>();

    @Override
    public Optional<char[]> secret(String name) {
        return byService.values().stream()
                .map(secrets -> secrets.values().get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(String::toCharArray);
    }

    /// Fetches those of one service; returns whether they came. What is new is acknowledged at once: who changed it waits for that.
    boolean fetch(String service, ControlLink link) {
        Messages.Secrets before = byService.get(service);
        long have = before == null ? 0 : before.number();
        return switch (link.secrets(have)) {
            case ControlLink.Reply.Answered<Messages.Secrets>(Messages.Secrets secrets) -> {
                byService.put(service, secrets);
                if (secrets.number() != have) {
                    link.secrets(secrets.number());
                }
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
