package dev.ringwall.identity;

import dev.ringwall.people.ClientCertificates;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The certificate that the caller showed at the door, and whose key it proved to hold. The gateway says it in a header (RFC 9440 §2); it
/// takes such headers from nobody, and [Doorway] takes requests from nobody but the gateway.
///
/// @param chain the certificate, and those that were shown with it
record CallerCertificate(List<X509Certificate> chain) {

    /// What the caller of the request that is being answered showed.
    static final ScopedValue<Optional<CallerCertificate>> CURRENT = ScopedValue.newInstance();

    static final int CHAIN_MAX = 4;
    static final int CHARACTERS_MAX = 8 * 1024;

    /// RFC 8941 §3.3.5: a byte sequence.
    private static final Pattern BYTES = Pattern.compile(":([A-Za-z0-9+/]*={0,2}):");

    CallerCertificate {
        chain = List.copyOf(chain);
    }

    /// The one of the request that is being answered.
    static Optional<CallerCertificate> current() {
        return CURRENT.isBound() ? CURRENT.get() : Optional.empty();
    }

    /// What the gateway says about it; empty where the caller showed none, or the headers are not as the gateway writes them.
    static Optional<CallerCertificate> in(HttpServletRequest request) {
        List<String> leaf = Collections.list(request.getHeaders("Client-Cert"));
        List<String> above = Collections.list(request.getHeaders("Client-Cert-Chain"));
        if (leaf.size() != 1 || above.size() > 1) {
            return Optional.empty();
        }
        List<String> said = new ArrayList<>(leaf);
        above.forEach(line -> said.addAll(List.of(line.split(",", -1))));
        if (said.size() > CHAIN_MAX) {
            return Optional.empty();
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (String each : said) {
            Optional<X509Certificate> read = certificate(each.strip());
            if (read.isEmpty()) {
                return Optional.empty();
            }
            chain.add(read.get());
        }
        return Optional.of(new CallerCertificate(chain));
    }

    private static Optional<X509Certificate> certificate(String said) {
        Matcher bytes = BYTES.matcher(said);
        if (said.length() > CHARACTERS_MAX || !bytes.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(
                                                    Base64.getDecoder().decode(bytes.group(1)))));
        } catch (CertificateException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /// What a token says that is bound to it (RFC 8705 §3.1 `x5t#S256`).
    String thumbprint() {
        return ClientCertificates.thumbprint(chain.getFirst());
    }
}
