package dev.ringwall.attack;

import dev.ringwall.model.AcceptedRisk;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/// A system of three services that keeps its declaration as Ringwall should, or breaks it in the way that it is told to. It shares no
/// code with the real gateway, so the prover is tested against the protocol and not against itself.
final class TinySystem implements AutoCloseable {

    static final String NAME = "tiny";

    final Set<Weakness> weaknesses;
    final Blueprint blueprint;
    final TinyAuthority authority = new TinyAuthority();
    final TinyProvider provider;
    final Map<String, Pki.Identity> identities = new HashMap<>();
    final Map<String, Road.Hello> hellos = new HashMap<>();
    final Map<String, TinyHttp> sidecars = new HashMap<>();
    final Map<String, TinyHttp> services = new HashMap<>();
    final Map<String, Map<String, TinyHttp>> outbound = new HashMap<>();
    final Set<String> proofs = ConcurrentHashMap.newKeySet();
    final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final List<TinyHttp> all = new ArrayList<>();
    private final Pki.Identity bank = authority.issue("spiffe://tiny/bank");
    private final TinyHttp door;
    private final TinyHttp otherDoor;
    private final SSLContext everywhere;

    static TinySystem with(Weakness... weaknesses) throws IOException {
        Set<Weakness> set = EnumSet.noneOf(Weakness.class);
        set.addAll(List.of(weaknesses));
        return new TinySystem(set, List.of());
    }

    static TinySystem accepting(AcceptedRisk risk, Weakness weakness) throws IOException {
        return new TinySystem(EnumSet.of(weakness), List.of(risk));
    }

    private TinySystem(Set<Weakness> weaknesses, List<AcceptedRisk> risks) throws IOException {
        this.weaknesses = weaknesses;
        this.blueprint = TinyBlueprint.of(risks);
        this.provider = new TinyProvider(weaknesses, thumbprint(bank));
        identify("gateway");
        this.everywhere = authority.server(identities.get("gateway"), false, true);
        for (Service service : blueprint.services()) {
            String name = service.name();
            identify(name);
            TinyService program = new TinyService(weaknesses.contains(Weakness.ENTRY_IGNORED));
            services.put(name, http(new ServerSocket(), program::answer));
            TinySidecar sidecar = new TinySidecar(this, name, program.entry());
            sidecars.put(name, http(tls(name, !strangersHandshake()), sidecar::inbound));
            Map<String, TinyHttp> ways = new HashMap<>();
            for (OperationName call : service.calls().keySet()) {
                if (!ways.containsKey(call.owner())) {
                    ways.put(
                            call.owner(),
                            http(
                                    new ServerSocket(),
                                    request -> sidecar.outbound(call.owner(), request)));
                }
            }
            outbound.put(name, ways);
        }
        this.door = front();
        this.otherDoor = front();
        provider.at(origin());
    }

    private TinyHttp front() throws IOException {
        TinyHttp front =
                new TinyHttp(
                        tls("gateway", false), weaknesses, new TinyFront(this, new TinyDoor(this)));
        all.add(front);
        return front;
    }

    private static String thumbprint(Pki.Identity identity) {
        try {
            return TinyCertificates.thumbprint(identity.leaf());
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private void identify(String name) {
        Pki.Identity identity = authority.issue("spiffe://tiny/" + name);
        identities.put(name, identity);
        hellos.put(name, Road.Hello.modern(Pki.careless(Optional.of(identity)), false));
    }

    private TinyHttp http(ServerSocket socket, TinyHttp.Handler handler) throws IOException {
        TinyHttp http = new TinyHttp(socket, Set.of(), handler);
        all.add(http);
        return http;
    }

    /// A sidecar that lets anybody finish the handshake; what they may ask is another matter.
    private boolean strangersHandshake() {
        return weaknesses.contains(Weakness.CLIENT_CERTIFICATE_OPTIONAL)
                || weaknesses.contains(Weakness.HEALTH_TOLD_TO_ANYBODY);
    }

    private SSLServerSocket tls(String name, boolean mutual) throws IOException {
        boolean anybody = weaknesses.contains(Weakness.ANY_AUTHORITY_TRUSTED);
        boolean tickets = weaknesses.contains(Weakness.TICKETS_TAKEN);
        boolean outside = name.equals("gateway");
        SSLContext context =
                tickets && !outside
                        ? everywhere
                        : authority.server(identities.get(name), anybody || outside, tickets);
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        boolean old = weaknesses.contains(Weakness.OLD_TLS);
        socket.setEnabledProtocols(
                old ? new String[] {"TLSv1.3", "TLSv1.2"} : new String[] {"TLSv1.3"});
        if (outside) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(
                    weaknesses.contains(Weakness.ACME_ANSWERED)
                            ? new String[] {Streams.WORD, "http/1.1", AcmeAttacks.WORD}
                            : new String[] {Streams.WORD, "http/1.1"});
            socket.setSSLParameters(parameters);
        }
        if (mutual) {
            socket.setNeedClientAuth(true);
        } else {
            socket.setWantClientAuth(true);
        }
        return socket;
    }

    String origin() {
        return "https://localhost:" + door.port();
    }

    Target target() {
        Map<String, Place> places = new HashMap<>();
        for (Service service : blueprint.services()) {
            String name = service.name();
            Map<String, URI> ways = new HashMap<>();
            outbound.get(name)
                    .forEach((callee, http) ->
                            ways.put(callee, URI.create("http://127.0.0.1:" + http.port())));
            places.put(
                    name,
                    new Place(
                            Optional.of(sidecars.get(name).address()),
                            Optional.of(services.get(name).address()),
                            ways,
                            Optional.of(TinyAuthority.pem(identities.get(name)))));
        }
        places.put(
                "gateway",
                new Place(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.of(TinyAuthority.pem(identities.get("gateway")))));
        return new Target(
                        blueprint,
                        URI.create(origin()),
                        authority.certificate(),
                        URI.create(origin() + "/auth"),
                        Optional.of(
                                new LoginClient(
                                        TinyProvider.CLIENT, URI.create(provider.redirect()))),
                        places,
                        Set.of("sms"),
                        (role, number) ->
                                Optional.of(
                                        role.equals("robot")
                                                ? new Credential.Key(key(number))
                                                : provider.account(role, number)),
                        Optional.of(provider::sign))
                .with(
                        List.of(door.address(), otherDoor.address()),
                        Map.of(TinyBlueprint.BANK, TinyAuthority.pem(bank)),
                        Map.of());
    }

    /// The key of that number.
    private String key(int number) {
        String secret = Integer.toString(number).repeat(43).substring(0, 43);
        String text = "rw_%012d_%s".formatted(number, secret);
        String key = text + "_" + KeyText.checksum(text);
        keys.add(key);
        return key;
    }

    @Override
    public void close() throws IOException {
        for (TinyHttp http : all) {
            http.close();
        }
    }
}
