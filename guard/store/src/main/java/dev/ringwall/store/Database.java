package dev.ringwall.store;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/// Where the rows lie.
public sealed interface Database {

    /// A file of SQLite for one process; made where there is none.
    record Embedded(Path file) implements Database {}

    /// A PostgreSQL server, for as many processes as there are. Anything but this machine is spoken to in TLS, by its certificate and
    /// name.
    ///
    /// @param root certificates that the server's must come from; empty for those that the JDK trusts
    record Server(
            String host, int port, String name, String user, Password password, Optional<Path> root)
            implements Database {

        private static final int PORT = 5432;
        private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

        /// Reads `postgresql://USER@HOST[:PORT]/DATABASE[?sslrootcert=FILE]`.
        ///
        /// @throws IllegalArgumentException with what was read, what was expected and the remedy
        public static Server at(String address, Password password) {
            URI uri;
            try {
                uri = URI.create(address);
            } catch (IllegalArgumentException malformed) {
                throw unreadable(address);
            }
            boolean known =
                    "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            String user = uri.getUserInfo();
            String path = uri.getPath();
            if (!known
                    || uri.getHost() == null
                    || user == null
                    || path == null
                    || path.length() < 2) {
                throw unreadable(address);
            }
            if (user.contains(":")) {
                throw new IllegalArgumentException(
                        "a password does not belong into the address, where every process list shows it (expected: "
                                + FORM
                                + "); put it into the environment as RINGWALL_DATABASE_PASSWORD");
            }
            String host = uri.getHost().replaceAll("^\\[|]$", "");
            int port = uri.getPort() < 0 ? PORT : uri.getPort();
            return new Server(host, port, path.substring(1), user, password, root(uri));
        }

        private static final String FORM =
                "postgresql://USER@HOST:PORT/DATABASE, with ?sslrootcert=FILE where the server's certificate is not a public one";

        private static IllegalArgumentException unreadable(String address) {
            return new IllegalArgumentException(
                    "`" + address + "` is no address of a database (expected: " + FORM + ")");
        }

        private static Optional<Path> root(URI uri) {
            String query = uri.getQuery();
            if (query == null) {
                return Optional.empty();
            }
            String name = "sslrootcert=";
            if (!query.startsWith(name) || query.contains("&")) {
                throw new IllegalArgumentException(
                        "`"
                                + query
                                + "` cannot be set for a database (expected: nothing but sslrootcert=FILE; TLS with the server's name and"
                                + " certificate is always used towards other machines)");
            }
            return Optional.of(Path.of(query.substring(name.length())));
        }

        /// Whether what is sent leaves this machine.
        boolean remote() {
            return !THIS_MACHINE.contains(host);
        }
    }

    /// A password that shows itself to nobody who does not ask for it by name.
    final class Password {
        private final String text;

        private Password(String text) {
            this.text = text;
        }

        /// Takes it.
        public static Password of(String text) {
            return new Password(text);
        }

        String dangerousText() {
            return text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Password password
                    && MessageDigest.isEqual(bytes(), password.bytes());
        }

        private byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String toString() {
            return "Password[…]";
        }
    }
}
