package dev.ringwall.bench;

import java.io.IOException;
import java.util.function.LongSupplier;

/// One provider of identities that is measured, behind an nginx that stands where a gateway would.
///
/// @param name   as it stands in the table
/// @param what   it does for each token
/// @param base   where it is reached
/// @param paths  of its endpoints, behind that
/// @param client that gets tokens for itself, and its secret
/// @param web    that people sign in through, and its secret
/// @param person who signs in, and the password
/// @param pid    of the process whose time counts; another one after a restart
record Provider(
        String name,
        String what,
        String base,
        Paths paths,
        Known client,
        Known web,
        Known person,
        LongSupplier pid) {

    /// Where people are sent back to; nobody listens there.
    static final String RETURN = "http://localhost:9/back";

    /// Where to ask.
    ///
    /// @param scope that a login asks for
    record Paths(String authorize, String token, String scope) {}

    /// Who proves to be that by a secret.
    record Known(String name, String secret) {
        @Override
        public String toString() {
            return name;
        }

        /// RFC 7617 §2.
        String basic() {
            return "Basic "
                    + java.util.Base64.getEncoder()
                            .encodeToString(
                                    (name + ":" + secret)
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    String tokenUrl() {
        return base + paths.token();
    }

    /// Resident memory in bytes.
    long resident() throws IOException {
        return Cpu.resident(pid.getAsLong());
    }
}
