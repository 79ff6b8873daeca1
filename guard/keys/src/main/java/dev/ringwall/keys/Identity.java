package dev.ringwall.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// A certificate, what stands above it, and the private key that goes with it. The key is never printed.
public final class Identity {

    private final List<X509Certificate> chain;
    private final ECPrivateKey key;
    private final Optional<SpiffeId> id;

    private Identity(List<X509Certificate> chain, ECPrivateKey key, Optional<SpiffeId> id) {
        this.chain = List.copyOf(chain);
        this.key = key;
        this.id = id;
    }

    /// Puts a chain, leaf first, and a key together.
    ///
    /// @throws GeneralSecurityException when they do not belong together
    public static Identity of(List<X509Certificate> chain, ECPrivateKey key)
            throws GeneralSecurityException {
        if (!Certificates.belongTogether(key, chain.getFirst().getPublicKey())) {
            throw new GeneralSecurityException(
                    "the private key does not belong to the certificate");
        }
        return new Identity(chain, key, spiffeId(chain.getFirst()));
    }

    /// Reads one that [#save] wrote.
    public static Identity load(Path file) throws IOException, GeneralSecurityException {
        String text = KeyFiles.read(file);
        return of(Pem.certificates(text), Pem.privateKey(Pem.block(text, Pem.PRIVATE_KEY)));
    }

    /// Writes chain and key into one file, mode 0600, whole or not at all. The key is not encrypted: only identities that live shortly
    /// belong in a file.
    public void save(Path file) throws IOException {
        KeyFiles.write(file, chainPem() + dangerousKeyPem());
    }

    /// The certificates, leaf first, without the root.
    public List<X509Certificate> chain() {
        return chain;
    }

    /// The leaf.
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// The private key.
    public ECPrivateKey privateKey() {
        return key;
    }

    /// Whose it is; the door's certificate, which strangers see, names no program.
    public Optional<SpiffeId> id() {
        return id;
    }

    /// When it ends.
    public Instant notAfter() {
        return certificate().getNotAfter().toInstant();
    }

    /// Half of its life: the moment to fetch the next one.
    public Instant renewAt() {
        Instant from = certificate().getNotBefore().toInstant();
        return from.plus(Duration.between(from, notAfter()).dividedBy(2));
    }

    /// The chain as PEM.
    public String chainPem() {
        return Pem.write(chain);
    }

    /// The private key as PKCS#8 in PEM, not encrypted. For files of mode 0600 only.
    public String dangerousKeyPem() {
        return Pem.write(Pem.PRIVATE_KEY, key.getEncoded());
    }

    /// The same with the root at the end of its chain, for those who know no more of the root than its fingerprint.
    public Identity withRoot(TrustRoot root) {
        List<X509Certificate> whole = new ArrayList<>(chain);
        if (!whole.contains(root.certificate())) {
            whole.add(root.certificate());
        }
        return new Identity(whole, key, id);
    }

    /// Tells it apart from others of its name; empty where it is the only one.
    public Optional<String> instance() {
        return instanceIn(certificate());
    }

    /// What tells the holder of a certificate apart from others of its name: the `serialNumber` in the subject (X.520 §6.2.9). Only the
    /// authority puts it there, and a renewal keeps it.
    public static Optional<String> instanceIn(X509Certificate leaf) {
        RDN[] all =
                X500Name.getInstance(leaf.getSubjectX500Principal().getEncoded())
                        .getRDNs(BCStyle.SERIALNUMBER);
        return all.length == 1
                ? Optional.of(all[0].getFirst().getValue().toString())
                : Optional.empty();
    }

    private static Optional<SpiffeId> spiffeId(X509Certificate leaf)
            throws CertificateParsingException {
        List<String> uris = Certificates.uris(leaf);
        return uris.size() == 1 ? SpiffeId.parse(uris.getFirst()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "Identity["
                + id.map(SpiffeId::toString).orElse("door")
                + ", until "
                + notAfter()
                + "]";
    }
}
