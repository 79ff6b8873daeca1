package dev.ringwall.keys;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Says whose certificate chain this is, or why nobody's.
///
/// It follows the chain to the pinned root (RFC 5280 §6), holds the dates against its own clock, and wants the purpose and exactly one
/// SPIFFE id of the root's system in the leaf (X509-SVID §2, §5). Host names are not looked at: inside a system the SPIFFE id is the
/// name. Any thread may use it.
public final class PeerVerifier {

    /// The longest chain that is looked at, root included.
    public static final int CHAIN_MAX = 4;

    private static final int DIGITAL_SIGNATURE = 0;

    /// So many chains that proved good are remembered, to spare their signatures the next time.
    static final int REMEMBERED = 256;

    private final TrustRoot root;
    private final InstantSource clock;
    private final Map<Shown, Verdict.Trusted> good = new ConcurrentHashMap<>();

    /// Believes that root alone.
    public PeerVerifier(TrustRoot root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    private record Shown(List<X509Certificate> chain, Purpose purpose) {}

    /// Whose chain it is.
    public sealed interface Verdict {
        /// It is this one's.
        record Trusted(SpiffeId id) implements Verdict {}

        /// It is nobody's who is known here.
        record Untrusted(String reason) implements Verdict {}
    }

    /// The root that is believed.
    public TrustRoot root() {
        return root;
    }

    /// Whose chain it is, leaf first, with or without the root at its end.
    public Verdict verify(List<X509Certificate> chain, Purpose purpose) {
        if (chain.isEmpty() || chain.size() > CHAIN_MAX) {
            return new Verdict.Untrusted(
                    chain.size() + " certificates (expected: 1 to " + CHAIN_MAX + ")");
        }
        List<X509Certificate> below =
                chain.getLast().equals(root.certificate())
                        ? chain.subList(0, chain.size() - 1)
                        : chain;
        if (below.isEmpty()) {
            return new Verdict.Untrusted("the root itself is nobody's identity");
        }
        Shown shown = new Shown(List.copyOf(below), purpose);
        Verdict.Trusted remembered = good.get(shown);
        if (remembered != null && inForce(below)) {
            return remembered;
        }
        try {
            X509Certificate leaf = below.getFirst();
            Optional<String> unfit = unfit(leaf, purpose);
            if (unfit.isPresent()) {
                return new Verdict.Untrusted(unfit.get());
            }
            followToRoot(below);
            Verdict verdict = named(leaf);
            if (verdict instanceof Verdict.Trusted trusted) {
                remember(shown, trusted);
            }
            return verdict;
        } catch (CertPathValidatorException notOurs) {
            return new Verdict.Untrusted(notOurs.getReason() + ": " + notOurs.getMessage());
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            // the JDK trips over some malformed names (a URI without a host under name constraints:
            // NullPointerException)
            return new Verdict.Untrusted("unreadable: " + unreadable.getMessage());
        }
    }

    private static Optional<String> unfit(X509Certificate leaf, Purpose purpose)
            throws CertificateParsingException {
        boolean[] usage = leaf.getKeyUsage();
        List<String> purposes = leaf.getExtendedKeyUsage();
        if (leaf.getBasicConstraints() >= 0) {
            return Optional.of("a certificate authority is nobody's identity");
        }
        if (usage == null || !usage[DIGITAL_SIGNATURE]) {
            return Optional.of("not for signatures");
        }
        return purposes != null && purposes.contains(purpose.oid())
                ? Optional.empty()
                : Optional.of("not for " + purpose);
    }

    private void followToRoot(List<X509Certificate> below) throws GeneralSecurityException {
        PKIXParameters parameters =
                new PKIXParameters(Set.of(new TrustAnchor(root.certificate(), null)));
        parameters.setRevocationEnabled(
                false); // identities live an hour; who is shut out gets no next one
        parameters.setDate(Date.from(clock.instant()));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(below),
                        parameters);
        root.certificate().checkValidity(Date.from(clock.instant()));
    }

    private boolean inForce(List<X509Certificate> below) {
        Instant now = clock.instant();
        return Stream.concat(below.stream(), Stream.of(root.certificate()))
                .noneMatch(each ->
                        now.isBefore(each.getNotBefore().toInstant())
                                || now.isAfter(each.getNotAfter().toInstant()));
    }

    private void remember(Shown shown, Verdict.Trusted trusted) {
        if (good.size() >= REMEMBERED) {
            good.clear();
        }
        good.put(shown, trusted);
    }

    private Verdict named(X509Certificate leaf) throws CertificateParsingException {
        List<String> uris = Certificates.uris(leaf);
        if (uris.size() != 1) {
            return new Verdict.Untrusted(uris.size() + " URI names (expected: 1)");
        }
        Optional<SpiffeId> id = SpiffeId.parse(uris.getFirst());
        if (id.isEmpty() || !id.get().system().equals(root.system())) {
            return new Verdict.Untrusted(
                    uris.getFirst() + " (expected: spiffe://" + root.system() + "/…)");
        }
        return new Verdict.Trusted(id.get());
    }
}
