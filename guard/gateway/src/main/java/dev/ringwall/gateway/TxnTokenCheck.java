package dev.ringwall.gateway;

import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.events.Actor;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Purpose;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.Reason;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks transaction tokens. A sidecar believes one only from the peer that signed it, for the operation that the request leads to.
final class TxnTokenCheck {

    private TxnTokenCheck() {}

    /// Who calls, by a token that came over a connection of that peer.
    ///
    /// @param self      the service that this sidecar stands before
    /// @param operation what the request leads to
    static Proof check(
            String token,
            SpiffeId peer,
            X509Certificate certificate,
            SpiffeId self,
            String operation,
            PeerVerifier peers,
            Instant now) {
        Jws.UncheckedJws unchecked = Jws.read(token, TxnTokens.TYPE);
        if (unchecked == null) {
            return refused("not an ES256 txntoken+jwt");
        }
        if (!(certificate.getPublicKey() instanceof ECPublicKey key)
                || !Jws.signedBy(unchecked, key)) {
            return refused("not signed by the peer that presents it");
        }
        try {
            JWTClaimsSet claims = unchecked.claims();
            Optional<String> wrong = wrong(claims, peer, certificate, self, now);
            if (wrong.isPresent()) {
                return refused(wrong.get());
            }
            if (!operation.equals(claims.getStringClaim("scope"))) {
                return refused("for another operation");
            }
            return caller(claims, peer, peers, now);
        } catch (ParseException malformed) {
            return refused("a claim is not of its type");
        }
    }

    private static Optional<String> wrong(
            JWTClaimsSet claims,
            SpiffeId issuer,
            X509Certificate certificate,
            SpiffeId audience,
            Instant now)
            throws ParseException {
        if (!issuer.toString().equals(claims.getIssuer())) {
            return Optional.of("issued by somebody else");
        }
        if (!claims.getAudience().equals(List.of(audience.toString()))) {
            return Optional.of("for somebody else");
        }
        Map<String, Object> confirmation = claims.getJSONObjectClaim("cnf");
        if (confirmation == null
                || !TxnTokens.thumbprint(certificate).equals(confirmation.get("x5t#S256"))) {
            return Optional.of("bound to another certificate");
        }
        if (claims.getExpirationTime() == null
                || !now.isBefore(claims.getExpirationTime().toInstant().plus(AccessTokens.SKEW))) {
            return Optional.of("expired");
        }
        return claims.getIssueTime() == null
                        || now.plus(AccessTokens.SKEW).isBefore(claims.getIssueTime().toInstant())
                ? Optional.of("not valid yet")
                : Optional.empty();
    }

    private static Proof caller(JWTClaimsSet claims, SpiffeId peer, PeerVerifier peers, Instant now)
            throws ParseException {
        Optional<Actor> actor = actor(claims);
        if (actor.isEmpty()) {
            return refused("names no caller");
        }
        boolean fromGateway = peer.equals(SpiffeId.gateway(peer.system()));
        if (fromGateway == (actor.get().kind() == Actor.Kind.SERVICE)) {
            return refused(
                    fromGateway
                            ? "the gateway speaks for callers outside"
                            : "a service speaks for itself");
        }
        long expires = claims.getExpirationTime().toInstant().toEpochMilli();
        if (fromGateway) {
            return new Proof.Proved(actor.get(), Optional.empty(), Optional.empty(), expires);
        }
        Actor service =
                new Actor(
                        Actor.Kind.SERVICE,
                        "service:" + peer.name(),
                        List.of(),
                        actor.get().address());
        String prior = claims.getStringClaim("prior");
        if (prior == null) {
            return new Proof.Proved(service, Optional.empty(), Optional.empty(), expires);
        }
        Optional<Actor> original = original(prior, peer, peers, now);
        return original.isEmpty()
                ? refused("the token that it was handed on is not good")
                : new Proof.Proved(service, Optional.empty(), original, expires);
    }

    /// On whose behalf the service calls, by the gateway's own word to it.
    private static Optional<Actor> original(
            String prior, SpiffeId service, PeerVerifier peers, Instant now) throws ParseException {
        Jws.UncheckedJws unchecked = Jws.read(prior, TxnTokens.TYPE);
        if (unchecked == null) {
            return Optional.empty();
        }
        List<X509Certificate> chain = chain(unchecked.header().getX509CertChain());
        if (chain.isEmpty()
                || !(chain.getFirst().getPublicKey() instanceof ECPublicKey key)
                || !Jws.signedBy(unchecked, key)
                || !(peers.verify(chain, Purpose.CLIENT)
                        instanceof PeerVerifier.Verdict.Trusted(SpiffeId signer))
                || !signer.equals(SpiffeId.gateway(service.system()))
                || wrong(unchecked.claims(), signer, chain.getFirst(), service, now).isPresent()) {
            return Optional.empty();
        }
        return actor(unchecked.claims()).filter(actor -> actor.kind() != Actor.Kind.SERVICE);
    }

    private static List<X509Certificate> chain(
            @org.jspecify.annotations.Nullable List<Base64> encoded) {
        List<X509Certificate> chain = new ArrayList<>();
        if (encoded == null || encoded.size() > PeerVerifier.CHAIN_MAX) {
            return chain;
        }
        try {
            CertificateFactory certificates = CertificateFactory.getInstance("X.509");
            for (Base64 one : encoded) {
                chain.add(
                        (X509Certificate)
                                certificates.generateCertificate(
                                        new ByteArrayInputStream(one.decode())));
            }
            return chain;
        } catch (CertificateException unreadable) {
            return List.of();
        }
    }

    private static Optional<Actor> actor(JWTClaimsSet claims) throws ParseException {
        Map<String, Object> context = claims.getJSONObjectClaim("rctx");
        if (context == null
                || claims.getSubject() == null
                || !(context.get("address") instanceof String address)) {
            return Optional.empty();
        }
        List<String> roles =
                context.get("roles") instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of();
        return TxnTokens.kind(String.valueOf(context.get("kind")))
                .map(kind -> new Actor(kind, claims.getSubject(), roles, address));
    }

    private static Proof refused(String note) {
        return new Proof.Unproved(Refusal.of(Reason.TXN_TOKEN_INVALID, note));
    }
}
