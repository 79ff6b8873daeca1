package dev.ringwall.control;

import dev.ringwall.events.Actor;
import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.link.Inviting;
import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import dev.ringwall.link.Showing;
import dev.ringwall.model.Client;
import dev.ringwall.model.Nearest;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.MachineClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// The programs that get tokens: those of the declaration, and machine clients that are made by command. For the command line with the
/// operator's certificate; every act is recorded by the identity provider before it happens.
final class ClientInterface {

    /// How long an act waits for nodes to take it up; one that is slower takes it up later.
    private static final Duration NODES_WITHIN = Duration.ofSeconds(2);

    private final Supplier<IdentityProvider> identity;
    private final Published published;

    ClientInterface(Supplier<IdentityProvider> identity, Published published) {
        this.identity = identity;
        this.published = published;
    }

    Map<String, Exchange.Handler> handlers() {
        Map<String, Exchange.Handler> handlers = new HashMap<>();
        handlers.put("GET " + Operating.CLIENTS, _ -> all());
        handlers.put("GET " + Showing.CLIENT, this::one);
        handlers.put("POST " + Operating.CLIENTS, with(Operating.NewClient.class, this::create));
        handlers.put("POST " + Operating.CLIENTS_SECRET, with(Operating.Named.class, this::secret));
        handlers.put(
                "POST " + Operating.CLIENTS_KEYS, with(Operating.NewClientKeys.class, this::keys));
        handlers.put(
                "POST " + Operating.CLIENTS_CERTIFICATES,
                with(Operating.NewClientCertificates.class, this::certificates));
        handlers.put(
                "POST " + Inviting.CLIENTS,
                with(
                        Inviting.NewInvitation.class,
                        (wanted, exchange) ->
                                RegisteredHandlers.invite(
                                        identity.get(),
                                        wanted,
                                        OperatorInterface.operator(exchange))));
        handlers.put("POST " + Operating.CLIENTS_REVOKE, with(Operating.Named.class, this::revoke));
        return OperatorInterface.operatorOnly(handlers);
    }

    private <T> Exchange.Handler with(
            Class<T> type, BiFunction<T, Exchange, Exchange.Answer> handler) {
        return exchange ->
                switch (exchange.body(type)) {
                    case Json.Parsed.Malformed<T>(String why) -> Exchange.unusable(why);
                    case Json.Parsed.Value<T>(T value) -> {
                        Exchange.Answer answer = handler.apply(value, exchange);
                        published.awaitRosterTaken(NODES_WITHIN);
                        yield answer;
                    }
                };
    }

    private Exchange.Answer all() {
        List<Operating.Client> all = new ArrayList<>();
        Set<String> ready = identity.get().declaredClients().ready();
        for (Client client : identity.get().declaredClients().list()) {
            all.add(
                    new Operating.Client(
                            client.name(),
                            String.join(",", client.roles().keySet()),
                            "declaration",
                            null,
                            null,
                            null,
                            0,
                            false,
                            ready.contains(client.name())));
        }
        for (MachineClients.Client client : identity.get().clients().list()) {
            all.add(
                    new Operating.Client(
                            client.id(),
                            client.role(),
                            "command",
                            null,
                            client.created(),
                            null,
                            0,
                            client.revoked(),
                            true));
        }
        all.addAll(RegisteredHandlers.list(identity.get().directory().registeredClients()));
        return Exchange.done(new Operating.Clients(all));
    }

    private Exchange.Answer one(Exchange exchange) {
        String id = exchange.query().getOrDefault("name", "");
        return ShownClient.of(identity.get(), id)
                .<Exchange.Answer>map(Exchange::done)
                .orElseGet(() -> noSuch("client", id, known()));
    }

    private List<String> known() {
        List<String> known = new ArrayList<>();
        identity.get().declaredClients().list().forEach(client -> known.add(client.name()));
        identity.get().clients().list().forEach(client -> known.add(client.id()));
        identity.get()
                .directory()
                .registeredClients()
                .list()
                .forEach(client -> known.add(client.id()));
        return known;
    }

    private Exchange.Answer create(Operating.NewClient wanted, Exchange exchange) {
        MachineClients clients = identity.get().clients();
        Actor by = OperatorInterface.operator(exchange);
        String keys = wanted.keys();
        return done(
                keys == null
                        ? clients.create(wanted.role(), by)
                        : clients.register(wanted.role(), keys, by));
    }

