package dev.ringwall.admin;

import dev.ringwall.model.Client;
import dev.ringwall.people.Directory;
import dev.ringwall.people.MachineClients;
import dev.ringwall.people.RegisteredClients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// All clients that there are, whichever way they came, without what they prove themselves with.
final class ShownClients {

    private final Directory directory;

    ShownClients(Directory directory) {
        this.directory = directory;
    }

    /// Where a client comes from.
    enum From {
        DECLARATION,
        COMMAND,
        REGISTRATION;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One client.
    ///
    /// @param roles what it is worth: with these, or with those people who hold them
    /// @param more  what only some have, by its name in JSON
    record Shown(
            String id,
            Set<String> roles,
            From from,
            boolean revoked,
            Optional<Instant> created,
            Map<String, Object> more) {

        Shown {
            roles = new TreeSet<>(roles);
            more = new TreeMap<>(more);
        }

        /// As lists show it.
        Map<String, Object> brief() {
            Map<String, Object> json = whole();
            json.keySet().removeAll(Set.of("redirects", "scopes"));
            return json;
        }

        Map<String, Object> whole() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("roles", List.copyOf(roles));
            json.put("declared", from == From.DECLARATION);
            json.put("from", from.word());
            created.ifPresent(at -> json.put("created", at.toString()));
            json.put("revoked", revoked);
            json.putAll(more);
            return json;
        }
    }

    /// All of them, by id.
    List<Shown> all() {
        List<Shown> all = new ArrayList<>();
        directory.declaredClients().list().forEach(client -> all.add(declared(client)));
        directory.clients().list().forEach(client -> all.add(machine(client)));
        directory.registeredClients().list().forEach(client -> all.add(registered(client)));
        all.sort(Comparator.comparing(Shown::id));
        return all;
    }

    private static Shown declared(Client client) {
        return new Shown(
                client.name(),
                client.roles().keySet(),
                From.DECLARATION,
                false,
                Optional.empty(),
                Map.of(
                        "kind",
                        client.kind().word(),
                        "proof",
                        client.proof().word(),
                        "redirects",
                        List.copyOf(client.returnTo().keySet())));
    }

    private static Shown machine(MachineClients.Client client) {
        return new Shown(
                client.id(),
                Set.of(client.role()),
                From.COMMAND,
                client.revoked(),
                Optional.of(client.created()),
                Map.of("kind", Client.Kind.MACHINE.word()));
    }

    /// Its name and addresses are its own words, and nobody has looked at them. Where the declaration has no such client any more it is worth nothing.
    private Shown registered(RegisteredClients.Known known) {
        Map<String, Object> more = new TreeMap<>();
        more.put("name", known.is().title());
        more.put("kind", known.is().kind().word());
        more.put("proof", known.is().proof().word());
        more.put("redirects", known.is().redirects());
        more.put("scopes", List.copyOf(known.is().scopes()));
        if (known.used().isAfter(known.created())) {
            more.put("used", known.used().toString());
        }
        more.put("expires", known.expires().toString());
        return new Shown(
                known.id(),
                directory
                        .registeredClients()
                        .client(known)
                        .map(client -> client.roles().keySet())
                        .orElseGet(Set::of),
                From.REGISTRATION,
                false,
                Optional.of(known.created()),
                more);
    }
}
