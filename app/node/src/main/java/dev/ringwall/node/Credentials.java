package dev.ringwall.node;

import dev.ringwall.gateway.Secrets;
import dev.ringwall.link.Messages;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The credentials of third parties that this node adds on the way out. In memory only, fetched again every few seconds.
final class Credentials implements Secrets {

    private static final Duration FETCH_EVERY = Duration.ofSeconds(3);

    private final Map<String, String> values = new ConcurrentHashMap<>();

    @Override
    public Optional<char[]> secret(String name) {
        return Optional.ofNullable(values.get(name)).map(String::toCharArray);
    }

    /// Fetches them once, as the service that the connection shows; returns whether they came.
    boolean fetch(ControlLink link) {
        return switch (link.secrets()) {
            case ControlLink.Reply.Answered<Messages.Secrets>(Messages.Secrets secrets) -> {
                values.putAll(secrets.values());
                yield true;
            }
            case ControlLink.Reply.Refused<Messages.Secrets> _,
                    ControlLink.Reply.Unavailable<Messages.Secrets> _ ->
                    false;
        };
    }

    /// Fetches them again and again.
    Loop.Round fetching(ControlLink link) {
        return () -> {
            boolean came = fetch(link);
            if (came) {
                Thread.sleep(FETCH_EVERY);
            }
            return came;
        };
    }

    @Override
    public String toString() {
        return "Credentials" + values.keySet();
    }
}
