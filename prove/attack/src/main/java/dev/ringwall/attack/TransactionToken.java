package dev.ringwall.attack;

import dev.ringwall.model.OperationName;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A transaction token (draft-ietf-oauth-transaction-tokens) as a broken-into service would make it: right unless it is made wrong. Its header
/// names the certificate that the peer shows (`x5t#S256`, RFC 7515 §4.1.8) and does not bring it along.
record TransactionToken(Map<String, Object> claims) {

    static final long LIFETIME_SECONDS = 30;

    TransactionToken {
        claims = Map.copyOf(claims);
    }

    /// What the service would truthfully say about its own call.
    static TransactionToken of(
            InstantSource clock, String system, String service, OperationName operation) {
        long now = clock.instant().getEpochSecond();
        return new TransactionToken(
                Map.of(
                        "iss",
                        "spiffe://" + system + "/" + service,
                        "aud",
                        "spiffe://" + system + "/" + operation.owner(),
                        "iat",
                        now,
                        "exp",
                        now + LIFETIME_SECONDS,
                        "txn",
                        UUID.randomUUID().toString(),
                        "sub",
                        "service:" + service,
                        "scope",
                        operation.toString(),
                        "rctx",
                        Map.of("roles", List.of(), "kind", "service", "address", "127.0.0.1")));
    }

    /// The same with these claims instead.
    TransactionToken claims(Map<String, Object> others) {
        Map<String, Object> all = new HashMap<>(claims);
        all.putAll(others);
        return new TransactionToken(all);
    }

    /// The same on behalf of who stands in that token, which that identity is said to have signed.
    TransactionToken inside(String prior, Pki.Identity by) {
        return claims(Map.of("prior", prior, "prior_x5c", CertificateText.x5c(by)));
    }

    /// Signed by the identity, bound to its certificate.
    String signed(Pki.Identity identity) {
        return signed(identity, identity);
    }

    /// Signed by one identity and bound to the certificate of another.
    String signed(Pki.Identity signer, Pki.Identity shown) {
        return headed(signer, shown, Map.of());
    }

    /// Signed by one identity and bound to the certificate of another, with these members in its header as well, or instead.
    String headed(Pki.Identity signer, Pki.Identity shown, Map<String, Object> members) {
        return jws(shown, "ES256", members).es256(signer.key()).compact();
    }

    /// Not signed at all.
    String unsigned(Pki.Identity shown) {
        return jws(shown, "none", Map.of()).compact();
    }

    /// Signed for what it was, then changed.
    String tampered(Pki.Identity identity, Map<String, Object> changes) {
        String signature = jws(identity, "ES256", Map.of()).es256(identity.key()).signature();
        return claims(changes).jws(identity, "ES256", Map.of()).signature(signature).compact();
    }

    private Jws jws(Pki.Identity shown, String algorithm, Map<String, Object> members) {
        Map<String, Object> header = new HashMap<>();
        header.put("typ", "txntoken+jwt");
        header.put("alg", algorithm);
        header.put("x5t#S256", CertificateText.thumbprint(shown));
        header.putAll(members);
        Map<String, Object> bound = new HashMap<>(claims);
        bound.put("cnf", Map.of("x5t#S256", CertificateText.thumbprint(shown)));
        return Jws.unsigned(header, bound);
    }
}
