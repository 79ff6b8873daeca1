package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import dev.ringwall.model.Allow;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import java.util.Arrays;
import java.util.Map;

/// Few bytes that make much work, or endless ones, over one HTTP/2 connection (RFC 9113 §10.5). The connection must be ended, and whoever else
/// calls must be served meanwhile.
final class FloodAttacks {

    /// The size of a header in the bomb, so that it fits into the table (RFC 7541 §4.2).
    private static final int HEADER_CHARS = 4_000;

    /// The first number of the connection's own headers.
    private static final int FIRST_OWN = 62;

    /// RFC 9113 §6.3.
    private static final int PRIORITY = 2;

    /// A type that no specification has taken.
    private static final int UNKNOWN = 0xbe;

    private static final int BOMB_HEADERS = 16_000;

    private final Derivation to;
    private final Line line;
    private final Call call;

    private FloodAttacks(Derivation to, Call call) {
        this.to = to;
        this.line = to.blueprint().declaration().line();
        this.call = call;
    }

    static void derive(Derivation to) {
        FloodAttacks attacks = new FloodAttacks(to, ordinary(to));
        attacks.ofStreams();
        attacks.ofFrames();
        attacks.ofHeaders();
        CrowdAttacks.derive(to, attacks.call, attacks.line);
        HeldAttacks.derive(to, attacks.call);
    }

    /// What others ask for meanwhile: something open, where there is such.
    static Call ordinary(Derivation to) {
        Operation open =
                to.own().stream()
                        .filter(one -> one.route().protocol() == Protocol.HTTP)
                        .filter(one -> one.allow() instanceof Allow.Anyone)
                        .findFirst()
                        .orElse(to.own().getFirst());
        return Requests.filled(open, Map.of()).withBody("");
    }

    private void ofStreams() {
        add(
                "rapid-reset",
                "asks and breaks off, again and again (CVE-2023-44487)",
                (streams, round) ->
                        ask(streams, round, true)
                                .put(Frame.of(Frame.RST_STREAM, stream(round), 8)));
        add(
                "made-you-reset",
                "asks and makes the other side break off, again and again (CVE-2025-8671)",
                (streams, round) ->
                        ask(streams, round, false)
                                .put(Frame.of(Frame.WINDOW_UPDATE, stream(round), 0)));
        add(
                "streams-flood",
                "begins more requests than anybody may, and ends none",
                (streams, round) -> ask(streams, round, false));
    }

    private void ofFrames() {
        add(
                "settings-flood",
                "changes its settings without end (CVE-2019-9515)",
                (streams, _) -> streams.put(Frame.bare(Frame.SETTINGS, 0, 0)));
        add(
                "ping-flood",
                "asks whether anybody is there without end (CVE-2019-9512)",
                (streams, _) -> streams.put(new Frame(Frame.PING, 0, 0, new byte[8])));
        add(
                "window-updates-flood",
                "opens the window of the connection without end (RFC 9113 §10.5)",
                (streams, _) -> streams.put(Frame.of(Frame.WINDOW_UPDATE, 0, 1)));
        add(
                "priority-flood",
                "says without end what should come first (CVE-2019-9513)",
                (streams, round) ->
                        streams.put(
                                new Frame(
                                        PRIORITY,
                                        0,
                                        stream(round),
                                        new byte[] {0, 0, 0, 0, (byte) (round % 256)})));
        add(
                "unknown-frame-flood",
                "sends frames without end that nobody knows (RFC 9113 §5.5)",
                (streams, _) -> streams.put(new Frame(UNKNOWN, 0, 0, new byte[8])));
        add(
                "empty-data-flood",
                "sends empty parts of a body without end (CVE-2019-9518)",
                (streams, round) ->
                        round == 0
                                ? ask(streams, 0, false)
                                : streams.put(Frame.bare(Frame.DATA, 0, 1)));
    }

    private void ofHeaders() {
        add(
                "continuation-flood",
                "sends headers that never end, a byte at a time (CVE-2024-27316)",
                (streams, round) -> endless(streams, round, new byte[] {0}));
        add(
                "continuation-bomb",
                "sends headers that never end, as much as there is (CVE-2024-27316)",
                (streams, round) -> endless(streams, round, new byte[Streams.FRAME_BYTES_MAX]));
        add(
                "header-bomb",
                "sends few bytes that stand for many (CVE-2016-6581)",
                (streams, round) -> bomb(streams, round));
    }

    private Streams ask(Streams streams, int round, boolean last) {
        return streams.putHeaders(stream(round), HeaderBlock.of(streams.headers(call)), last);
    }

    private static int stream(int round) {
        return 2 * round + 1;
    }

    private Streams endless(Streams streams, int round, byte[] more) {
        return round == 0
                ? streams.put(
                        new Frame(
                                Frame.HEADERS,
                                Frame.END_STREAM,
                                1,
                                HeaderBlock.of(streams.headers(call))))
                : streams.put(new Frame(Frame.CONTINUATION, 0, 1, more));
    }

    private Streams bomb(Streams streams, int round) {
        byte[] block = HeaderBlock.of(streams.headers(call));
        if (round == 0) {
            Header large = new Header("x-bomb", "a".repeat(HEADER_CHARS));
            block = StreamAttacks.joined(block, HeaderBlock.remembered(large));
        }
        byte[] one = HeaderBlock.numbered(FIRST_OWN);
        byte[] many = new byte[BOMB_HEADERS];
        Arrays.fill(many, one[0]);
        return streams.putHeaders(stream(round), StreamAttacks.joined(block, many), true);
    }

    private void add(String name, String how, Flood.Round round) {
        to.add(
                "gateway/h2-" + name,
                Family.FLOODS,
                "somebody " + how,
                line,
                Expectation.stopped(),
                scene -> {
                    scene.note("HTTP/2 frames at " + scene.door().origin() + "   # " + how);
                    return Flood.play(scene, call, round);
                });
    }
}
