package dev.ringwall.federation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks at what a provider has signed: by a key of its own, with an algorithm of two keys, for us alone, now. `none` and whatever is made with a
/// shared secret count nowhere, or the secret and the public keys would be keys to sign with (RFC 8725 §2.1, §3.1).
final class Signed {

    /// How far the clocks of providers may be off.
    static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    /// How long ago an ID token may have been made that answers a code, and a logout token.
    static final Duration MADE_WITHIN = Duration.ofMinutes(10);

    static final int CHARACTERS_MAX = 64 * 1024;
    static final int SUBJECT_CHARACTERS_MAX = 255;
    static final int RSA_BITS_MIN = 2048;

    static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private static final Set<String> ALGORITHMS =
            Set.of(
                    "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512",
                    "EdDSA", "Ed25519");

    /// Nothing that reads in two ways gets to the parser.
    private static final Pattern COMPACT =
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final Known known;
    private final InstantSource clock;

    Signed(Known known, InstantSource clock) {
        this.known = known;
        this.clock = clock;
    }

    /// An ID token (OpenID Connect Core §3.1.3.7), without what only the one who asked for it can know: its nonce and its age.
    Claims idToken(String text) throws Untrusted {
        SignedJWT token = parsed(text);
        type(token.getHeader(), "jwt");
        JWTClaimsSet claims = verified(token);
        Untrusted.unless(claims.getClaim("events") == null, "token-of-another-kind");
        Untrusted.unless(claims.getIssueTime() != null, "iat-missing");
        return claims(claims, text(claims.getSubject(), "sub-missing"));
    }

    /// A logout token (OpenID Connect Back-Channel Logout 1.0 §2.6), but for whether it was used before.
    Claims logoutToken(String text) throws Untrusted {
        SignedJWT token = parsed(text);
        type(token.getHeader(), "logout+jwt", "jwt");
        JWTClaimsSet claims = verified(token);
        Untrusted.unless(
                claims.getClaim("events") instanceof Map<?, ?> events
                        && events.get(LOGOUT_EVENT) instanceof Map<?, ?>,
                "token-of-another-kind");
        Untrusted.unless(claims.getClaim("nonce") == null, "token-of-another-kind");
        text(claims.getJWTID(), "jti-missing");
        Untrusted.unless(recent(claims.getIssueTime()), "token-too-old");
        Claims read = claims(claims, claims.getSubject() == null ? "" : claims.getSubject());
        Untrusted.unless(
                !read.subject().isEmpty() || read.sid().isPresent(), "sub-and-sid-missing");
        return read;
    }

    /// Whether it was made just now.
    boolean recent(@Nullable Date made) {
        return made != null && !made.toInstant().isBefore(clock.instant().minus(MADE_WITHIN));
    }

    private static SignedJWT parsed(String text) throws Untrusted {
        Untrusted.unless(
                text.length() <= CHARACTERS_MAX && COMPACT.matcher(text).matches(),
                "token-not-valid");
        try {
            return SignedJWT.parse(text);
        } catch (ParseException unreadable) {
            throw new Untrusted("token-not-valid", unreadable);
        }
    }

    private static void type(JWSHeader header, String... known) throws Untrusted {
        Untrusted.unless(
                header.getType() == null
                        || List.of(known)
                                .contains(
                                        header.getType()
                                                .getType()
                                                .toLowerCase(java.util.Locale.ROOT)),
                "token-of-another-kind");
    }

    private JWTClaimsSet verified(SignedJWT token) throws Untrusted {
        JWSHeader header = token.getHeader();
        String algorithm = header.getAlgorithm().getName();
        Set<String> says = known.metadata().algorithms();
        Untrusted.unless(
                ALGORITHMS.contains(algorithm) && (says.isEmpty() || says.contains(algorithm)),
                "algorithm-not-allowed");
        JWKMatcher matcher =
                Ed25519.matcher(header).orElseGet(() -> JWKMatcher.forJWSHeader(header));
        List<JWK> keys = known.keys(key -> matcher != null && matcher.matches(key));
        boolean signed = false;
        for (JWK key : keys) {
            signed |= signed(token, header.getAlgorithm(), key);
        }
        Untrusted.unless(signed, "signature-not-valid");
        try {
            JWTClaimsSet claims = token.getJWTClaimsSet();
            forUs(claims);
            return claims;
        } catch (ParseException unreadable) {
            throw new Untrusted("token-not-valid", unreadable);
        }
    }

    private static boolean signed(SignedJWT token, JWSAlgorithm algorithm, JWK key) {
        if (key instanceof OctetKeyPair curve) {
            return Ed25519.signed(token, curve);
        }
        try {
            JWSVerifier verifier =
                    switch (key) {
                        case ECKey curve -> new ECDSAVerifier(curve);
                        case RSAKey rsa when rsa.size() >= RSA_BITS_MIN -> new RSASSAVerifier(rsa);
                        default -> null;
                    };
            return verifier != null
                    && verifier.supportedJWSAlgorithms().contains(algorithm)
                    && token.verify(verifier);
        } catch (JOSEException unfit) {
            return false;
        }
    }

    private void forUs(JWTClaimsSet claims) throws Untrusted, ParseException {
        String client = known.provider().client();
        Untrusted.unless(known.provider().issuer().equals(claims.getIssuer()), "iss-of-another");
        Untrusted.unless(List.of(client).equals(claims.getAudience()), "aud-of-another");
        String azp = claims.getStringClaim("azp");
        Untrusted.unless(azp == null || azp.equals(client), "azp-of-another");
        Instant now = clock.instant();
        Instant latest = now.plus(CLOCKS_DIFFER);
        Date until = claims.getExpirationTime();
        Untrusted.unless(
                until != null && now.minus(CLOCKS_DIFFER).isBefore(until.toInstant()),
                "token-over");
        Untrusted.unless(
                !after(claims.getNotBeforeTime(), latest) && !after(claims.getIssueTime(), latest),
                "token-of-the-future");
    }

    private static boolean after(@Nullable Date time, Instant latest) {
        return time != null && time.toInstant().isAfter(latest);
    }

    private static String text(@Nullable String value, String otherwise) throws Untrusted {
        if (value == null || value.isBlank() || value.length() > SUBJECT_CHARACTERS_MAX) {
            throw new Untrusted(otherwise);
        }
        return value;
    }

    private static Claims claims(JWTClaimsSet claims, String subject) throws Untrusted {
        Map<String, Object> all = new HashMap<>();
        claims.getClaims()
                .forEach((name, value) -> {
                    if (value != null) {
                        all.put(name, value);
                    }
                });
        Optional<String> sid =
                all.get("sid") instanceof String text
                        ? Optional.of(text(text, "sid-not-valid"))
                        : Optional.empty();
        Optional<Instant> authTime =
                all.get("auth_time") instanceof Number seconds
                        ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                        : Optional.empty();
        Date until = claims.getExpirationTime();
        return new Claims(
                String.valueOf(claims.getIssuer()),
                subject,
                sid,
                authTime,
                until == null ? Instant.EPOCH : until.toInstant(),
                all);
    }
}
