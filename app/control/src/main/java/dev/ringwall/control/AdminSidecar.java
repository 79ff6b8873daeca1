package dev.ringwall.control;

import dev.ringwall.admin.AdminApi;
import dev.ringwall.events.Recorder;
import dev.ringwall.gateway.DataPlane;
import dev.ringwall.gateway.Listener;
import dev.ringwall.gateway.NodeSettings;
import dev.ringwall.gateway.Snapshot;
import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.TrustRoot;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Service;
import dev.ringwall.policy.Policy;
import dev.ringwall.reading.Administration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The service `ringwall`: a sidecar like any other's before what administers people, keys and clients. It believes the gateway's
/// certificate and transaction token and nothing else, and decides again by the same declaration, with the same rings.
///
/// It is opened when a declaration first says who may administer, and shut when one no longer does.
final class AdminSidecar implements AutoCloseable {

    private static final int ENTRY_BYTES = 32;
    private static final int LOOPS = 1; // a few people administer

    private final Parts parts;
    private final Supplier<Identity> identity;
    private final AdminApi api;
    private long number;
    private @Nullable Open open;

    /// What it is made of.
    ///
    /// @param host  where it listens for gateways
    /// @param taken waits until nodes decide by what was changed
    record Parts(
            TrustRoot root,
            String host,
            Recorder recorder,
            Runnable taken,
            String issuer,
            String audience,
            Supplier<String> jwks,
            InstantSource clock) {}

    private record Open(DataPlane plane, AdminDoor door, InetSocketAddress address) {}

    AdminSidecar(Parts parts, Supplier<Identity> identity, AdminApi api) {
        this.parts = parts;
        this.identity = identity;
        this.api = api;
    }

    static AdminSidecar of(
            ControlSettings settings,
            Keys keys,
            OwnIdentities own,
            AtomicReference<Declared> declared,
            IdentityProvider identity,
            Recorder recorder,
            Published published) {
        return new AdminSidecar(
                new Parts(
                        keys.authority().root(),
                        settings.listen().getHostString(),
                        recorder,
                        published::awaitRosterTakenQuietly,
                        settings.issuer(),
                        settings.audience(),
                        keys.tokens()::jwks,
                        settings.clock()),
                own::administration,
                new AdminApi(
                        () -> declared.get().blueprint(),
                        identity.directory(),
                        Administration.document(),
                        settings.clock()));
    }

    /// Decides by that declaration from now on; returns where gateways reach it, none where it is not declared.
    synchronized List<String> follow(Blueprint blueprint) {
        if (!blueprint.declaration().services().containsKey(Service.BUILT_IN)) {
            close();
            return List.of();
        }
        if (!(Policy.compile(blueprint) instanceof Policy.Outcome.Compiled(Policy policy))) {
            throw new IllegalStateException("a declaration that was found sound does not compile");
        }
        try {
            Open now = open == null ? open() : open;
            open = now;
            now.plane()
                    .apply(
                            new Snapshot(
                                    ++number,
                                    blueprint,
                                    policy,
                                    parts.issuer(),
                                    parts.audience(),
                                    parts.jwks().get(),
                                    List.of(),
                                    List.of(),
                                    Map.of()));
            return List.of(parts.host() + ":" + now.address().getPort());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    /// Those places, and its own where it is open.
    synchronized Map<String, List<String>> among(Map<String, List<String>> others) {
        Map<String, List<String>> all = new HashMap<>(others);
        Open now = open;
        if (now != null) {
            all.put(Service.BUILT_IN, List.of(parts.host() + ":" + now.address().getPort()));
        }
        return all;
    }

    private Open open() throws IOException {
        byte[] secret = new byte[ENTRY_BYTES];
        new SecureRandom().nextBytes(secret);
        String entry = HexFormat.of().formatHex(secret);
        AdminDoor door = AdminDoor.open(entry, parts.audience(), api, parts.taken());
        boolean whole = false;
        DataPlane plane =
                DataPlane.start(
                        NodeSettings.of(parts.root()).loops(LOOPS),
                        parts.recorder(),
                        parts.clock());
        try {
            InetSocketAddress address =
                    plane.open(
                            new Listener.Inbound(
                                    Service.BUILT_IN,
                                    new InetSocketAddress(parts.host(), 0),
                                    identity,
                                    door.address(),
                                    entry));
            whole = true;
            return new Open(plane, door, address);
        } finally {
            if (!whole) {
                plane.close();
                door.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        Open now = open;
        open = null;
        if (now != null) {
            now.plane().close();
            now.door().close();
        }
    }
}
