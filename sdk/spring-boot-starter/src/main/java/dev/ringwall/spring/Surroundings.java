package dev.ringwall.spring;

import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// Is there a sidecar before this service, or not? Said by the environment, once; never found out by trying.
sealed interface Surroundings {

    String ENTRY = "ringwall.entry";
    String WITHOUT_GATEWAY = "ringwall.without-gateway";

    /// The service has a sidecar, which shows this secret.
    record BehindSidecar(EntrySecret secret) implements Surroundings {}

    /// The service checks access tokens itself.
    record WithoutGateway(TokenSettings settings) implements Surroundings {}

    /// What the environment says.
    ///
    /// @throws CannotGuard where it says neither, or both
    static Surroundings of(Environment environment) {
        Binder binder = Binder.get(environment);
        Optional<String> entry = Optional.ofNullable(environment.getProperty(ENTRY));
        Map<String, Object> without =
                binder.bind(WITHOUT_GATEWAY, Bindable.mapOf(String.class, Object.class))
                        .orElse(Map.of());
        if (entry.isPresent() && !without.isEmpty()) {
            throw new CannotGuard(
                    "The service is told both that it has a sidecar (RINGWALL_ENTRY) and that it has none ("
                            + WITHOUT_GATEWAY
                            + ".*)",
                    "Keep "
                            + WITHOUT_GATEWAY
                            + ".* in a profile that is active only where the service runs without Ringwall.");
        }
        if (entry.isPresent()) {
            return new BehindSidecar(EntrySecret.of(entry.get()));
        }
        if (!without.isEmpty()) {
            return new WithoutGateway(TokenSettings.read(binder));
        }
        throw new CannotGuard(
                "RINGWALL_ENTRY is missing: there is no sidecar before this service, so nobody would say who calls",
                "Start the service by `ringwall up` or `ringwall node`. To run it without a gateway, set "
                        + WITHOUT_GATEWAY
                        + ".issuer and "
                        + WITHOUT_GATEWAY
                        + ".audience; it checks access tokens itself then.");
    }
}
