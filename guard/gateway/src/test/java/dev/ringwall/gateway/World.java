package dev.ringwall.gateway;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.Rotating;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.model.Blueprint;
import dev.ringwall.policy.Policy;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A whole system on this machine: an authority, a door, a sidecar before each service and on its ways out, and the services themselves.
final class World implements AutoCloseable {

    static final String ENTRY = "the entry secret of this test";

    private static final UnlockSecret UNLOCK = UnlockSecret.of("a secret that only tests know");
    private static final Map<String, CertificateAuthority> AUTHORITIES = new HashMap<>();
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    final HandClock clock = HandClock.atPresent();
    final Tokens tokens = new Tokens(clock);
    final Recorded recorded = new Recorded();
    final Map<String, Backend> services = new TreeMap<>();
    final Map<String, InetSocketAddress> inbound = new TreeMap<>();
    final Map<String, InetSocketAddress> outbound = new TreeMap<>();
    final Map<String, Rotating<Identity>> identities = new HashMap<>();
    final CertificateAuthority authority;
    final Rotating<DoorCertificates> shown;
    final DataPlane plane;
    final InetSocketAddress door;
    private final Map<String, List<InetSocketAddress>> endpoints = new HashMap<>();
    private Snapshot snapshot;

    /// The usual world.
    static World of(String yaml) throws Exception {
        return new World(Map.of("ringwall.yaml", yaml), settings -> settings, Rings::standard);
    }

    World(
            Map<String, String> files,
            UnaryOperator<NodeSettings> settings,
            Function<Tools, Rings> rings)
            throws Exception {
        Blueprint blueprint = blueprint(files);
        authority = authority(blueprint.system());
        plane =
                DataPlane.start(
                        settings.apply(NodeSettings.of(authority.root())), recorded, clock, rings);
        shown = new Rotating<>(DoorCertificates.own(authority.issue(new Profile.Door(Set.of()))));
        door = plane.open(new Listener.Door(ANY, shown, identity("gateway")));
        for (dev.ringwall.model.Service service : blueprint.services()) {
            Backend backend = new Backend();
            services.put(service.name(), backend);
            InetSocketAddress address =
                    plane.open(
                            new Listener.Inbound(
                                    service.name(),
                                    ANY,
                                    identity(service.name()),
                                    backend.address(),
                                    ENTRY));
            inbound.put(service.name(), address);
            endpoints.put(service.name(), List.of(address));
            for (var callee : service.calls().keySet()) {
                String way = service.name() + ">" + callee.owner();
                if (!outbound.containsKey(way)) {
                    outbound.put(
                            way,
                            plane.open(
                                    new Listener.Outbound(
                                            service.name(),
                                            callee.owner(),
                                            ANY,
                                            identity(service.name()))));
                }
            }
        }
        snapshot =
                new Snapshot(
                        1,
                        blueprint,
                        policy(blueprint),
                        Tokens.ISSUER,
                        Tokens.AUDIENCE,
                        tokens.jwks(),
                        List.of(),
                        List.of(),
                        endpoints);
        plane.apply(snapshot);
    }

    Rotating<Identity> identity(String name) {
        return identities.computeIfAbsent(name, word -> new Rotating<>(issue(word)));
    }

    Identity issue(String name) {
        return authority.issue(
                new Profile.Workload(new SpiffeId(authority.root().system(), name), Set.of()));
    }

    Snapshot snapshot() {
        return snapshot;
    }

    void apply(UnaryOperator<Snapshot> change) {
        snapshot = change.apply(snapshot);
        plane.apply(snapshot);
    }

    void declare(String yaml) {
        Blueprint blueprint = blueprint(Map.of("ringwall.yaml", yaml));
        apply(old ->
                new Snapshot(
                        old.number() + 1,
                        blueprint,
                        policy(blueprint),
                        old.issuer(),
                        old.audience(),
                        old.jwks(),
                        old.keys(),
                        old.revoked(),
                        old.endpoints()));
    }

    void keys(Snapshot.KnownKey... keys) {
        apply(old ->
                new Snapshot(
                        old.number() + 1,
                        old.blueprint(),
                        old.policy(),
                        old.issuer(),
                        old.audience(),
                        old.jwks(),
                        List.of(keys),
                        old.revoked(),
                        old.endpoints()));
    }

    void revoke(Snapshot.Revoked... revoked) {
        apply(old ->
                new Snapshot(
                        old.number() + 1,
                        old.blueprint(),
                        old.policy(),
                        old.issuer(),
                        old.audience(),
                        old.jwks(),
                        old.keys(),
                        List.of(revoked),
                        old.endpoints()));
    }

    void endpoint(String name, InetSocketAddress... addresses) {
        endpoints.put(name, List.of(addresses));
        apply(old ->
                new Snapshot(
                        old.number() + 1,
                        old.blueprint(),
                        old.policy(),
                        old.issuer(),
                        old.audience(),
                        old.jwks(),
                        old.keys(),
                        old.revoked(),
                        endpoints));
    }

    /// One request at the door on a connection of its own.
    Wire.Reply get(String target, String... headers) throws IOException {
        try (Wire wire = Wire.tls(door)) {
            return wire.call("GET", target, headers);
        }
    }

    Wire.Reply post(String target, String body, String... headers) throws IOException {
        try (Wire wire = Wire.tls(door)) {
            return wire.post(target, body, headers);
        }
    }

    /// Waits until it is so.
    static void await(BooleanSupplier wanted) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute");
            }
            Thread.sleep(10);
        }
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    /// One authority for all worlds of a system: to lock its keys takes a while, on purpose.
    private static synchronized CertificateAuthority authority(String system) throws IOException {
        CertificateAuthority known = AUTHORITIES.get(system);
        if (known == null) {
            known = newAuthority(system);
            AUTHORITIES.put(system, known);
        }
        return known;
    }

    /// An authority of that system's name that nobody here knows.
    static CertificateAuthority another(String system) {
        try {
            return newAuthority(system);
        } catch (IOException cannot) {
            throw new AssertionError(cannot);
        }
    }

    private static CertificateAuthority newAuthority(String system) throws IOException {
        Path folder = Files.createTempDirectory("authority");
        return switch (CertificateAuthority.open(
                folder,
                system,
                Vault.under(UNLOCK),
                java.time.Clock.systemUTC(),
                Lifetimes.DEFAULT)) {
            case CertificateAuthority.Opened.Ready(CertificateAuthority ready) -> ready;
            case CertificateAuthority.Opened other -> throw new AssertionError(other);
        };
    }

    static Blueprint blueprint(Map<String, String> files) {
        return switch (Reader.read(files, "ringwall.yaml")) {
            case Reading.Read read ->
                    switch (Blueprint.of(read.declaration())) {
                        case Blueprint.Outcome.Sound sound -> sound.blueprint();
                        case Blueprint.Outcome.Contradictory(var problems) ->
                                throw new AssertionError(problems);
                    };
            case Reading.Unreadable unreadable -> throw new AssertionError(unreadable.problems());
        };
    }

    static Policy policy(Blueprint blueprint) {
        return switch (Policy.compile(blueprint)) {
            case Policy.Outcome.Compiled(Policy policy) -> policy;
            case Policy.Outcome.Rejected(var problems) -> throw new AssertionError(problems);
        };
    }

    @Override
    public void close() {
        plane.close();
        services.values().forEach(Backend::close);
    }
}
