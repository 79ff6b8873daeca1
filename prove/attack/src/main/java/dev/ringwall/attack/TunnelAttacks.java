package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The extended `CONNECT` of HTTP/2 (RFC 8441 §4) where it has no business: what it opens would pass every ring as bytes that nobody reads.
final class TunnelAttacks {

    private static final String WEBSOCKET = "websocket";

    private final Derivation to;
    private final String path;

    private TunnelAttacks(Derivation to, String path) {
        this.to = to;
        this.path = path;
    }

    /// On a path that is open to everybody.
    static void derive(Derivation to, String path) {
        TunnelAttacks attacks = new TunnelAttacks(to, path);
        attacks.add(
                "protocol-unknown",
                "a wish for a tunnel of a protocol that nobody declared (RFC 9298)",
                "CONNECT",
                "connect-udp");
        attacks.add(
                "protocol-without-connect",
                "a protocol beside a method that opens no tunnel",
                "GET",
                WEBSOCKET);
        attacks.add(
                "protocol-twice",
                "a wish for a WebSocket and for a tunnel",
                "CONNECT",
                WEBSOCKET,
                "connect-udp");
    }

    private void add(String name, String what, String method, String... protocols) {
        to.add(
                "gateway/h2-" + name,
                Family.STREAMS,
                "somebody sends a request over HTTP/2 with " + what,
                to.blueprint().declaration().line(),
                Expectation.dropped(Reason.BAD_REQUEST),
                scene -> asked(scene, Call.of(method, path), protocols));
    }

    /// A holder of the role, or anybody, opens a WebSocket over HTTP/2 at an operation that speaks HTTP.
    static Seen webSocket(Scene scene, Call call) throws IOException, NotPlayable {
        return asked(
                scene, call.withMethod("CONNECT").with("Sec-WebSocket-Version", "13"), WEBSOCKET);
    }

    /// The stream stays open, as one that carries a tunnel does.
    private static Seen asked(Scene scene, Call call, String... protocols)
            throws IOException, NotPlayable {
        String shown =
                call.method() + " " + call.target() + ", :protocol " + String.join(", ", protocols);
        scene.note("HTTP/2 at " + scene.door().origin() + "   # " + shown);
        try (Streams streams = Streams.open(scene.door())) {
            List<Header> headers = new ArrayList<>(streams.headers(call));
            for (String protocol : protocols) {
                headers.addFirst(new Header(":protocol", protocol));
            }
            return Streams.seen(streams.putHeaders(1, HeaderBlock.of(headers), false).head(1));
        } catch (IOException ended) {
            return Scene.seen(ended);
        }
    }
}
