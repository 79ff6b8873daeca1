package dev.ringwall.attack;

import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Network;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The public door of the tiny system.
final class TinyDoor {

    private final TinySystem system;
    private final TinyRoutes limits = new TinyRoutes();
    private final TinyAmounts amounts;
    private final TinyBinding binding;

    TinyDoor(TinySystem system) {
        this.system = system;
        this.amounts = new TinyAmounts(system);
        this.binding =
                new TinyBinding(
                        weak(Weakness.PROOFS_COUNTED_APART)
                                ? ConcurrentHashMap.newKeySet()
                                : system.proofs,
                        system.weaknesses);
    }

    /// Who calls, or why that is not known.
    private sealed interface Who {
        record Caller(String id, Set<String> roles, String scope) implements Who {}

        record Unproved(Reason reason) implements Who {}
    }

    private boolean weak(Weakness weakness) {
        return system.weaknesses.contains(weakness);
    }

    TinyHttp.Response answer(TinyHttp.Request request) throws Exception {
        String path = request.target().split("\\?", 2)[0];
        if (path.startsWith("/auth/")) {
            return system.provider.answer(request);
        }
        List<Operation> own =
                system.blueprint.operations().values().stream()
                        .filter(one -> !system.blueprint.isThirdParty(one.name()))
                        .toList();
        Optional<String> override = request.header("x-http-method-override");
        if (override.isPresent() && weak(Weakness.METHOD_OVERRIDDEN)) {
            return TinyDetour.direct(system, own, override.get(), path, request);
        }
        if (!path.matches("(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+")) {
            return weak(Weakness.PATH_CLEANED_LATE)
                    ? TinyDetour.direct(
                            system, own, request.method(), TinyDetour.cleaned(path), request)
                    : TinyRoutes.refuse(Reason.BAD_REQUEST);
        }
        Optional<Operation> found = TinyRoutes.find(own, request.method(), path);
        if (found.isEmpty()) {
            boolean known = own.stream().anyMatch(one -> TinyRoutes.matches(one, path));
            return TinyRoutes.refuse(known ? Reason.METHOD_NOT_DECLARED : Reason.NOT_DECLARED);
        }
        Operation operation = found.get();
        if (operation.allow() instanceof Allow.Nobody) {
            return weak(Weakness.INTERNAL_OPEN)
                    ? TinySidecar.forward(system, "gateway", "anybody", operation, request)
                    : TinyRoutes.refuse(Reason.NOT_DECLARED);
        }
        return decide(operation, request);
    }

    private TinyHttp.Response decide(Operation operation, TinyHttp.Request request)
            throws Exception {
        String address =
                request.header("x-forwarded-for")
                        .filter(_ -> weak(Weakness.FORWARDED_BELIEVED))
                        .orElse(request.from().getHostAddress());
        if (full(operation.limits(), Limit.Key.ADDRESS, operation.name() + address)) {
            return tooMany();
        }
        Who who = who(operation, request, address);
        if (who instanceof Who.Unproved(Reason reason)) {
            return TinyRoutes.refuse(reason);
        }
        Who.Caller caller = (Who.Caller) who;
        boolean invited =
                operation.allow() instanceof Allow.Anyone
                        || (operation.allow() instanceof Allow.Roles(var roles)
                                && roles.keySet().stream().anyMatch(caller.roles()::contains));
        if (weak(Weakness.NOBODY_LET_IN) || (!invited && !weak(Weakness.ROLES_IGNORED))) {
            return TinyRoutes.refuse(Reason.NOT_ALLOWED);
        }
        if (!(operation.allow() instanceof Allow.Anyone)
                && !(" " + caller.scope() + " ").contains(" " + operation.name() + " ")
                && !caller.scope().equals("*")
                && !weak(Weakness.SCOPE_IGNORED)
                && !weak(Weakness.ROLES_IGNORED)) {
            return TinyRoutes.refuse(Reason.SCOPE_MISSING);
        }
        if (full(operation.limits(), Limit.Key.CALLER, operation.name() + caller.id())) {
            return tooMany();
        }
        if (!weak(Weakness.LIMITS_FORGOTTEN) && amounts.spent(operation, caller.id(), request)) {
            return tooMany();
        }
        for (String role : caller.roles()) {
            String holders = weak(Weakness.ROLES_COUNTED_APART) ? caller.id() : role;
            if (full(operation.limits(), Limit.Key.ROLE, operation.name() + holders)) {
                return tooMany();
            }
            Role declared = system.blueprint.declaration().roles().get(role);
            if (declared != null && full(declared.limits(), Limit.Key.CALLER, caller.id())) {
                return tooMany();
            }
        }
        if (request.header("upgrade").isPresent() && !weak(Weakness.UPGRADES_LET_THROUGH)) {
            return TinyRoutes.refuse(Reason.REQUEST_NOT_VALID);
        }
        Optional<Reason> misshapen = TinyShape.wrong(operation, request);
        if (misshapen.isPresent() && !weak(Weakness.SHAPE_IGNORED)) {
            return TinyRoutes.refuse(misshapen.get());
        }
        if (operation.requires().isPresent()
                && !weak(Weakness.REQUIRES_IGNORED)
                && !mayRead(operation.requires().get().read(), caller, request)) {
            return TinyRoutes.refuse(Reason.REQUIRED_READ_REFUSED);
        }
        TinyHttp.Response answer =
                TinySidecar.forward(system, "gateway", caller.id(), operation, request);
        boolean withheld = withheld(operation, caller, answer);
        return withheld && !weak(Weakness.CONDITION_FORGOTTEN)
                ? TinyRoutes.refuse(Reason.ANSWER_WITHHELD)
                : answer;
    }

