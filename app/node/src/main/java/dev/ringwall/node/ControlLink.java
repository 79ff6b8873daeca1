package dev.ringwall.node;

import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import dev.ringwall.link.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/// What a node asks of the control plane, as one of the names that it holds a certificate for. Blocks; thread-safe.
final class ControlLink {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /// How long an answer may take.
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(Messages.NEWS_WAIT_SECONDS + 15);

    private static final Duration LEFT_WITHIN = Duration.ofSeconds(8);
    private static final int ANSWER_BYTES_MAX = 64 << 20;

    private final URI control;
    private final HttpClient http;

    ControlLink(URI control, SSLContext tls) {
        this.control = control;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .connectTimeout(CONNECT_WITHIN)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
    }

    /// What became of a question.
    sealed interface Reply<T> {
        /// It was answered.
        record Answered<T>(T value) implements Reply<T> {}

        /// The control plane says no, and asking again will not help.
        record Refused<T>(String detail) implements Reply<T> {}

        /// It cannot be reached or does not make sense now; asking again may help.
        record Unavailable<T>(String why) implements Reply<T> {}
    }

    Reply<Messages.Joined> join(Messages.Join join) {
        return post(Messages.JOIN, join, Messages.Joined.class);
    }

    Reply<Messages.Renewed> renew(Messages.Renew renew) {
        return post(Messages.RENEW, renew, Messages.Renewed.class);
    }

    Reply<Messages.News> news(long bundle, long roster) {
        URI uri = control.resolve(Messages.NEWS + "?bundle=" + bundle + "&roster=" + roster);
        return send(HttpRequest.newBuilder(uri).GET(), Messages.News.class);
    }

    Reply<Messages.Ack> endpoints(Messages.Endpoints endpoints) {
        return post(Messages.ENDPOINTS, endpoints, Messages.Ack.class);
    }

    Reply<Messages.Noted> report(Messages.Report report) {
        return post(Messages.REPORT, report, Messages.Noted.class);
    }

    /// Says that this node stops, and waits until no other calls it any more.
    Reply<Messages.Left> leave() {
        return send(
                HttpRequest.newBuilder(control.resolve(Messages.LEAVE))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        RecordJson.write(new Messages.Leave()))),
                LEFT_WITHIN,
                Messages.Left.class);
    }

    /// @param have the number of the credentials that are in use here, so that the control plane knows
    Reply<Messages.Secrets> secrets(long have) {
        URI uri = control.resolve(Messages.SECRETS + "?have=" + have);
        return send(HttpRequest.newBuilder(uri).GET(), Messages.Secrets.class);
    }

    /// Waits for other things to show at the door than those of that number.
    ///
    /// @param gateway tells this gateway apart from others
    Reply<Messages.Door> door(String gateway, long have) {
        URI uri = control.resolve(Messages.DOOR + "?gateway=" + gateway + "&have=" + have);
        return send(HttpRequest.newBuilder(uri).GET(), Messages.Door.class);
    }

    private <T> Reply<T> post(String path, Record message, Class<T> type) {
        return send(
                HttpRequest.newBuilder(control.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(RecordJson.write(message))),
                type);
    }

    private <T> Reply<T> send(HttpRequest.Builder request, Class<T> type) {
        return send(request, ANSWER_WITHIN, type);
    }

    private <T> Reply<T> send(HttpRequest.Builder request, Duration within, Class<T> type) {
        try {
            HttpResponse<InputStream> answer =
                    http.send(
                            request.timeout(within).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = answer.body()) {
                body = in.readNBytes(ANSWER_BYTES_MAX);
            }
            return understood(answer.statusCode(), body, type);
        } catch (IOException broken) {
            return new Reply.Unavailable<>(String.valueOf(broken.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Reply.Unavailable<>("interrupted");
        }
    }

    /// What an answer of the control plane says.
    static <T> Reply<T> understood(int status, byte[] body, Class<T> type) {
        if (status / 100 == 2) {
            return switch (RecordJson.read(body, type)) {
                case Json.Parsed.Value<T>(T value) -> new Reply.Answered<>(value);
                case Json.Parsed.Malformed<T>(String why) -> new Reply.Unavailable<>(why);
            };
        }
        String detail =
                switch (RecordJson.read(body, Messages.Refusal.class)) {
                    case Json.Parsed.Value<Messages.Refusal>(Messages.Refusal refusal) ->
                            refusal.detail();
                    case Json.Parsed.Malformed<Messages.Refusal> _ -> "status " + status;
                };
        return status / 100 == 4 ? new Reply.Refused<>(detail) : new Reply.Unavailable<>(detail);
    }
}
