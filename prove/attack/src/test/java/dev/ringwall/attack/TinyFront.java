package dev.ringwall.attack;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tiny door does before it looks at a request, and after: for which hosts it answers, and what it says to browsers.
final class TinyFront implements TinyHttp.Handler {

    private static final Map<String, String> CAREFUL =
            Map.of(
                    "Strict-Transport-Security", "max-age=63072000",
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "same-origin");

    private final TinySystem system;
    private final TinyDoor door;
    private final TinyAmounts amounts;

    TinyFront(TinySystem system, TinyDoor door) {
        this.system = system;
        this.door = door;
        this.amounts = new TinyAmounts(system);
    }

    @Override
    public Optional<TinyHttp.Response> begins(TinyHttp.Request head) {
        return amounts.begins(head)
                ? Optional.empty()
                : Optional.of(TinyRoutes.refuse(Reason.LIMIT_REACHED));
    }

    @Override
    public void ends(TinyHttp.Request head) {
        amounts.ends(head);
    }

    private boolean weak(Weakness weakness) {
        return system.weaknesses.contains(weakness);
    }

    @Override
    public TinyHttp.Response answer(TinyHttp.Request request) throws Exception {
        if (misdirected(request)) {
            return dressed(request, TinyRoutes.refuse(Reason.MISDIRECTED));
        }
        Optional<TinyHttp.Response> told = preflight(request);
        return dressed(request, told.isPresent() ? told.get() : door.answer(request));
    }

    private boolean misdirected(TinyHttp.Request request) {
        Optional<String> authority = request.header(":authority");
        String host = authority.or(() -> request.header("host")).orElse("");
        boolean unchecked =
                weak(Weakness.STREAMS_UNCHECKED) && (authority.isPresent() || host.isEmpty());
        return !host.startsWith("localhost:")
                && !host.startsWith(TinyBlueprint.PROGRAMS + ":")
                && !unchecked
                && !weak(Weakness.HOSTS_UNCHECKED);
    }

    /// The origin of the page that asks, where its pages may.
    private Optional<String> origin(TinyHttp.Request request) {
        return request.header("origin")
                .filter(origin ->
                        origin.equals(TinyBlueprint.ORIGIN) || weak(Weakness.CORS_ANYBODY));
    }

    private Optional<TinyHttp.Response> preflight(TinyHttp.Request request) {
        Optional<String> method = request.header("access-control-request-method");
        if (!request.method().equals("OPTIONS") || method.isEmpty() || origin(request).isEmpty()) {
            return Optional.empty();
        }
        List<Operation> all = List.copyOf(system.blueprint.operations().values());
        boolean declared = TinyRoutes.find(all, method.get(), request.target()).isPresent();
        return declared || weak(Weakness.CORS_ANYBODY)
                ? Optional.of(
                        new TinyHttp.Response(
                                204, Map.of("Access-Control-Allow-Methods", method.get()), ""))
                : Optional.empty();
    }

    private TinyHttp.Response dressed(TinyHttp.Request request, TinyHttp.Response bare) {
        TinyHttp.Response answer = bare;
        Optional<String> origin = origin(request);
        if (origin.isPresent()) {
            answer = answer.with("Access-Control-Allow-Origin", origin.get());
        }
        if (weak(Weakness.BROWSERS_UNWARNED)) {
            return answer.with("Server", "tiny/1.0");
        }
        for (Map.Entry<String, String> header : CAREFUL.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }
}
