package dev.ringwall.command;

import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import dev.ringwall.link.MutualTls;
import dev.ringwall.link.OperatorFiles;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Speaks to the control plane of a running system with the operator's certificate.
///
/// Every failure is an [Unusable] in the user's words: the control plane's own refusal, or that it cannot be reached.
final class OperatorClient {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(40);

    private final URI control;
    private final HttpClient http;

    private OperatorClient(URI control, HttpClient http) {
        this.control = control;
        this.http = http;
    }

    /// Reads the operator's certificate from that folder.
    static OperatorClient connect(Path folder) {
        try {
            OperatorFiles files = OperatorFiles.read(folder);
            HttpClient http =
                    HttpClient.newBuilder()
                            .sslContext(
                                    MutualTls.toControl(
                                            files::identity,
                                            new PeerVerifier(files.root(), InstantSource.system())))
                            .connectTimeout(CONNECT_WITHIN)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
            return new OperatorClient(files.control(), http);
        } catch (NoSuchFileException nothing) {
            throw new Unusable(
                    folder.getParent()
                            + " is not the state folder of a system that was started; start one with `ringwall up` or"
                            + " `ringwall demo`, or name another with --state",
                    nothing);
        } catch (IOException unreadable) {
            throw new Unusable(
                    "cannot read the operator's certificate in "
                            + folder
                            + " ("
                            + unreadable.getMessage()
                            + "); is the system's state folder right, and is it yours?",
                    unreadable);
        }
    }

    /// The end of an address that asks about an account.
    static String named(String account) {
        return "?name=" + URLEncoder.encode(account, StandardCharsets.UTF_8);
    }

    /// Asks for something.
    <T> T get(String path, Class<T> type) {
        return parsed(send(HttpRequest.newBuilder(control.resolve(path)).GET()), type);
    }

    /// Has something done, and reads what came of it.
    <T> T post(String path, Object message, Class<T> type) {
        return parsed(send(posting(path, message)), type);
    }

    /// Has something done.
    void post(String path, Object message) {
        send(posting(path, message));
    }

    private HttpRequest.Builder posting(String path, Object message) {
        return HttpRequest.newBuilder(control.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(message)));
    }

    private byte[] send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer =
                    http.send(
                            request.timeout(ANSWER_WITHIN).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 == 2) {
                return answer.body();
            }
            throw new Unusable(
                    switch (Json.read(answer.body(), Messages.Refusal.class)) {
                        case Json.Parsed.Value<Messages.Refusal>(Messages.Refusal refusal) ->
                                refusal.detail();
                        case Json.Parsed.Malformed<Messages.Refusal> _ ->
                                "the control plane answered " + answer.statusCode();
                    });
        } catch (ConnectException nobody) {
            throw new Unusable(
                    "no control plane answers at "
                            + control
                            + "; start it with `ringwall up` (or `ringwall demo`), or name another with --state",
                    nobody);
        } catch (IOException broken) {
            throw new Unusable(
                    "the control plane at "
                            + control
                            + " cannot be spoken to: "
                            + broken.getMessage(),
                    broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unusable("interrupted", stopped);
        }
    }

    private <T> T parsed(byte[] body, Class<T> type) {
        return switch (Json.read(body, type)) {
            case Json.Parsed.Value<T>(T value) -> value;
            case Json.Parsed.Malformed<T>(String why) ->
                    throw new Unusable(
                            "the control plane's answer cannot be read: "
                                    + why
                                    + "; is it of the same version?");
        };
    }
}
