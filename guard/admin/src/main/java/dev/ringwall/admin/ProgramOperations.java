package dev.ringwall.admin;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Grants;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import dev.ringwall.people.ApiKeys;
import dev.ringwall.people.Directory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Roles, and the API keys that programs come in with.
final class ProgramOperations {

    private final Supplier<Blueprint> blueprint;
    private final Directory directory;
    private final Power power;

    ProgramOperations(Supplier<Blueprint> blueprint, Directory directory, Power power) {
        this.blueprint = blueprint;
        this.directory = directory;
        this.power = power;
    }

    AdminAnswer roles(AdminRequest request) {
        Grants grants = new Grants(blueprint.get());
        List<Map<String, Object>> roles = new ArrayList<>();
        for (Role role : blueprint.get().declaration().roles().values()) {
            roles.add(
                    Map.of(
                            "name",
                            role.name(),
                            "login",
                            role.login().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            "operations",
                            grants.operationsOf(role.name()).stream()
                                    .map(OperationName::toString)
                                    .toList(),
                            "givable",
                            power.covers(request.by(), Set.of(role.name()))));
        }
        return AdminAnswer.of(200, AdminAnswer.JSON, Map.of("roles", roles));
    }

    AdminAnswer keys(AdminRequest request) {
        return Paging.page(
                request,
                "keys",
                directory.keys().list().stream()
                        .sorted(Comparator.comparing(ApiKeys.Key::id))
                        .toList(),
                ApiKeys.Key::id,
                ProgramOperations::shown);
    }

    private static Map<String, Object> shown(ApiKeys.Key key) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", key.id());
        shown.put("role", key.role());
        shown.put("created", key.created().toString());
        key.expires().ifPresent(expires -> shown.put("expires", expires.toString()));
        shown.put("revoked", key.revoked());
        return shown;
    }

    AdminAnswer createKey(AdminRequest request) {
        String role = role(request);
        power.give(request.by(), "-", Set.of(role));
        return switch (directory.keys().create(role, request.by().actor())) {
            case ApiKeys.Outcome.Created(ApiKeys.Key key, String secret) -> {
                Map<String, Object> shown = new LinkedHashMap<>();
                shown.put("id", key.id());
                shown.put("role", role);
                shown.put("key", secret);
                key.expires().ifPresent(expires -> shown.put("expires", expires.toString()));
                yield AdminAnswer.of(201, AdminAnswer.JSON, shown);
            }
            case ApiKeys.Outcome.NoSuchRole _ ->
                    throw Refused.unusable("no role with `login: api-key` is called that");
            case ApiKeys.Outcome.Revoked _, ApiKeys.Outcome.Unknown _ ->
                    throw new IllegalStateException("not of a creation");
        };
    }

    AdminAnswer revokeKey(AdminRequest request) {
        directory.keys().list().stream()
                .filter(key -> key.id().equals(request.id()) && !key.revoked())
                .findAny()
                .ifPresent(key -> {
                    power.actOn(request.by(), key.id(), Set.of(key.role()));
                    directory.keys().revoke(key.id(), request.by().actor());
                });
        return AdminAnswer.nothing();
    }

    /// The role that something is wanted for.
    static String role(AdminRequest request) {
        return Fields.of(request.body(), Set.of("role"))
                .text("role")
                .orElseThrow(() -> Refused.unusable("`role` is missing"));
    }
}