    private TinyHttp.Response tooMany() {
        TinyHttp.Response refusal = TinyRoutes.refuse(Reason.LIMIT_REACHED);
        return weak(Weakness.RETRY_AFTER_FORGOTTEN)
                ? new TinyHttp.Response(
                        refusal.status(),
                        Map.of("Content-Type", "application/problem+json"),
                        refusal.body())
                : refusal;
    }

    private boolean mayRead(OperationName name, Who.Caller caller, TinyHttp.Request request)
            throws Exception {
        Operation read = system.blueprint.operations().get(name);
        TinyHttp.Response answer =
                TinySidecar.forward(system, "gateway", caller.id(), read, request.withoutBody());
        return answer.status() == 200 && !withheld(read, caller, answer);
    }

    private static boolean withheld(
            Operation operation, Who.Caller caller, TinyHttp.Response answer) {
        return operation.when().isPresent()
                && answer.status() == 200
                && !caller.roles().contains("reader")
                && !answer.body().contains("\"owner\":\"" + caller.id() + "\"");
    }

    private boolean full(List<Limit> declared, Limit.Key key, String of) {
        return !weak(Weakness.LIMITS_FORGOTTEN)
                && declared.stream()
                        .filter(limit -> limit.key() == key && limit.unit() == Limit.Unit.CALLS)
                        .anyMatch(limit -> !limits.fits(of, limit));
    }

    private Who who(Operation operation, TinyHttp.Request request, String address)
            throws Exception {
        if (weak(Weakness.IDENTITY_HEADERS_BELIEVED)
                && request.header("ringwall-caller").isPresent()) {
            return new Who.Caller(
                    request.header("ringwall-caller").get(),
                    Set.of(request.header("ringwall-roles").orElse("writer")),
                    "*");
        }
        Optional<String> bearer =
                request.header("authorization")
                        .map(value -> value.replaceFirst("^(Bearer|DPoP) ", ""));
        if (bearer.isEmpty() && weak(Weakness.QUERY_TOKEN_ACCEPTED)) {
            bearer = Optional.ofNullable(TinyQuery.of(request.target()).get("access_token"));
        }
        if (bearer.isEmpty()) {
            return operation.allow() instanceof Allow.Anyone || weak(Weakness.ANYBODY_LET_IN)
                    ? new Who.Caller("anyone", everyRole(), "*")
                    : new Who.Unproved(Reason.NO_TOKEN);
        }
        return bearer.get().startsWith("rw_")
                ? key(bearer.get(), address)
                : token(request, bearer.get());
    }

    private Set<String> everyRole() {
        return weak(Weakness.ANYBODY_LET_IN) ? Set.of("reader", "writer", "robot") : Set.of();
    }

