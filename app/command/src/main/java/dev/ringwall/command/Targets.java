package dev.ringwall.command;

import dev.ringwall.attack.ClientDesk;
import dev.ringwall.attack.Credential;
import dev.ringwall.attack.Insider;
import dev.ringwall.attack.Letters;
import dev.ringwall.attack.LoginClient;
import dev.ringwall.attack.Place;
import dev.ringwall.attack.Target;
import dev.ringwall.keys.Identity;
import dev.ringwall.link.Inviting;
import dev.ringwall.link.NodePlaces;
import dev.ringwall.link.Operating;
import dev.ringwall.link.OperatorFiles;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The running system as its attackers and callers find it, put together from the state folder and the control plane's word.
final class Targets {

    /// The public client that people sign in with on the command line; any loopback port will do (RFC 8252 §7.3).
    private static final LoginClient CLIENT =
            new LoginClient("ringwall-cli", URI.create("http://127.0.0.1:39639/callback"));

    private Targets() {}

    static Target of(StateFolder state, OperatorClient control, Blueprint blueprint) {
        Operating.Status status = control.get(Operating.STATUS, Operating.Status.class);
        URI door = URI.create(status.door());
        try {
            return new Target(
                    blueprint,
                    door,
                    OperatorFiles.read(state.operator()).root().certificate(),
                    List.of(),
                    URI.create(door + "/auth"),
                    blueprint.declaration().roles().values().stream()
                                    .anyMatch(role -> role.login() == Role.Login.PASSWORD)
                            ? Optional.of(CLIENT)
                            : Optional.empty(),
                    places(state, control),
                    Map.of(),
                    Map.of(),
                    standIns(blueprint),
                    (role, number) -> credential(control, blueprint, role, number),
                    Optional.empty(),
                    Letters.unread(),
                    desk(control));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new Unusable(
                    "cannot read " + state.path() + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static Map<String, Place> places(StateFolder state, OperatorClient control)
            throws IOException, GeneralSecurityException {
        Map<String, Place> places = new HashMap<>();
        Path node = state.node(RunningSystem.NODE);
        for (Map.Entry<String, NodePlaces.Service> entry :
                NodePlaces.read(node).services().entrySet()) {
            NodePlaces.Service at = entry.getValue();
            Map<String, URI> outbound =
                    at.outbound().entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey,
                                            way -> URI.create("http://" + way.getValue())));
            places.put(
                    entry.getKey(),
                    new Place(
                            Optional.of(address(at.inbound())),
                            Optional.ofNullable(at.own()).map(Targets::address),
                            outbound,
                            insider(node, entry.getKey())));
        }
        control
                .get(Operating.STATUS, Operating.Status.class)
                .endpoints()
                .getOrDefault(Service.BUILT_IN, List.of())
                .stream()
                .findFirst()
                .ifPresent(at ->
                        places.put(
                                Service.BUILT_IN,
                                new Place(
                                        Optional.of(address(at)),
                                        Optional.empty(),
                                        Map.of(),
                                        Optional.empty())));
        places.put(
                "gateway",
                new Place(Optional.empty(), Optional.empty(), Map.of(), insider(node, "gateway")));
        return places;
    }

    private static Optional<Insider> insider(Path node, String name)
            throws IOException, GeneralSecurityException {
        Path file = node.resolve("identity").resolve(name + ".pem");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Identity identity = Identity.load(file);
        return Optional.of(new Insider(identity.chainPem(), identity.dangerousKeyPem()));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /// Third parties on this very machine are stand-ins.
    private static Set<String> standIns(Blueprint blueprint) {
        return blueprint.declaration().thirdParties().values().stream()
                .filter(party ->
                        Set.of("localhost", "127.0.0.1")
                                .contains(String.valueOf(party.url().getHost())))
                .map(party -> party.name())
                .collect(Collectors.toSet());
    }

    /// Machines with keys of their own, and invitations to register clients, made for a run.
    private static ClientDesk desk(OperatorClient control) {
        return new ClientDesk() {
            @Override
            public Optional<String> signing(String role, String keys) {
                return Optional.of(
                        control.post(
                                        Operating.CLIENTS,
                                        new Operating.NewClient(role, keys),
                                        Operating.CreatedClient.class)
                                .id());
            }

            @Override
            public Optional<String> invitation(int uses) {
                return Optional.of(
                        control.post(
                                        Inviting.CLIENTS,
                                        new Inviting.NewInvitation(uses, 1),
                                        Inviting.Invited.class)
                                .token());
            }
        };
    }

    private static Optional<Credential> credential(
            OperatorClient control, Blueprint blueprint, String name, int number) {
        Role role = blueprint.declaration().roles().get(name);
        if (role == null || role.login() == Role.Login.SSO) {
            return Optional.empty();
        }
        String run = Long.toString(System.nanoTime(), 36);
        Credentials.Remembered made =
                Credentials.fresh(control, role, "prove-" + name + "-" + number + "-" + run);
        return Optional.of(
                switch (role.login()) {
                    case PASSWORD -> new Credential.Password(made.id(), made.secret());
                    case API_KEY -> new Credential.Key(made.secret());
                    case CLIENT, SSO -> new Credential.Client(made.id(), made.secret());
                });
    }
}
