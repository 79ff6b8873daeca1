package dev.ringwall.spring;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The addresses of the service's own ways out: its sidecar's, on this machine. Only they are told for whom a call is.
///
/// The sidecar names them in `RINGWALL_CALLS` (`catalog,stripe`) and gives their addresses in `CATALOG_URL`, `STRIPE_URL`. Another variable
/// that ends in `_URL` is no way out, and neither is an address that is not the sidecar's kind: `http://127.0.0.1:PORT`.
final class WaysOut {

    static final WaysOut NONE = new WaysOut(Set.of());

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]{1,5}/?");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Set<Integer> ports;

    private WaysOut(Set<Integer> ports) {
        this.ports = Set.copyOf(ports);
    }

    /// From the environment of the process.
    static WaysOut of(Map<String, String> environment) {
        Set<Integer> ports = new HashSet<>();
        for (String name : environment.getOrDefault("RINGWALL_CALLS", "").split(",", -1)) {
            String address = environment.get(variable(name));
            if (NAME.matcher(name).matches()
                    && address != null
                    && ADDRESS.matcher(address).matches()) {
                ports.add(URI.create(address).getPort());
            }
        }
        return new WaysOut(ports);
    }

    boolean leadTo(URI address) {
        return "http".equals(address.getScheme())
                && "127.0.0.1".equals(address.getHost())
                && address.getRawUserInfo() == null
                && ports.contains(address.getPort());
    }

    private static String variable(String callee) {
        return callee.toUpperCase(Locale.ROOT).replace('-', '_') + "_URL";
    }
}
