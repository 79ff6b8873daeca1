package dev.ringwall.reading;

import dev.ringwall.model.ReturnAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Addresses of programs that somebody else runs: a scheme, a host and maybe a port, and nothing besides.
final class Urls {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern ISSUER =
            Pattern.compile(
                    "(https://[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})*|http://(localhost|127\\.0\\.0\\.1|\\[::1\\]))"
                            + "(:[1-9][0-9]{0,4})?(/[A-Za-z0-9._~!$&'()+,;=:@-]*)*");

    private static final Pattern DOTS = Pattern.compile("/\\.{1,2}(/|$)");

    static final int PORT_MAX = 65_535;

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private Urls() {}

    /// The address of a service of the system, by `http` or `https`.
    static Optional<URI> service(Yaml.Text text, Problems problems) {
        return read(text, problems);
    }

    /// The address of a third party: `https`, or `http` to this machine, for a stand-in.
    static Optional<URI> thirdParty(Yaml.Text text, Problems problems) {
        Optional<URI> read = read(text, problems);
        if (read.isPresent()
                && read.get().getScheme().equals("http")
                && !LOOPBACK.contains(read.get().getHost())) {
            problems.unexpected(
                    "bad-url",
                    text,
                    "https, since the call leaves this machine",
                    "write `https" + text.value().substring("http".length()) + "`");
            return Optional.empty();
        }
        return read;
    }

    /// What names an OpenID provider (OpenID Connect Core §2 `iss`): like a third party, with a path or without. It is compared letter for letter,
    /// so it has one spelling.
    static Optional<String> issuer(Yaml.Text text, Problems problems) {
        if (text.value().length() <= ReturnAddress.CHARS_MAX
                && ISSUER.matcher(text.value()).matches()
                && !DOTS.matcher(text.value()).find()) {
            return Optional.of(text.value());
        }
        problems.unexpected(
                "bad-url",
                text,
                "https://, a host in small letters, and maybe a port and a path; or http:// to this machine",
                "write the `issuer` that the provider's metadata says, like `https://login.example.com`");
        return Optional.empty();
    }

    /// Where a page comes from (RFC 6454 §6.2), as browsers say it.
    static Optional<URI> origin(Yaml.Text text, Problems problems) {
        Optional<URI> read = thirdParty(text, problems);
        if (read.isPresent()
                && (!read.get().getHost().equals(read.get().getHost().toLowerCase(Locale.ROOT))
                        || defaultPort(read.get()))) {
            problems.unexpected(
                    "bad-url",
                    text,
                    "an origin as browsers send it: in small letters, without the port that goes without saying",
                    "write it like `https://app.example.com`");
            return Optional.empty();
        }
        return read;
    }

    private static boolean defaultPort(URI url) {
        return url.getPort() == (url.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT);
    }

    private static Optional<URI> read(Yaml.Text text, Problems problems) {
        try {
            URI url = new URI(text.value());
            boolean good =
                    ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                            && url.getHost() != null
                            && url.getUserInfo() == null
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null
                            && url.getRawPath().isEmpty()
                            && (url.getPort() == -1
                                    || (url.getPort() >= 1 && url.getPort() <= PORT_MAX))
                            && !url.getRawAuthority().endsWith(":");
            if (good) {
                return Optional.of(url);
            }
        } catch (URISyntaxException notOne) {
            // It is reported below, with what a good one looks like.
        }
        problems.unexpected(
                "bad-url",
                text,
                "http:// or https://, a host and maybe a port, and nothing after it",
                "write it like `https://api.example.com`");
        return Optional.empty();
    }
}
