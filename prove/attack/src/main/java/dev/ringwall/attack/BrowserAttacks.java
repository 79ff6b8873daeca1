package dev.ringwall.attack;

import dev.ringwall.model.Door;
import dev.ringwall.model.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pages of somebody else's that want to read what a browser may, and answers that do not tell browsers to be careful (the Fetch standard §3.2,
/// RFC 6797, CSP 3).
final class BrowserAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example";

    private static final long TRANSPORT_SECONDS_MIN = 15_552_000; // half a year

    private final Derivation to;
    private final Door door;
    private final Reach reach;

    private BrowserAttacks(Derivation to, Reach reach) {
        this.to = to;
        this.door = to.blueprint().declaration().door();
        this.reach = reach;
    }

    static void derive(Derivation to) {
        Reach.easiest(to).ifPresent(reach -> new BrowserAttacks(to, reach).derive());
    }

    private void derive() {
        add(
                "answer-unguarded",
                "looks for an answer that does not tell browsers to be careful",
                scene -> {
                    List<String> wrong = unguarded(reach.answer(scene, reach.call(scene)));
                    return wrong.isEmpty()
                            ? new Seen.Thwarted("every header is there")
                            : new Seen.Yielded("without " + String.join(", ", wrong));
                });
        page("cors-foreign-origin", "a page of another origin", ELSEWHERE);
        page("cors-null-origin", "a page that hides its origin", "null");
        add(
                "cors-foreign-preflight",
                "has a browser ask whether a page of another origin may call",
                scene ->
                        granted(
                                scene,
                                asking(scene, ELSEWHERE, reach.operation().route().method())));
        door.origins().forEach(this::declared);
    }

    private void declared(String origin, Line line) {
        String number = door.origins().size() == 1 ? "" : "-" + (1 + index(origin));
        page(
                "cors-lookalike" + number,
                "a page whose origin begins like " + origin,
                origin + ".elsewhere.example");
        page("cors-other-scheme" + number, "the page of " + origin + " without TLS", other(origin));
        add(
                "cors-undeclared-method" + number,
                "has a browser ask whether a page of " + origin + " may call what nobody declared",
                scene -> {
                    Reply reply = scene.patient(scene.door(), asking(scene, origin, "PROPFIND"));
                    return reply.header("access-control-allow-methods")
                            .<Seen>map(methods -> new Seen.Yielded("may: " + methods))
                            .orElseGet(() -> new Seen.Thwarted("not told so: " + reply.excerpt()));
                });
        to.add(
                "gateway/cors-declared-origin" + number,
                Family.BROWSERS,
                "a page of " + origin + " calls " + reach.operation().name(),
                line,
                Expectation.passes(),
                scene -> {
                    Reply reply = reach.answer(scene, reach.call(scene).with("Origin", origin));
                    if (reply.header("access-control-allow-credentials").isPresent()) {
                        return new Seen.Yielded("with the cookies of whoever visits it");
                    }
                    return reply.header("access-control-allow-origin").equals(Optional.of(origin))
                            ? new Seen.Thwarted("it may read the answer")
                            : new Seen.Yielded("it may not read the answer");
                });
    }

    private int index(String origin) {
        return new ArrayList<>(door.origins().keySet()).indexOf(origin);
    }

    private static String other(String origin) {
        return origin.startsWith("https:")
                ? origin.replaceFirst("https:", "http:")
                : origin.replaceFirst("http:", "https:");
    }

    private void page(String kind, String who, String origin) {
        add(
                kind,
                "visits " + who + ", which reads " + reach.operation().name(),
                scene -> granted(scene, reach.call(scene).with("Origin", origin)));
    }

    private Call asking(Scene scene, String origin, String method) throws IOException, NotPlayable {
        return Call.of("OPTIONS", reach.call(scene).target())
                .with("Origin", origin)
                .with("Access-Control-Request-Method", method)
                .with("Access-Control-Request-Headers", "authorization");
    }

    private static Seen granted(Scene scene, Call call) throws IOException {
        Reply reply = scene.patient(scene.door(), call);
        return reply.header("access-control-allow-origin")
                .<Seen>map(origin -> new Seen.Yielded("pages of " + origin + " may"))
                .orElseGet(() -> new Seen.Thwarted("browsers are not told so: " + reply.status()));
    }

    /// What is missing, or should not be there.
    private List<String> unguarded(Reply reply) {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> header : door.headers().entrySet()) {
            if (!reply.header(header.getKey()).equals(Optional.of(header.getValue()))) {
                wrong.add("the declared " + header.getKey());
            }
        }
        String transport = reply.header("strict-transport-security").orElse("");
        if (!door.headers().containsKey("strict-transport-security")
                && seconds(transport) < TRANSPORT_SECONDS_MIN) {
            wrong.add("strict-transport-security for half a year");
        }
        if (!reply.header("x-content-type-options").equals(Optional.of("nosniff"))) {
            wrong.add("x-content-type-options");
        }
        if (reply.header("referrer-policy").isEmpty()) {
            wrong.add("referrer-policy");
        }
        boolean framed =
                reply.header("content-security-policy").orElse("").contains("frame-ancestors");
        if (!framed && reply.header("x-frame-options").isEmpty()) {
            wrong.add("a word about frames");
        }
        for (String name : List.of("server", "x-powered-by")) {
            reply.header(name).ifPresent(value -> wrong.add("secrecy: " + name + ": " + value));
        }
        return wrong;
    }

    private static long seconds(String transport) {
        String digits = transport.replaceFirst(".*max-age=([0-9]{1,12}).*", "$1");
        return digits.matches("[0-9]{1,12}") ? Long.parseLong(digits) : 0;
    }

    private void add(String kind, String does, Attack.Play play) {
        to.add(
                "gateway/" + kind,
                Family.BROWSERS,
                "somebody " + does,
                to.blueprint().declaration().line(),
                Expectation.stopped(),
                play);
    }
}
