package dev.ringwall.reading;

import dev.ringwall.model.Counters;
import dev.ringwall.model.Door;
import dev.ringwall.model.Line;
import dev.ringwall.model.SigningAlgorithm;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what is said of the public door, `{ tls: tls1.2, origins: [https://app.example.com], headers: { permissions-policy: "camera=()" } }`, and
/// where limits are counted together.
final class DoorReader {

    private static final String PER_ADDRESS = "connections-per-address";

    private static final String ACCESS_TOKENS = "access-tokens";

    static final List<String> KEYS =
            List.of(
                    "tls",
                    "origins",
                    "headers",
                    "names",
                    PER_ADDRESS,
                    "mutual-tls",
                    "certificate",
                    ACCESS_TOKENS);
    static final List<String> COUNTER_KEYS = List.of("redis", "secret");

    static final Map<String, Door.Tls> TLS = Choice.words(Door.Tls.values(), Door.Tls::word);

    /// Not the one that is there for old clients: an access token is for the door alone.
    static final Map<String, SigningAlgorithm> ALGORITHMS =
            Choice.words(
                    new SigningAlgorithm[] {
                        SigningAlgorithm.ES256, SigningAlgorithm.PS256, SigningAlgorithm.EDDSA
                    },
                    SigningAlgorithm::word);

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");
    private static final int VALUE_CHARS_MAX = 2_000;
    private static final Pattern VALUE =
            Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final Pattern REDIS =
            Pattern.compile("rediss?://([a-z0-9.-]+|\\[[0-9a-f:]+\\])(:[0-9]{1,5})?");

    private final Problems problems;

    DoorReader(Problems problems) {
        this.problems = problems;
    }

    Door read(Section top) {
        return top.value("door")
                .flatMap(value -> Section.of(value, "`door`", KEYS, problems))
                .map(section ->
                        new Door(
                                section.text("tls")
                                        .flatMap(text -> Choice.of(text, TLS, problems))
                                        .orElse(Door.Tls.TLS_1_3),
                                origins(section),
                                headers(section),
                                section.texts("names").stream()
                                        .flatMap(text -> host(text).stream())
                                        .toList(),
                                connections(section),
                                section.text("mutual-tls").flatMap(this::host),
                                new DoorCertificateReader(problems).read(section),
                                section.text(ACCESS_TOKENS)
                                        .flatMap(text -> Choice.of(text, ALGORITHMS, problems))
                                        .orElse(SigningAlgorithm.ES256)))
                .orElse(Door.PLAIN);
    }

    private int connections(Section section) {
        Optional<Yaml> value = section.value(PER_ADDRESS);
        if (value.isEmpty()) {
            return Door.CONNECTIONS_PER_ADDRESS_DEFAULT;
        }
        if (value.get() instanceof Yaml.Text text && NUMBER.matcher(text.value()).matches()) {
            int most = Integer.parseInt(text.value());
            if (most <= Door.CONNECTIONS_PER_ADDRESS_MAX) {
                return most;
            }
        }
        problems.error(
                "bad-number",
                section.lineOf(PER_ADDRESS),
                "no number of connections (expected: 1 to "
                        + Door.CONNECTIONS_PER_ADDRESS_MAX
                        + ")",
                "write it like `" + PER_ADDRESS + ": 2000`");
        return Door.CONNECTIONS_PER_ADDRESS_DEFAULT;
    }

    private Optional<String> host(Yaml.Text text) {
        return Statements.isHost(text, problems) ? Optional.of(text.value()) : Optional.empty();
    }

    private Map<String, Line> origins(Section section) {
        Map<String, Line> origins = new LinkedHashMap<>();
        for (Yaml.Text text : section.texts("origins")) {
            Urls.origin(text, problems)
                    .ifPresent(origin -> origins.put(origin.toString(), text.line()));
        }
        return origins;
    }

    private Map<String, String> headers(Section section) {
        Map<String, String> headers = new LinkedHashMap<>();
        section.value("headers")
                .flatMap(value -> Section.of(value, "`headers`", Door.HEADERS, problems))
                .ifPresent(named ->
                        Door.HEADERS.forEach(name ->
                                named.text(name).ifPresent(text -> header(name, text, headers))));
        return headers;
    }

    private void header(String name, Yaml.Text text, Map<String, String> headers) {
        if (VALUE.matcher(text.value()).matches() && text.value().length() <= VALUE_CHARS_MAX) {
            headers.put(name, text.value());
        } else {
            problems.unexpected(
                    "bad-header",
                    text,
                    "up to " + VALUE_CHARS_MAX + " visible characters of ASCII on one line",
                    "write it like `default-src 'self'`");
        }
    }

    Optional<Counters> counters(Section top) {
        return top.value("counters")
                .flatMap(value -> Section.of(value, "`counters`", COUNTER_KEYS, problems))
                .flatMap(section -> {
                    Optional<String> secret =
                            section.text("secret")
                                    .filter(text -> Named.isName(text, problems))
                                    .map(Yaml.Text::value);
                    return section.requiredText("redis", "redis://valkey.internal:6379")
                            .flatMap(this::redis)
                            .map(redis -> new Counters(redis, secret, section.line()));
                });
    }

    private Optional<URI> redis(Yaml.Text text) {
        if (REDIS.matcher(text.value()).matches()) {
            URI url = URI.create(text.value());
            if (url.getHost() != null && url.getPort() != 0 && url.getPort() <= Urls.PORT_MAX) {
                return Optional.of(url);
            }
        }
        problems.unexpected(
                "bad-url",
                text,
                "redis:// or rediss:// (over TLS), a host and maybe a port, and nothing after it",
                "write it like `rediss://valkey.internal:6379`; a password is a secret and is named by `secret`");
        return Optional.empty();
    }
}
