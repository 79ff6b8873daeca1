package dev.ringwall.attack;

import dev.ringwall.model.Limit;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The sidecar of one tiny service: mutual TLS and transaction tokens inwards, declared calls outwards.
final class TinySidecar {

    private final TinySystem system;
    private final String name;
    private final String entry;
    private final TinyRoutes limits = new TinyRoutes();
    private final TinyTransactions tokens;

    TinySidecar(TinySystem system, String name, String entry) {
        this.system = system;
        this.name = name;
        this.entry = entry;
        this.tokens = new TinyTransactions(system, name);
    }

    private boolean weak(Weakness weakness) {
        return system.weaknesses.contains(weakness);
    }

    TinyHttp.Response inbound(TinyHttp.Request request) throws Exception {
        if (request.target().equals("/auth/ringwall/health")) {
            return request.peer().isPresent() || weak(Weakness.HEALTH_TOLD_TO_ANYBODY)
                    ? new TinyHttp.Response(204, Map.of(), "")
                    : TinyRoutes.refuse(Reason.PEER_NOT_TRUSTED);
        }
        if (request.peer().isEmpty() && !weak(Weakness.CLIENT_CERTIFICATE_OPTIONAL)) {
            return TinyRoutes.refuse(Reason.PEER_NOT_TRUSTED);
        }
        String peer = request.peer().isEmpty() ? "gateway" : peerName(request.peer().get());
        Service own = system.blueprint.declaration().services().get(name);
        Optional<Operation> operation =
                TinyRoutes.find(own.operations().values(), request.method(), request.target());
        if (operation.isEmpty()) {
            return TinyRoutes.refuse(Reason.NOT_DECLARED);
        }
        OperationName called = operation.get().name();
        Service caller = system.blueprint.declaration().services().get(peer);
        boolean declared = caller != null && caller.calls().containsKey(called);
        if (!peer.equals("gateway") && !declared && !weak(Weakness.CALLS_IGNORED)) {
            return TinyRoutes.refuse(Reason.CALL_NOT_DECLARED);
        }
        Optional<String> token = request.header("txn-token");
        String subject = "anonymous";
        if (token.isEmpty() && !weak(Weakness.TXN_NOT_ASKED_FOR)) {
            return TinyRoutes.refuse(Reason.TXN_TOKEN_MISSING);
        }
        if (token.isPresent()) {
            Jws jws = Jws.parse(token.get());
            if (request.peer().isPresent()
                    && !tokens.good(jws, peer, request.peer().get(), called)) {
                return TinyRoutes.refuse(Reason.TXN_TOKEN_INVALID);
            }
            subject = String.valueOf(jws.claims().get("sub"));
        }
        try (Connection connection = Road.plain(system.services.get(name).address()).open()) {
            Call call =
                    new Call(request.method(), request.target(), List.of(), request.body())
                            .with("Ringwall-Entry", entry)
                            .with("Ringwall-Caller", subject);
            connection.send(call.bytes("127.0.0.1"));
            Reply reply = connection.receive(call.method());
            return TinyHttp.Response.json(
                    reply.status(), TinyShape.seen(system.weaknesses, reply.body()));
        }
    }

    static String peerName(X509Certificate peer) throws Exception {
        for (List<?> alternative : peer.getSubjectAlternativeNames()) {
            if (alternative.getFirst().equals(6)) {
                return String.valueOf(alternative.get(1)).replace("spiffe://tiny/", "");
            }
        }
        return "nobody";
    }

    TinyHttp.Response outbound(String callee, TinyHttp.Request request) throws Exception {
        List<Operation> theirs =
                system.blueprint.operations().values().stream()
                        .filter(one -> one.name().owner().equals(callee))
                        .toList();
        Optional<Operation> operation = TinyRoutes.find(theirs, request.method(), request.target());
        Service own = system.blueprint.declaration().services().get(name);
        if (operation.isEmpty()) {
            return TinyRoutes.refuse(Reason.NOT_DECLARED);
        }
        if (!own.calls().containsKey(operation.get().name()) && !weak(Weakness.CALLS_IGNORED)) {
            return TinyRoutes.refuse(Reason.CALL_NOT_DECLARED);
        }
        Optional<String> handed = request.header("txn-token");
        if (handed.isPresent() && !tokens.goodHanded(Jws.parse(handed.get()))) {
            return TinyRoutes.refuse(Reason.TXN_TOKEN_INVALID);
        }
        for (Limit limit : operation.get().limits()) {
            if (!limits.fits("", limit) && !weak(Weakness.LIMITS_FORGOTTEN)) {
                return TinyRoutes.refuse(Reason.LIMIT_REACHED);
            }
        }
        if (system.blueprint.isThirdParty(operation.get().name())) {
            return TinyHttp.Response.json(200, "{}");
        }
        return forward(system, name, "service:" + name, operation.get(), request);
    }

    /// Calls the callee's sidecar in the name of that node.
    static TinyHttp.Response forward(
            TinySystem system,
            String node,
            String subject,
            Operation operation,
            TinyHttp.Request request)
            throws Exception {
        Pki.Identity identity = system.identities.get(node);
        String token =
                TransactionToken.of(Instant::now, TinySystem.NAME, node, operation.name())
                        .claims(java.util.Map.of("sub", subject))
                        .signed(identity);
        Road road =
                Road.secure(
                        system.sidecars.get(operation.name().owner()).address(),
                        system.hellos.get(node));
        try (Connection connection = road.open()) {
            Call call =
                    new Call(
                                    operation.route().method(),
                                    request.target().split("\\?", 2)[0],
                                    List.of(),
                                    request.body())
                            .with("Txn-Token", token);
            connection.send(call.bytes(road.host()));
            Reply reply = connection.receive(call.method());
            return new TinyHttp.Response(
                    reply.status(),
                    java.util.Map.of(
                            "Content-Type",
                            reply.header("content-type").orElse("application/json")),
                    reply.body());
        }
    }
}
