package dev.ringwall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.people.ClientKeys;
import dev.ringwall.people.Secrets;
import dev.ringwall.people.Signatures;
import dev.ringwall.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.Jwt;

/// Proofs that whoever asks holds a key (RFC 9449 §4.3). Each counts for one request, one minute, and once: what was used is remembered
/// in the database, so that a proof overheard at one process of the provider is worth nothing at another.
final class Proofs {

    /// Those that the door takes; a token bound to a key of another kind would open nothing.
    static final List<String> ALGORITHMS = ClientKeys.ALGORITHMS;

    static final String HEADER = "DPoP";

    /// The one that came with the request for a token which is being answered; not spent yet.
    static final ScopedValue<Jwt> SHOWN = ScopedValue.newInstance();

    /// How long after it was made a proof counts.
    static final Duration LIFE = Duration.ofSeconds(60);

    /// How far ahead the caller's clock may be.
    static final Duration SKEW = Duration.ofSeconds(10);

    private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

    static final int CHARACTERS_MAX = 4 * 1024;
    static final int ID_CHARACTERS_MAX = 256;

    private final Store store;
    private final InstantSource clock;

    Proofs(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Whether a proof came with the request.
    static boolean came(HttpServletRequest request) {
        return request.getHeaders(HEADER).hasMoreElements();
    }

    /// The one that came with the request for a token which is being answered.
    static Optional<Jwt> shown() {
        return SHOWN.isBound() ? Optional.of(SHOWN.get()) : Optional.empty();
    }

    /// The thumbprint of the key that the proof with the request is by (RFC 7638), spent.
    ///
    /// @throws OAuth2AuthenticationException when there is not exactly one, or it does not count
    String key(HttpServletRequest request) {
        return spent(proof(request));
    }

    /// The same for a request that uses an access token: the proof must be for that token.
    String key(HttpServletRequest request, String token) {
        Jwt proof = proof(request);
        if (!sha256(token).equals(proof.getClaims().get("ath"))) {
            throw refused("the proof is for another token");
        }
        return spent(proof);
    }

    /// The proof with the request, not spent yet.
    Jwt proof(HttpServletRequest request) {
        List<String> proofs = Collections.list(request.getHeaders(HEADER));
        if (proofs.size() != 1) {
            throw refused("there is not one proof");
        }
        String text = proofs.getFirst();
        String url = request.getRequestURL().toString();
        if (text.length() > CHARACTERS_MAX) {
            throw refused("the proof has more than " + CHARACTERS_MAX + " characters");
        }
        Jwt proof = signed(text);
        if (!request.getMethod().equals(proof.getClaims().get("htm"))
                || !url.equals(proof.getClaims().get("htu"))) {
            throw refused("the proof is for another request");
        }
        Instant made = proof.getIssuedAt();
        Instant now = clock.instant();
        if (made == null || made.isAfter(now.plus(SKEW)) || !now.isBefore(made.plus(LIFE))) {
            throw refused("the proof was not made within " + LIFE.toSeconds() + " seconds");
        }
        return proof;
    }

    /// RFC 9449 §4.3, items 4 to 7.
    private static Jwt signed(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            JWK key = jwt.getHeader().getJWK();
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (key == null
                    || key.isPrivate()
                    || !TYPE.equals(jwt.getHeader().getType())
                    || Signatures.ofClients(key)
                            .filter(algorithm -> Signatures.by(key, algorithm, jwt))
                            .isEmpty()
                    || claims.getClaims().isEmpty()) {
                throw refused(
                        "the proof is not signed by the public key in it, with one of "
                                + ALGORITHMS);
            }
            return new Jwt(
                    text,
                    claims.getIssueTime() == null ? null : claims.getIssueTime().toInstant(),
                    null,
                    jwt.getHeader().toJSONObject(),
                    claims.getClaims());
        } catch (ParseException | IllegalArgumentException unusable) {
            throw refused("the proof cannot be read");
        }
    }

    /// Takes note of a proof that was found good otherwise, and tells the thumbprint of its key.
    ///
    /// @throws OAuth2AuthenticationException when it was used before
    String spent(Jwt proof) {
        String key = thumbprint(proof);
        String id = proof.getId();
        if (id == null || id.isEmpty() || id.length() > ID_CHARACTERS_MAX) {
            throw refused("the proof has no usable jti");
        }
        int added =
                store.write(tx ->
                        tx.change(
                                "INSERT INTO used_assertion (hash, expires) VALUES (?, ?) ON CONFLICT DO NOTHING",
                                Secrets.sha256("dpop\n" + key + "\n" + id),
                                clock.instant().plus(LIFE).plus(SKEW).toEpochMilli()));
        if (added != 1) {
            throw refused("the proof was used before");
        }
        return key;
    }

    @SuppressWarnings("unchecked")
    private static String thumbprint(Jwt proof) {
        try {
            return JWK.parse((Map<String, Object>) proof.getHeaders().get("jwk"))
                    .computeThumbprint()
                    .toString();
        } catch (ParseException | JOSEException | ClassCastException unusable) {
            throw refused("the proof has no usable key");
        }
    }

    static OAuth2AuthenticationException refused(String why) {
        return new OAuth2AuthenticationException(new OAuth2Error("invalid_dpop_proof", why, null));
    }

    private static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
