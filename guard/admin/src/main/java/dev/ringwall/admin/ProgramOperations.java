package dev.ringwall.admin;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import dev.ringwall.model.Grants;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import dev.ringwall.people.ApiKeys;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.Directory;
import dev.ringwall.people.MachineClients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Roles, and what programs come in with: API keys and clients.
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

    /// A client of either kind.
    private record Shown(
            String id,
            Set<String> roles,
            boolean declared,
            Optional<Instant> created,
            boolean revoked) {

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("roles", List.copyOf(roles));
            json.put("declared", declared);
            created.ifPresent(at -> json.put("created", at.toString()));
            json.put("revoked", revoked);
            return json;
        }
    }

    AdminAnswer clients(AdminRequest request) {
        List<Shown> all = new ArrayList<>();
        for (Client client : directory.declaredClients().list()) {
            all.add(
                    new Shown(
                            client.name(),
                            new TreeSet<>(client.roles().keySet()),
                            true,
                            Optional.empty(),
                            false));
        }
        for (MachineClients.Client client : directory.clients().list()) {
            all.add(
                    new Shown(
                            client.id(),
                            Set.of(client.role()),
                            false,
                            Optional.of(client.created()),
                            client.revoked()));
        }
        all.sort(Comparator.comparing(Shown::id));
        return Paging.page(request, "clients", all, Shown::id, Shown::json);
    }

    AdminAnswer createClient(AdminRequest request) {
        String role = role(request);
        power.give(request.by(), "-", Set.of(role));
        return switch (directory.clients().create(role, request.by().actor())) {
            case MachineClients.Outcome.Created(MachineClients.Client client, String secret) ->
                    AdminAnswer.of(
                            201, AdminAnswer.JSON, Map.of("id", client.id(), "secret", secret));
            case MachineClients.Outcome.NoSuchRole _ ->
                    throw Refused.unusable("no role with `login: client` is called that");
            case MachineClients.Outcome other ->
                    throw new IllegalStateException("not of a creation: " + other);
        };
    }

    AdminAnswer revokeClient(AdminRequest request) {
        if (declared(request.id()).isPresent()) {
            throw Refused.unusable(
                    "that is a client of the declaration; take it out there, or give it a new secret");
        }
        directory.clients().list().stream()
                .filter(client -> client.id().equals(request.id()) && !client.revoked())
                .findAny()
                .ifPresent(client -> {
                    power.actOn(request.by(), client.id(), Set.of(client.role()));
                    directory.clients().revoke(client.id(), request.by().actor());
                });
        return AdminAnswer.nothing();
    }

    AdminAnswer renewSecret(AdminRequest request) {
        Client client =
                declared(request.id())
                        .orElseThrow(() -> Refused.missing("client in the declaration"));
        Set<String> roles = new TreeSet<>(client.roles().keySet());
        roles.addAll(client.actsFor().keySet());
        power.actOn(request.by(), client.name(), roles);
        return switch (directory.declaredClients().newSecret(client.name(), request.by().actor())) {
            case DeclaredClients.Outcome.Secret(String name, String secret) ->
                    AdminAnswer.of(200, AdminAnswer.JSON, Map.of("id", name, "secret", secret));
            case DeclaredClients.Outcome.OtherProof _ ->
                    throw Refused.unusable("the client does not prove itself by a secret");
            case DeclaredClients.Outcome other ->
                    throw new IllegalStateException("not of a secret: " + other);
        };
    }

    private Optional<Client> declared(String id) {
        return directory.declaredClients().list().stream()
                .filter(client -> client.name().equals(id))
                .findAny();
    }

    private static String role(AdminRequest request) {
        return Fields.of(request.body(), Set.of("role"))
                .text("role")
                .orElseThrow(() -> Refused.unusable("`role` is missing"));
    }
}