    private Exchange.Answer secret(Operating.Named which, Exchange exchange) {
        return done(
                identity.get()
                        .declaredClients()
                        .newSecret(which.name(), OperatorInterface.operator(exchange)));
    }

    private Exchange.Answer keys(Operating.NewClientKeys wanted, Exchange exchange) {
        Actor by = OperatorInterface.operator(exchange);
        return declared(wanted.id()).isPresent()
                ? done(identity.get().declaredClients().replaceKeys(wanted.id(), wanted.keys(), by))
                : done(identity.get().clients().replaceKeys(wanted.id(), wanted.keys(), by));
    }

    private Exchange.Answer certificates(
            Operating.NewClientCertificates wanted, Exchange exchange) {
        return done(
                identity.get()
                        .declaredClients()
                        .replaceCertificates(
                                wanted.id(),
                                wanted.pem(),
                                wanted.issuedTo(),
                                OperatorInterface.operator(exchange)));
    }

    private Exchange.Answer revoke(Operating.Named which, Exchange exchange) {
        if (declared(which.name()).isPresent()) {
            return Exchange.unusable(
                    which.name()
                            + " is a client of the declaration; take it out there, or give it a new secret, keys or certificate");
        }
        if (RegisteredHandlers.isOne(which.name())) {
            return RegisteredHandlers.revoke(
                    identity.get().directory().registeredClients(),
                    which.name(),
                    OperatorInterface.operator(exchange));
        }
        return done(
                identity.get()
                        .clients()
                        .revoke(which.name(), OperatorInterface.operator(exchange)));
    }

    private Optional<Client> declared(String name) {
        return identity.get().declaredClients().list().stream()
                .filter(client -> client.name().equals(name))
                .findAny();
    }

    private Exchange.Answer done(DeclaredClients.Outcome outcome) {
        return switch (outcome) {
            case DeclaredClients.Outcome.Secret(String name, String secret) ->
                    Exchange.done(new Operating.CreatedClient(name, secret));
            case DeclaredClients.Outcome.Keys _ -> Exchange.done();
            case DeclaredClients.Outcome.Certificates _ -> Exchange.done();
            case DeclaredClients.Outcome.UnusableCertificates(String why) ->
                    Exchange.unusable("the certificates cannot be used: " + why);
            case DeclaredClients.Outcome.UnusableKeys(String why) -> unusableKeys(why);
            case DeclaredClients.Outcome.OtherProof(String name, Client.Proof proof) ->
                    Exchange.unusable(
                            proof == Client.Proof.NONE
                                    ? name + " is a client that cannot prove itself"
                                    : name + " is declared with `proof: " + proof.word() + "`");
            case DeclaredClients.Outcome.Unknown(String name) ->
                    noSuch(
                            "client in the declaration",
                            name,
                            identity.get().declaredClients().list().stream()
                                    .map(Client::name)
                                    .toList());
        };
    }

    private Exchange.Answer done(MachineClients.Outcome outcome) {
        return switch (outcome) {
            case MachineClients.Outcome.Created(MachineClients.Client client, String secret) ->
                    Exchange.done(new Operating.CreatedClient(client.id(), secret));
            case MachineClients.Outcome.Registered(MachineClients.Client client) ->
                    Exchange.done(new Operating.CreatedClient(client.id(), null));
            case MachineClients.Outcome.Revoked _ -> Exchange.done();
            case MachineClients.Outcome.NoSuchRole(String role) ->
                    Exchange.unusable("there is no role " + role + " with `login: client`");
            case MachineClients.Outcome.UnusableKeys(String why) -> unusableKeys(why);
            case MachineClients.Outcome.WithoutKeys(String id) ->
                    Exchange.unusable(id + " has a secret and no keys");
            case MachineClients.Outcome.Unknown(String id) ->
                    noSuch(
                            "client",
                            id,
                            identity.get().clients().list().stream()
                                    .map(MachineClients.Client::id)
                                    .toList());
        };
    }

    private static Exchange.Answer unusableKeys(String why) {
        return Exchange.unusable("the key set cannot be used: " + why);
    }

    static Exchange.Answer noSuch(String kind, String name, List<String> known) {
        return Exchange.missing(
                "there is no "
                        + kind
                        + " `"
                        + name
                        + "`; "
                        + Nearest.hint(name, known, "the list shows those that there are"));
    }
}
