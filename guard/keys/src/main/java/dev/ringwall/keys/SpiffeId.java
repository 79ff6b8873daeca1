package dev.ringwall.keys;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a program within a system, `spiffe://shop/orders`: the trust domain is the system, the path is one word.
///
/// The word is a service's name, or `gateway`, `control`, `operator`. (SPIFFE ID §2; paths of several segments are not used here.)
public record SpiffeId(String system, String name) {

    private static final Pattern SYSTEM = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final String SCHEME = "spiffe://";

    public SpiffeId {
        if (!canName(system) || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    SCHEME + system + "/" + name + " (expected: spiffe://system/name)");
        }
    }

    /// Whether that word can be a trust domain. A system may not end in a hyphen, as no host name may.
    public static boolean canName(String system) {
        return SYSTEM.matcher(system).matches();
    }

    /// The public door and the sidecars' word-giver.
    public static SpiffeId gateway(String system) {
        return new SpiffeId(system, "gateway");
    }

    /// The control plane.
    public static SpiffeId control(String system) {
        return new SpiffeId(system, "control");
    }

    /// Whoever runs commands against the control plane.
    public static SpiffeId operator(String system) {
        return new SpiffeId(system, "operator");
    }

    /// Reads `spiffe://shop/orders`; empty when the text is not exactly of that form.
    public static Optional<SpiffeId> parse(String text) {
        if (!text.startsWith(SCHEME)) {
            return Optional.empty();
        }
        int slash = text.indexOf('/', SCHEME.length());
        if (slash < 0) {
            return Optional.empty();
        }
        String system = text.substring(SCHEME.length(), slash);
        String name = text.substring(slash + 1);
        return canName(system) && NAME.matcher(name).matches()
                ? Optional.of(new SpiffeId(system, name))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return SCHEME + system + "/" + name;
    }
}
