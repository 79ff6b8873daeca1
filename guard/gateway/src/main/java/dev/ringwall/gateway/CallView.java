package dev.ringwall.gateway;

import dev.ringwall.policy.RequestView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What conditions may see of a request. Nothing is computed before it is asked for.
record CallView(Exchange exchange, Destination.ToOperation to) implements RequestView {

    @Override
    public String method() {
        return exchange.head().method().name();
    }

    @Override
    public String path() {
        return "/" + String.join("/", exchange.target().segments());
    }

    @Override
    public Map<String, String> params() {
        return to.parameters();
    }

    @Override
    public Map<String, List<String>> query() {
        return exchange.target().parameters();
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        exchange.head()
                .headers()
                .forEach(entry ->
                        headers.merge(
                                entry.getKey().toLowerCase(Locale.ROOT),
                                entry.getValue(),
                                (first, more) -> first + ", " + more));
        return headers;
    }

    @Override
    public String address() {
        return exchange.address();
    }

    @Override
    public Instant time() {
        return exchange.at();
    }
}
