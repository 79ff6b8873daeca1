package dev.ringwall.control;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.link.Bundle;
import dev.ringwall.link.Json;
import dev.ringwall.link.Roster;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Service;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes the signed, numbered documents that nodes live on, whenever something in them changes. Thread-safe.
///
/// A number is taken from the store before it is used, so that it never repeats; the publication of a bundle is in the audit log before
/// any node can see it.
final class Publisher {

    private final ControlStore store;
    private final Journal journal;
    private final InstantSource clock;
    private final BiFunction<String, byte[], String> signer;
    private final Supplier<String> jwks;
    private final Settings settings;
    private final Published published;

    /// What stands in every bundle of this system.
    ///
    /// @param control        `host:port` of the control plane, for nodes
    /// @param administration brings the service that the control plane itself is in line with a declaration, and says where it is
    record Settings(
            String system,
            String issuer,
            String audience,
            String control,
            Function<Blueprint, List<String>> administration) {}

    /// @param signer type and payload → compact JWS
    /// @param jwks   the public keys that tokens are signed with, now
    Publisher(
            Settings settings,
            ControlStore store,
            Journal journal,
            BiFunction<String, byte[], String> signer,
            Supplier<String> jwks,
            Published published,
            InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.journal = journal;
        this.signer = signer;
        this.jwks = jwks;
        this.published = published;
        this.clock = clock;
    }

    /// Publishes the declaration as it is now, with where everything listens.
    ///
    /// @param who brought it about
    synchronized long bundle(Declared declared, Actor who) {
        long number = store.nextNumber("bundle");
        Map<String, List<String>> endpoints = new HashMap<>(store.instances().endpoints());
        endpoints.keySet().retainAll(declared.blueprint().declaration().services().keySet());
        endpoints.put("control", List.of(settings.control()));
        List<String> administration = settings.administration().apply(declared.blueprint());
        if (!administration.isEmpty()) {
            endpoints.put(Service.BUILT_IN, administration);
        }
        Bundle bundle =
                new Bundle(
                        number,
                        settings.system(),
                        clock.instant(),
                        declared.entry(),
                        declared.files(),
                        settings.issuer(),
                        settings.audience(),
                        jwks.get(),
                        endpoints);
        journal.administered(
                AdminAct.BUNDLE_PUBLISHED,
                who,
                "bundle " + number,
                Map.of(
                        "declaration",
                        declared.digest(),
                        "endpoints",
                        String.join(",", endpoints.keySet())));
        published.bundle(number, signer.apply(Bundle.TYPE, Json.write(bundle)));
        return number;
    }

    /// Publishes which keys are known and what has been revoked.
    synchronized long roster(List<Roster.Key> keys, List<Roster.Revocation> revoked) {
        long number = store.nextNumber("roster");
        Roster roster = new Roster(number, settings.system(), clock.instant(), keys, revoked);
        published.roster(number, signer.apply(Roster.TYPE, Json.write(roster)));
        return number;
    }
}
