package dev.ringwall.keys;

import java.security.cert.X509Certificate;
import java.util.List;

/// What became of a request for a certificate.
public sealed interface Issued {

    /// It was granted.
    ///
    /// @param chain leaf first, without the root
    record Certificate(List<X509Certificate> chain) implements Issued {
        public Certificate {
            chain = List.copyOf(chain);
        }

        /// The chain as PEM.
        public String pem() {
            return Pem.write(chain);
        }
    }

    /// It was not.
    record Refused(String why) implements Issued {}
}
