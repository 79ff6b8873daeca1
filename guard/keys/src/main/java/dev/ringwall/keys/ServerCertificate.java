package dev.ringwall.keys;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A certificate that strangers see at the door, what stands above it, and its private key, which is never printed. Immutable.
public final class ServerCertificate {

    /// The most certificates of one chain.
    public static final int CHAIN_MAX = 8;

    /// The shortest key of RSA, in bits.
    public static final int RSA_BITS_MIN = 2048;

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int EC_BITS_MIN = 256;

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final Set<String> names;

    private ServerCertificate(List<X509Certificate> chain, PrivateKey key)
            throws CertificateParsingException {
        this.chain = List.copyOf(chain);
        this.key = key;
        this.names = names(chain.getFirst());
    }

    /// What became of reading one.
    public sealed interface Read {
        /// It can be shown.
        record Good(ServerCertificate certificate) implements Read {}

        /// It cannot.
        ///
        /// @param why the end of a sentence, with what would be right
        record Unfit(String why) implements Read {}
    }

    /// The one from the system's own authority.
    public static ServerCertificate of(Identity own) {
        try {
            return new ServerCertificate(own.chain(), own.privateKey());
        } catch (CertificateParsingException ours) {
            throw new IllegalArgumentException("not a certificate of this house", ours);
        }
    }

    /// Reads a chain, leaf first, and the key that goes with it, both PEM.
    ///
    /// @param key not encrypted, EC or RSA
    public static Read read(String chain, String key, Instant now) {
        try {
            List<X509Certificate> certificates = Pem.certificates(chain, CHAIN_MAX);
            String unfit = unfit(certificates, now);
            if (!unfit.isEmpty()) {
                return new Read.Unfit(unfit);
            }
            X509Certificate leaf = certificates.getFirst();
            PrivateKey read = Pem.anyPrivateKey(key);
            if (!read.getAlgorithm().equals(leaf.getPublicKey().getAlgorithm())
                    || !Certificates.belongTogether(read, leaf.getPublicKey())) {
                return new Read.Unfit("the private key does not belong to the certificate");
            }
            return new Read.Good(new ServerCertificate(certificates, read));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return new Read.Unfit(
                    unreadable.getMessage()
                            + " (expected: PEM, a chain with the leaf first, and a key that is not locked)");
        }
    }

    private static String unfit(List<X509Certificate> chain, Instant now)
            throws GeneralSecurityException {
        X509Certificate leaf = chain.getFirst();
        if (!now.isBefore(leaf.getNotAfter().toInstant())) {
            return "expired at " + leaf.getNotAfter().toInstant() + " (expected: a renewed one)";
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            return "not valid before " + leaf.getNotBefore().toInstant();
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException notSigned) {
                return "certificate "
                        + (i + 1)
                        + " of the chain is not signed by the next (expected: the leaf, then each that signed the one before)";
            }
        }
        boolean strong =
                switch (leaf.getPublicKey()) {
                    case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= EC_BITS_MIN;
                    case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= RSA_BITS_MIN;
                    default -> false;
                };
        return strong
                ? ""
                : "a key that is not for TLS here (expected: P-256, P-384, or RSA of "
                        + RSA_BITS_MIN
                        + " bits or more)";
    }

    /// The certificates, leaf first.
    public List<X509Certificate> chain() {
        return chain;
    }

    /// The private key.
    public PrivateKey privateKey() {
        return key;
    }

    /// When it ends.
    public Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /// Whether it is for that host (RFC 9525 §6.3: exactly, or a whole label by `*`).
    public boolean covers(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        int dot = plain.indexOf('.');
        return names.contains(plain) || (dot > 0 && names.contains("*" + plain.substring(dot)));
    }

    /// Those of the hosts that it is not for.
    public List<String> missing(Collection<String> hosts) {
        return hosts.stream().filter(host -> !covers(host)).toList();
    }

    private static Set<String> names(X509Certificate leaf) throws CertificateParsingException {
        Set<String> names = new HashSet<>();
        Collection<List<?>> said = leaf.getSubjectAlternativeNames();
        for (List<?> name : said == null ? List.<List<?>>of() : said) {
            int kind = (Integer) name.get(0);
            if ((kind == DNS_NAME || kind == IP_ADDRESS) && name.get(1) instanceof String text) {
                names.add(text.toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /// The kind of its key, as TLS names it: `EC` or `RSA`.
    String keyType() {
        return chain.getFirst().getPublicKey().getAlgorithm();
    }

    /// Finds among several the one for that host; empty when none is for it.
    static Optional<ServerCertificate> among(List<ServerCertificate> all, String host) {
        return all.stream().filter(each -> each.covers(host)).findFirst();
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + names + ", until " + notAfter() + "]";
    }
}