    private Who key(String key, String address) throws Exception {
        String[] parts = key.split("_", -1);
        boolean known = system.keys.contains(key);
        if (!known && !(weak(Weakness.KEY_CHECKSUM_ONLY) && key.equals(KeyText.checked(key)))) {
            return new Who.Unproved(Reason.KEY_UNKNOWN);
        }
        List<Network> from = system.blueprint.declaration().roles().get("robot").from();
        InetAddress at = InetAddress.getByName(address);
        if (from.stream().noneMatch(block -> block.contains(at))
                && !weak(Weakness.KEY_ADDRESS_IGNORED)) {
            return new Who.Unproved(Reason.ADDRESS_NOT_ALLOWED);
        }
        return new Who.Caller(parts[1], Set.of("robot"), "*");
    }

    private Who token(TinyHttp.Request request, String compact) throws Exception {
        Jws jws;
        try {
            jws = Jws.parse(compact);
        } catch (NotPlayable | RuntimeException unreadable) {
            return new Who.Unproved(Reason.TOKEN_MALFORMED);
        }
        if (!weak(Weakness.TYPE_IGNORED) && !"at+jwt".equals(jws.header().get("typ"))) {
            return new Who.Unproved(Reason.TOKEN_MALFORMED);
        }
        if (!signed(jws) && !weak(Weakness.SIGNATURE_IGNORED)) {
            return new Who.Unproved(Reason.TOKEN_NOT_OURS);
        }
        long now = Instant.now().getEpochSecond();
        if (!weak(Weakness.ISSUER_IGNORED)
                && !(system.origin() + "/auth").equals(jws.claims().get("iss"))) {
            return new Who.Unproved(Reason.TOKEN_NOT_OURS);
        }
        boolean audience =
                system.origin().equals(jws.claims().get("aud"))
                        || (weak(Weakness.TYPE_IGNORED)
                                && TinyProvider.CLIENT.equals(jws.claims().get("aud")));
        if (!weak(Weakness.AUDIENCE_IGNORED) && !audience) {
            return new Who.Unproved(Reason.TOKEN_WRONG_AUDIENCE);
        }
        if (!weak(Weakness.EXPIRY_IGNORED) && now > seconds(jws, "exp", 0)) {
            return new Who.Unproved(Reason.TOKEN_EXPIRED);
        }
        if (!weak(Weakness.NOT_BEFORE_IGNORED) && now < seconds(jws, "nbf", 0)) {
            return new Who.Unproved(Reason.TOKEN_NOT_YET_VALID);
        }
        if (system.provider.tookBack(compact) && !weak(Weakness.REVOCATION_IGNORED)) {
            return new Who.Unproved(Reason.TOKEN_REVOKED);
        }
        Optional<Reason> unbound = binding.wrong(request, jws, system.origin());
        if (unbound.isPresent()) {
            return new Who.Unproved(unbound.get());
        }
        List<?> roles = (List<?>) jws.claims().get("roles");
        return new Who.Caller(
                String.valueOf(jws.claims().get("sub")),
                roles.stream().map(String::valueOf).collect(java.util.stream.Collectors.toSet()),
                String.valueOf(jws.claims().getOrDefault("scope", "")));
    }

    private static long seconds(Jws jws, String claim, long otherwise) {
        return jws.claims().get(claim) instanceof Number number ? number.longValue() : otherwise;
    }

    private boolean signed(Jws jws) throws Exception {
        String algorithm = String.valueOf(jws.header().get("alg"));
        if (weak(Weakness.ALG_NONE_ACCEPTED) && algorithm.equalsIgnoreCase("none")) {
            return true;
        }
        if (weak(Weakness.PUBLIC_KEY_AS_SECRET) && algorithm.equals("HS256")) {
            byte[] der = system.provider.publicKey().getEncoded();
            return jws.hs256(der).signature().equals(jws.signature());
        }
        if (weak(Weakness.OWN_KEY_TRUSTED)
                && jws.header().get("jwk") instanceof Map<?, ?> brought) {
            @SuppressWarnings("unchecked")
            ECKey key = ECKey.parse((Map<String, Object>) brought);
            return TinySignatures.good(jws, key.toECPublicKey());
        }
        return TinySignatures.good(jws, system.provider.publicKey());
    }
}
