package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.model.ThirdParty;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way to a third party. The credential is put on here; the service that calls never sees it, and what it sends in its place is taken
/// off. Nothing that is meant for our own nodes goes out.
final class OutsideRoad {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private OutsideRoad() {}

    static Passage to(
            Exchange exchange, HttpRequest head, @Nullable ThirdParty party, Secrets secrets) {
        if (party == null) {
            return new Passage.Refused(Reason.UNREACHABLE, "the third party is not declared");
        }
        URI url = party.url();
        boolean https = "https".equals(url.getScheme());
        String host = url.getHost();
        if (host == null || (!https && !LOOPBACK.contains(host))) {
            return new Passage.Refused(
                    Reason.UNREACHABLE, url + " (expected: https, or http on the loopback)");
        }
        int standard = https ? HTTPS_PORT : HTTP_PORT;
        int port = url.getPort() < 0 ? standard : url.getPort();
        HttpHeaders headers = head.headers();
        headers.remove(Names.REQUEST);
        headers.remove(Names.TRACEPARENT);
        headers.remove(HttpHeaderNames.COOKIE);
        headers.set(HttpHeaderNames.HOST, port == standard ? host : host + ":" + port);
        if (party.credential().isPresent()
                && !authorised(headers, party.credential().get(), secrets)) {
            return new Passage.Refused(
                    Reason.UNREACHABLE,
                    List.of(party.credential().get().line()),
                    "the secret "
                            + party.credential().get().secret()
                            + " is missing or cannot stand in a header",
                    Map.of());
        }
        Way.Crossing crossing = https ? new Way.Crossing.Public() : new Way.Crossing.Plain();
        exchange.onward(new Exchange.Onward(List.of(new Way(host, port, crossing)), head));
        return new Passage.Passed(host);
    }

    private static boolean authorised(
            HttpHeaders headers, ThirdParty.Credential credential, Secrets secrets) {
        Optional<char[]> secret = secrets.secret(credential.secret());
        if (secret.isEmpty() || !canStandInHeader(secret.get())) {
            return false;
        }
        switch (credential.form()) {
            case ThirdParty.Form.Bearer() ->
                    headers.set(
                            HttpHeaderNames.AUTHORIZATION, "Bearer " + new String(secret.get()));
            case ThirdParty.Form.Basic() ->
                    headers.set(
                            HttpHeaderNames.AUTHORIZATION,
                            "Basic " + Base64.getEncoder().encodeToString(utf8(secret.get())));
            case ThirdParty.Form.Header(String name) -> headers.set(name, new String(secret.get()));
        }
        return true;
    }

    private static boolean canStandInHeader(char[] secret) {
        for (char c : secret) {
            if (c < ' ' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return secret.length > 0;
    }

    private static byte[] utf8(char[] text) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
