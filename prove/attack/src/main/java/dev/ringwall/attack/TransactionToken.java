package dev.ringwall.attack;

import dev.ringwall.model.OperationName;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A transaction token (draft-ietf-oauth-transaction-tokens) as a broken-into service would make it: right unless it is made wrong.
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

    /// Signed by the identity, bound to its certificate.
    String signed(Pki.Identity identity) {
        return signed(identity, identity);
    }

    /// Signed by one identity and bound to the certificate of another.
    String signed(Pki.Identity signer, Pki.Identity shown) {
        return jws(shown, "ES256").es256(signer.key()).compact();
    }

    /// Not signed at all.
    String unsigned(Pki.Identity shown) {
        return jws(shown, "none").compact();
    }

    /// Signed for what it was, then changed.
    String tampered(Pki.Identity identity, Map<String, Object> changes) {
        String signature = jws(identity, "ES256").es256(identity.key()).signature();
        return claims(changes).jws(identity, "ES256").signature(signature).compact();
    }

    private Jws jws(Pki.Identity shown, String algorithm) {
        try {
            byte[] leaf = shown.leaf().getEncoded();
            List<String> chain = new ArrayList<>();
            for (X509Certificate certificate : shown.chain()) {
                chain.add(Base64.getEncoder().encodeToString(certificate.getEncoded()));
            }
            String thumbprint =
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(leaf));
            Map<String, Object> bound = new HashMap<>(claims);
            bound.put("cnf", Map.of("x5t#S256", thumbprint));
            return Jws.unsigned(
                    Map.of("typ", "txntoken+jwt", "alg", algorithm, "x5c", chain), bound);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
