package dev.ringwall.spring;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/// Whose tokens a service without a gateway takes.
///
/// @param issuer    `https://localhost:8443/auth`, as it stands in the tokens
/// @param keys      where the issuer's public keys are: the issuer followed by `/jwks` unless said
/// @param audience  what the tokens are for: the door, `https://localhost:8443`
/// @param sslBundle the name of Spring Boot's SSL bundle whose certificates are trusted for `keys`
/// @param anyone    what needs no token, as `catalog.list GET /products`
record TokenSettings(
        String issuer, URI keys, String audience, Optional<String> sslBundle, List<String> anyone) {

    private static final String PREFIX = Surroundings.WITHOUT_GATEWAY + ".";

    TokenSettings {
        anyone = List.copyOf(anyone);
    }

    static TokenSettings read(Binder binder) {
        String issuer = required(binder, "issuer");
        address("issuer", issuer);
        URI keys = address("jwks", text(binder, "jwks").orElse(issuer + "/jwks"));
        return new TokenSettings(
                issuer,
                keys,
                required(binder, "audience"),
                text(binder, "ssl-bundle"),
                binder.bind(PREFIX + "anyone", Bindable.listOf(String.class)).orElse(List.of()));
    }

    private static Optional<String> text(Binder binder, String name) {
        return Optional.ofNullable(binder.bind(PREFIX + name, String.class).orElse(null));
    }

    private static String required(Binder binder, String name) {
        return text(binder, name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() ->
                        new CannotGuard(
                                PREFIX + name + " is missing",
                                "Without a gateway a service needs "
                                        + PREFIX
                                        + "issuer and "
                                        + PREFIX
                                        + "audience."));
    }

    /// Keys that anybody on the way could replace would prove nothing: TLS, but for this machine itself.
    private static URI address(String name, String text) {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw unusable(name, text);
        }
        boolean tls = "https".equals(address.getScheme());
        boolean here = "http".equals(address.getScheme()) && isLoopback(address.getHost());
        if (address.getHost() == null || address.getUserInfo() != null || !(tls || here)) {
            throw unusable(name, text);
        }
        return address;
    }

    private static CannotGuard unusable(String name, String text) {
        return new CannotGuard(
                PREFIX + name + " is `" + text + "` (expected: an address with https://)",
                "http:// is taken for 127.0.0.1 and [::1] only.");
    }

    /// By its digits alone: a name is whatever a resolver says.
    private static boolean isLoopback(String host) {
        return InetAddress.getLoopbackAddress().getHostAddress().equals(host)
                || "127.0.0.1".equals(host)
                || "[::1]".equals(host);
    }
}
