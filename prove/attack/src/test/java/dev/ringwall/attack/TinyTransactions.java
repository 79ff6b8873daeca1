package dev.ringwall.attack;

import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.model.OperationName;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the sidecar of one tiny service believes of transaction tokens.
final class TinyTransactions {

    private static final String ID = "spiffe://tiny/";
    private static final String THUMBPRINT = "x5t#S256";
    private static final Set<String> HEADER = Set.of("alg", "typ", THUMBPRINT);

    private final TinySystem system;
    private final String name;

    /// Those who called here, by thumbprint.
    private final Map<String, X509Certificate> callers = new ConcurrentHashMap<>();

    TinyTransactions(TinySystem system, String name) {
        this.system = system;
        this.name = name;
    }

    private boolean weak(Weakness weakness) {
        return system.weaknesses.contains(weakness);
    }

    /// A token that the peer shows.
    boolean good(Jws jws, String peer, X509Certificate shown, OperationName called)
            throws Exception {
        String print = TinyCertificates.thumbprint(shown);
        boolean plain =
                jws.header().keySet().equals(HEADER)
                        || weak(Weakness.TXN_BROUGHT_KEY_TRUSTED)
                        || weak(Weakness.TXN_BINDING_IGNORED);
        boolean named =
                print.equals(jws.header().get(THUMBPRINT))
                        || weak(Weakness.TXN_THUMBPRINT_IGNORED)
                        || weak(Weakness.TXN_BINDING_IGNORED);
        boolean bound =
                weak(Weakness.TXN_BINDING_IGNORED)
                        || (print.equals(bound(jws))
                                && (ID + peer).equals(jws.claims().get("iss")));
        boolean scope =
                weak(Weakness.TXN_SCOPE_IGNORED)
                        || called.toString().equals(jws.claims().get("scope"));
        boolean good =
                plain
                        && named
                        && bound
                        && fresh(jws)
                        && scope
                        && (weak(Weakness.TXN_AUDIENCE_IGNORED) || isFor(jws, name))
                        && prior(jws, peer)
                        && (weak(Weakness.TXN_SIGNATURE_IGNORED) || signed(jws, shown));
        if (good) {
            callers.put(print, shown);
        }
        return good;
    }

    /// A token that the service shows again on its way out.
    boolean goodHanded(Jws jws) {
        Optional<X509Certificate> caller =
                Optional.ofNullable(callers.get(String.valueOf(jws.header().get(THUMBPRINT))));
        return weak(Weakness.TXN_HANDED_UNCHECKED)
                || (caller.isPresent()
                        && jws.header().keySet().equals(HEADER)
                        && fresh(jws)
                        && isFor(jws, name)
                        && TinySignatures.good(jws, caller.get().getPublicKey()));
    }

    private boolean fresh(Jws jws) {
        return weak(Weakness.TXN_EXPIRY_IGNORED)
                || Instant.now().getEpochSecond() <= ((Number) jws.claims().get("exp")).longValue();
    }

    private static boolean isFor(Jws jws, String service) {
        return (ID + service).equals(jws.claims().get("aud"));
    }

    private static Object bound(Jws jws) {
        return jws.claims().get("cnf") instanceof Map<?, ?> cnf
                ? String.valueOf(cnf.get(THUMBPRINT))
                : "";
    }

    private boolean signed(Jws jws, X509Certificate shown) throws Exception {
        Optional<X509Certificate> signer =
                weak(Weakness.TXN_BINDING_IGNORED) ? whoever(jws) : Optional.of(shown);
        Optional<PublicKey> brought =
                weak(Weakness.TXN_BROUGHT_KEY_TRUSTED) ? brought(jws) : Optional.empty();
        return brought.or(() -> signer.map(X509Certificate::getPublicKey))
                .filter(key -> TinySignatures.good(jws, key))
                .isPresent();
    }

    /// The key that the token brings along.
    private static Optional<PublicKey> brought(Jws jws) throws Exception {
        if (jws.header().get("x5c") instanceof List<?> chain) {
            return Optional.of(certificate(chain.getFirst()).getPublicKey());
        }
        return jws.header().get("jwk") instanceof Map<?, ?> jwk
                ? Optional.of(ECKey.parse(string(jwk)).toECPublicKey())
                : Optional.empty();
    }

    private static Map<String, Object> string(Map<?, ?> jwk) {
        Map<String, Object> members = new ConcurrentHashMap<>();
        jwk.forEach((member, value) -> members.put(String.valueOf(member), value));
        return members;
    }

    /// The certificate that the token names, wherever it is to be had.
    private Optional<X509Certificate> whoever(Jws jws) throws Exception {
        Object print = jws.header().get(THUMBPRINT);
        if (jws.header().get("x5c") instanceof List<?> chain) {
            X509Certificate brought = certificate(chain.getFirst());
            if (TinyCertificates.thumbprint(brought).equals(print)) {
                return Optional.of(brought);
            }
        }
        for (Pki.Identity identity : system.identities.values()) {
            if (CertificateText.thumbprint(identity).equals(print)) {
                return Optional.of(identity.leaf());
            }
        }
        return Optional.empty();
    }

    /// A token inside must be the gateway's, for the peer.
    private boolean prior(Jws jws, String peer) throws Exception {
        if (!(jws.claims().get("prior") instanceof String text)
                || weak(Weakness.TXN_PRIOR_UNCHECKED)) {
            return true;
        }
        Jws prior = Jws.parse(text);
        X509Certificate leaf = certificate(((List<?>) jws.claims().get("prior_x5c")).getFirst());
        String print = TinyCertificates.thumbprint(leaf);
        return ours(leaf)
                && TinySidecar.peerName(leaf).equals("gateway")
                && print.equals(prior.header().get(THUMBPRINT))
                && print.equals(bound(prior))
                && isFor(prior, peer)
                && fresh(prior)
                && TinySignatures.good(prior, leaf.getPublicKey());
    }

    private boolean ours(X509Certificate leaf) {
        try {
            leaf.verify(system.authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException somebodyElses) {
            return false;
        }
    }

    private static X509Certificate certificate(Object text) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(
                                        Base64.getDecoder().decode(String.valueOf(text))));
    }
}
