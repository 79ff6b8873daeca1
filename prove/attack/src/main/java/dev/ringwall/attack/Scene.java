package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where one attack is played: it has a source address of its own, remembers what was sent last, and knows what must not be shown.
/// For one thread.
final class Scene implements Closeable {

    /// How long a refusal for too many requests is waited out before it counts.
    static final Duration WAIT_MAX = Duration.ofSeconds(8);

    static final int RETRIES_MAX = 2;

    private static final Pattern SECRET_FIELDS =
            Pattern.compile(
                    "\\b((?:password|current|next|again|code|refresh_token|code_verifier|client_secret|token|_csrf|form)=|Basic )[^&' ]+|Cookie: [^']+");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Stage stage;
    private final Turn turn;
    private final List<String> secrets = new ArrayList<>();
    private Optional<InetAddress> source;
    private Optional<String> request = Optional.empty();
    private @Nullable Connection open;
    private @Nullable Road openTo;

    Scene(Stage stage, Turn turn) {
        this.stage = stage;
        this.turn = turn;
        this.source = stage.sources().fresh();
    }

    Stage stage() {
        return stage;
    }

    /// Says that this play only waits from now on, so that another may begin that wants the system for itself.
    void stepAside() {
        turn.stepAside();
    }

    /// Plays from that address from now on.
    void from(InetAddress address) {
        source = Optional.of(address);
    }

    /// The bearer credential of the role's holder of that number; it is left out of everything that is shown.
    String bearer(String role, int number) throws IOException, NotPlayable {
        Role declared = stage.blueprint().declaration().roles().get(role);
        if (declared != null && !declared.from().isEmpty()) {
            Predicate<InetAddress> wanted =
                    address -> declared.from().stream().anyMatch(block -> block.contains(address));
            if (source.isEmpty() || !wanted.test(source.get())) {
                source = Optional.of(somewhere(wanted, role));
            }
        }
        return keep(stage.session(role, number).access());
    }

    private InetAddress somewhere(Predicate<InetAddress> wanted, String role)
            throws IOException, NotPlayable {
        return stage.sources()
                .fitting(wanted)
                .orElseThrow(() ->
                        new NotPlayable("no address of this machine is allowed for role " + role));
    }

    /// Leaves the text out of everything that is shown.
    String keep(String secret) {
        secrets.add(secret);
        return secret;
    }

    /// The way to the public door from this scene's address.
    Road door() {
        return stage.door().from(source);
    }

    Seen atDoor(Call call) throws IOException {
        return at(door(), call);
    }

    /// Sends the request there and says what came back. Too many requests is waited out, since it is not what is tried here.
    Seen at(Road road, Call call) throws IOException {
        try {
            return seen(patient(road, call));
        } catch (IOException failed) {
            return seen(failed);
        }
    }

    /// The answer itself, over a connection that is kept for the next request there.
    Reply exchange(Road road, Call call) throws IOException {
        request = Optional.of(shown(call.curl(road.origin())));
        Connection connection = open;
        boolean kept = connection != null && road.equals(openTo);
        if (connection == null || !kept) {
            close();
            connection = road.open();
        }
        open = connection;
        openTo = road;
        try {
            connection.send(call.bytes(road.host()));
            Reply reply = connection.receive(call.method());
            if (reply.closes()) {
                close();
            }
            return reply;
        } catch (IOException failed) {
            close();
            if (kept && !(failed instanceof SocketTimeoutException)) {
                return exchange(road, call);
            }
            throw failed;
        }
    }

    /// The same, but waits where there were too many.
    Reply patient(Road road, Call call) throws IOException {
        Reply reply = exchange(road, call);
        for (int tries = 0; tries < RETRIES_MAX; tries++) {
            Optional<Duration> pause = pause(reply);
            if (pause.isEmpty()) {
                return reply;
            }
            sleep(pause.get());
            reply = exchange(road, call);
        }
        return reply;
    }

    /// Notes a request that is sent in another way.
    void note(String text) {
        request = Optional.of(shown(text));
    }

    Optional<String> request() {
        return request;
    }

    static Seen seen(Reply reply) {
        return refusal(reply)
                .<Seen>map(Seen.Refused::new)
                .orElseGet(() -> new Seen.Answered(reply.status(), reply.excerpt()));
    }

    static Seen seen(IOException failed) throws IOException {
        return switch (failed) {
            case SocketTimeoutException _ -> new Seen.Silence("no answer in time");
            case ProtocolException odd -> new Seen.Dropped(firstLine(odd));
            case EOFException _ -> new Seen.Dropped("connection closed");
            case SSLException tls -> new Seen.Dropped("TLS refused: " + firstLine(tls));
            case ConnectException _ -> new Seen.Dropped("connection refused");
            case NoRouteToHostException _ -> new Seen.Dropped("no route");
            case SocketException reset ->
                    new Seen.Dropped("connection closed: " + firstLine(reset));
            default -> throw failed;
        };
    }

    /// The reason, when the answer is one of Ringwall's own refusals.
    static Optional<Reason> refusal(Reply reply) {
        if (!reply.header("content-type").orElse("").startsWith("application/problem+json")) {
            return Optional.empty();
        }
        return json(reply)
                .map(body -> body.path("reason").asString(""))
                .flatMap(Reason::of)
                .filter(reason -> reason.status() == reply.status());
    }

    static Optional<JsonNode> json(Reply reply) {
        try {
            return Optional.of(JSON.readTree(reply.body()));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> pause(Reply reply) {
        if (reply.status() != 429) {
            return Optional.empty();
        }
        try {
            Duration wanted =
                    Duration.ofSeconds(Long.parseLong(reply.header("retry-after").orElse("1")));
            return wanted.compareTo(WAIT_MAX) > 0 ? Optional.empty() : Optional.of(wanted);
        } catch (NumberFormatException aDate) {
            return Optional.empty();
        }
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stopped);
        }
    }

    private static String firstLine(IOException failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }

    private String shown(String text) {
        String cleared = text;
        for (String secret : secrets) {
            cleared = cleared.replace(secret, "$CREDENTIAL");
        }
        cleared =
                SECRET_FIELDS
                        .matcher(cleared)
                        .replaceAll(found ->
                                Objects.requireNonNullElse(found.group(1), "Cookie: ") + "…");
        return cleared.replaceAll("eyJ[\\w-]+\\.[\\w-]*\\.[\\w-]*", "\\$FORGED_TOKEN");
    }

    @Override
    public void close() {
        Connection connection = open;
        if (connection != null) {
            connection.close();
        }
        open = null;
        openTo = null;
    }
}
