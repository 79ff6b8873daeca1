package dev.ringwall.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.events.Actor;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SpiffeId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Makes transaction tokens (draft-ietf-oauth-transaction-tokens): this node's word to the next one about who calls which operation.
///
/// A token is signed with the node's own identity and bound to its certificate (`cnf`, RFC 8705 §3.1), to the callee (`aud`) and to one
/// operation (`scope`), and lives [#LIFE]. Within [#REUSE] the same caller and operation get the same token, since the node could make
/// another at any moment anyway. Thread-safe.
final class TxnTokens {

    static final String TYPE = "txntoken+jwt";
    static final Duration LIFE = Duration.ofSeconds(30);
    static final Duration REUSE = Duration.ofSeconds(10);
    static final int REMEMBERED_MAX = 10_000;

    private final Supplier<Identity> signer;
    private final InstantSource clock;
    private final ConcurrentHashMap<Key, Made> made = new ConcurrentHashMap<>();

    private record Key(String serial, String operation, Actor caller, Optional<String> prior) {}

    private record Made(String token, Instant at) {}

    TxnTokens(Supplier<Identity> signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /// The token for a call of that operation.
    ///
    /// @param prior the token that the service was handed on, when it calls on somebody's behalf
    String token(
            String operation, String callee, Actor caller, Optional<String> prior, String request) {
        Identity identity = signer.get();
        Key key =
                new Key(
                        identity.certificate().getSerialNumber().toString(16),
                        operation,
                        caller,
                        prior);
        Instant now = clock.instant();
        Made known = made.get(key);
        if (known != null && now.isBefore(known.at().plus(REUSE)) && !now.isBefore(known.at())) {
            return known.token();
        }
        String token = sign(identity, operation, callee, caller, prior, request, now);
        if (made.size() >= REMEMBERED_MAX) {
            made.clear();
        }
        made.put(key, new Made(token, now));
        return token;
    }

    private static String sign(
            Identity identity,
            String operation,
            String callee,
            Actor caller,
            Optional<String> prior,
            String request,
            Instant now) {
        X509Certificate certificate = identity.certificate();
        SpiffeId self = identity.id().orElseThrow();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(self.toString())
                        .audience(new SpiffeId(self.system(), callee).toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .claim("txn", request)
                        .subject(caller.id())
                        .claim("scope", operation)
                        .claim(
                                "rctx",
                                Map.of(
                                        "roles",
                                        caller.roles(),
                                        "kind",
                                        caller.kind().word(),
                                        "address",
                                        caller.address()))
                        .claim("cnf", Map.of("x5t#S256", thumbprint(certificate)));
        prior.ifPresent(token -> claims.claim("prior", token));
        try {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType(TYPE))
                            .x509CertChain(
                                    List.of(
                                            Base64.encode(certificate.getEncoded()),
                                            issuing(identity)))
                            .build();
            SignedJWT jwt = new SignedJWT(header, claims.build());
            jwt.sign(new ECDSASigner(identity.privateKey()));
            return jwt.serialize();
        } catch (JOSEException | CertificateEncodingException cannotSign) {
            throw new IllegalStateException("this node's identity does not sign", cannotSign);
        }
    }

    private static Base64 issuing(Identity identity) throws CertificateEncodingException {
        return Base64.encode(identity.chain().getLast().getEncoded());
    }

    /// SHA-256 of the certificate, as `x5t#S256` has it.
    static String thumbprint(X509Certificate certificate) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()))
                    .toString();
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The kind of caller that the word stands for; empty when it is none that may stand in a token.
    static Optional<Actor.Kind> kind(Object word) {
        for (Actor.Kind kind :
                List.of(
                        Actor.Kind.STRANGER,
                        Actor.Kind.PERSON,
                        Actor.Kind.KEY,
                        Actor.Kind.CLIENT,
                        Actor.Kind.SERVICE)) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
