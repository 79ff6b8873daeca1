package dev.ringwall.gateway;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.events.Actor;
import dev.ringwall.model.Reason;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks access tokens (RFC 9068): type, algorithm, key, issuer, audience, time, revocation. Keys come from the bundle alone; what a
/// token's header says of keys (`jwk`, `jku`, `x5u`) is not looked at.
final class AccessTokens {

    /// How far clocks may be apart.
    static final Duration SKEW = Duration.ofSeconds(5);

    private static final String TYPE = "at+jwt";

    private AccessTokens() {}

    static Proof check(String token, String address, Snapshot snapshot, Instant now) {
        Jws.UncheckedJws unchecked = Jws.read(token, TYPE);
        if (unchecked == null) {
            return refused(Reason.TOKEN_MALFORMED, "not an ES256 at+jwt");
        }
        String kid = unchecked.header().getKeyID();
        ECPublicKey key = kid == null ? null : snapshot.tokenKeys().get(kid);
        if (key == null || !Jws.signedBy(unchecked, key)) {
            return refused(
                    Reason.TOKEN_NOT_OURS,
                    key == null ? "unknown key" : "signature does not verify");
        }
        try {
            return claims(unchecked.claims(), address, snapshot, now);
        } catch (ParseException malformed) {
            return refused(Reason.TOKEN_MALFORMED, "a claim is not of its type");
        }
    }

    private static Proof claims(JWTClaimsSet claims, String address, Snapshot snapshot, Instant now)
            throws ParseException {
        if (!snapshot.issuer().equals(claims.getIssuer())) {
            return refused(Reason.TOKEN_NOT_OURS, "another issuer");
        }
        if (!claims.getAudience().contains(snapshot.audience())) {
            return refused(Reason.TOKEN_WRONG_AUDIENCE, "another audience");
        }
        Date expires = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        String subject = claims.getSubject();
        String id = claims.getJWTID();
        if (expires == null || issued == null || subject == null || id == null) {
            return refused(Reason.TOKEN_MALFORMED, "exp, iat, sub or jti is missing");
        }
        if (!now.isBefore(expires.toInstant())) {
            return refused(Reason.TOKEN_EXPIRED, "expired");
        }
        Date notBefore = claims.getNotBeforeTime() == null ? issued : claims.getNotBeforeTime();
        if (now.plus(SKEW).isBefore(notBefore.toInstant())) {
            return refused(Reason.TOKEN_NOT_YET_VALID, "not valid yet");
        }
        Snapshot.Revocations revoked = snapshot.revoked();
        String session = claims.getStringClaim("sid");
        if (revoked.tokens().contains(id)
                || revoked.accounts().contains(subject)
                || (session != null && revoked.sessions().contains(session))) {
            return refused(Reason.TOKEN_REVOKED, "revoked");
        }
        List<String> roles = claims.getStringListClaim("roles");
        String scope = claims.getStringClaim("scope");
        Set<String> scopes =
                scope == null
                        ? Set.of()
                        : Arrays.stream(scope.split(" ")).collect(Collectors.toSet());
        Actor.Kind kind =
                subject.equals(claims.getStringClaim("client_id"))
                        ? Actor.Kind.CLIENT
                        : Actor.Kind.PERSON;
        Actor actor = new Actor(kind, subject, roles == null ? List.of() : roles, address);
        return new Proof.Proved(
                actor, Optional.of(scopes), Optional.empty(), expires.toInstant().toEpochMilli());
    }

    private static Proof refused(Reason reason, String note) {
        return new Proof.Unproved(Refusal.of(reason, note));
    }
}
