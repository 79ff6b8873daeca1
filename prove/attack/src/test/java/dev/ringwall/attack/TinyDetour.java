package dev.ringwall.attack;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.util.List;
import java.util.Optional;

/// How a careless door calls a service past everything that it should have decided.
final class TinyDetour {

    private TinyDetour() {}

    static TinyHttp.Response direct(
            TinySystem system,
            List<Operation> own,
            String method,
            String path,
            TinyHttp.Request request)
            throws Exception {
        Optional<Operation> operation = TinyRoutes.find(own, method, path);
        TinyHttp.Request cleaned =
                new TinyHttp.Request(
                        method,
                        path,
                        request.headers(),
                        request.body(),
                        request.from(),
                        request.peer());
        return operation.isEmpty()
                ? TinyRoutes.refuse(Reason.NOT_DECLARED)
                : TinySidecar.forward(system, "gateway", "anybody", operation.get(), cleaned);
    }

    static String cleaned(String path) {
        String decoded = path.replace("%2e", ".").replace("%2f", "/");
        return java.net
                .URI
                .create(decoded.replace('\\', '/').replace("%", "").replaceFirst("^/+", "/"))
                .normalize()
                .getPath();
    }
}
