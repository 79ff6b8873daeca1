package dev.ringwall.gateway;

import dev.ringwall.limits.Counted;
import dev.ringwall.limits.Counts;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Network;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.RequestShape;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.model.Show;
import dev.ringwall.model.ThirdParty;
import dev.ringwall.shape.AnswerCheck;
import dev.ringwall.shape.AnswerMask;
import dev.ringwall.shape.RequestCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A snapshot, compiled for the rings: everything looked up that can be. Immutable; a request keeps the plan that it began with.
final class Plan {

    private final Snapshot snapshot;
    private final Map<OperationName, OperationPlan> byName = new HashMap<>();
    private final RouteTrie<OperationPlan> open = new RouteTrie<>();
    private final RouteTrie<OperationPlan> closed = new RouteTrie<>();
    private final Map<String, RouteTrie<OperationPlan>> byOwner = new HashMap<>();
    private final Map<String, List<Counted>> roleLimits = new HashMap<>();
    private final List<Counted> counts = new ArrayList<>();
    private final Browsers browsers;
    private final ServedHosts hosts;
    private final AccessTokens tokens;
    private final ApiKeys keys;
    private final Revocations revocations;

    private Plan(Snapshot snapshot, @Nullable Plan before, Counts limits, Secrets secrets) {
        this.snapshot = snapshot;
        this.tokens =
                before != null && before.tokens.sameAs(snapshot)
                        ? before.tokens
                        : new AccessTokens(
                                snapshot.issuer(),
                                snapshot.audience(),
                                snapshot.jwks(),
                                new SealedCallers(
                                        SealedCallers.clients(snapshot.blueprint()), secrets));
        Map<String, List<Network>> networks = new HashMap<>();
        Declaration declaration = snapshot.blueprint().declaration();
        for (Role role : declaration.roles().values()) {
            networks.put(role.name(), role.from());
            roleLimits.put(role.name(), counted(limits.ofRole(role.name(), role.limits())));
        }
        this.browsers = new Browsers(declaration.door());
        this.hosts = new ServedHosts(snapshot.audience(), declaration);
        this.keys = new ApiKeys(snapshot.keys(), networks);
        this.revocations = new Revocations(snapshot.revoked());
        for (Operation operation : snapshot.blueprint().operations().values()) {
            add(planned(operation, limits));
        }
    }

    /// Compiles. What was remembered of tokens and used of limits under the plan before still counts.
    static Plan of(Snapshot snapshot, @Nullable Plan before, Counts limits, Secrets secrets) {
        Plan plan = new Plan(snapshot, before, limits, secrets);
        limits.keepOnly(plan.counts);
        return plan;
    }

    private OperationPlan planned(Operation operation, Counts limits) {
        Blueprint blueprint = snapshot.blueprint();
        DataType.Sensitivity sensitivity = blueprint.sensitivity(operation);
        return new OperationPlan(
                operation,
                operation.name().toString(),
                blueprint.isThirdParty(operation.name()),
                sensitivity,
                sensitivity != DataType.Sensitivity.PUBLIC
                        || blueprint.declaration().audit().everything()
                        || changesAdministration(operation),
                counted(limits.ofOperation(operation.name().toString(), operation.limits())),
                operation.shape().map(RequestCheck::of),
                operation
                        .shape()
                        .map(RequestShape::answers)
                        .filter(answers -> !answers.open())
                        .map(AnswerCheck::of),
                mask(operation));
    }

    /// What ends something takes and gives no data, and is an act of administration all the same.
    private static boolean changesAdministration(Operation operation) {
        return operation.name().owner().equals(Service.BUILT_IN)
                && !operation.route().method().equals("GET");
    }

    private Optional<AnswerMask> mask(Operation operation) {
        Map<String, Show> shows = new HashMap<>();
        for (String name : operation.returns().keySet()) {
            DataType type = snapshot.blueprint().declaration().data().get(name);
            if (type != null && type.show().isPresent()) {
                type.fields().forEach(field -> shows.put(field, type.show().get()));
            }
        }
        return shows.isEmpty() ? Optional.empty() : Optional.of(new AnswerMask(shows));
    }

    private List<Counted> counted(List<Counted> limits) {
        counts.addAll(limits);
        return limits;
    }

    private void add(OperationPlan plan) {
        HttpRoute route = plan.route();
        byName.put(plan.name(), plan);
        byOwner.computeIfAbsent(plan.name().owner(), _ -> new RouteTrie<>()).add(route, plan);
        if (!plan.thirdParty()) {
            boolean outside = !(plan.operation().allow() instanceof Allow.Nobody);
            (outside ? open : closed).add(route, plan);
        }
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /// That operation.
    OperationPlan operation(OperationName name) {
        OperationPlan plan = byName.get(name);
        if (plan == null) {
            throw new IllegalStateException(name + " is not declared");
        }
        return plan;
    }

    /// What may be called from outside.
    RouteTrie<OperationPlan> open() {
        return open;
    }

    /// What has no way in from outside; asked only to explain a refusal.
    RouteTrie<OperationPlan> closed() {
        return closed;
    }

    /// The operations of a service or third party.
    RouteTrie<OperationPlan> of(String owner) {
        return byOwner.getOrDefault(owner, new RouteTrie<>());
    }

    List<Counted> roleLimits(String role) {
        return roleLimits.getOrDefault(role, List.of());
    }

    /// What the door says to browsers.
    Browsers browsers() {
        return browsers;
    }

    /// The hosts that the door answers for.
    ServedHosts hosts() {
        return hosts;
    }

    AccessTokens tokens() {
        return tokens;
    }

    ApiKeys keys() {
        return keys;
    }

    Revocations revocations() {
        return revocations;
    }

    @Nullable ThirdParty thirdParty(String name) {
        return snapshot.blueprint().declaration().thirdParties().get(name);
    }

    /// Whether a service of that name is declared.
    boolean hasService(String name) {
        return snapshot.blueprint().declaration().services().containsKey(name);
    }
}
