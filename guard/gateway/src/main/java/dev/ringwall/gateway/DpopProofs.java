package dev.ringwall.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.keys.Ed25519;
import dev.ringwall.keys.StrictBase64Url;
import dev.ringwall.limits.SharedCounts;
import dev.ringwall.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Checks that who shows a token bound to a key holds that key (RFC 9449 §4.3, §7.1): a proof counts for one request, one token and
/// one minute, and once. Takes a signature, so event loops ask elsewhere; any thread may use it.
///
/// What was used once is remembered by this node, and where nodes count together, by all of them. While they cannot, a proof must name a
/// nonce of this gateway (§9), so that it is good at no other: then what this node remembers is enough.
final class DpopProofs {

    /// The algorithms of proofs, as challenges name them.
    static final String ALGORITHMS = "ES256 PS256 EdDSA Ed25519";

    /// The longest proof that is looked at, in characters.
    static final int LENGTH_MAX = 4 << 10;

    /// The longest `jti`, in characters.
    static final int ID_LENGTH_MAX = 256;

    /// How long after it was made a proof counts.
    static final Duration LIFETIME = Duration.ofSeconds(60);

    /// How far ahead the caller's clock may be.
    static final Duration SKEW = Duration.ofSeconds(5);

    private static final String TYPE = "dpop+jwt";
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 4096;

    private static final Duration WINDOW = LIFETIME.plus(SKEW);

    private final UsedOnce used = new UsedOnce(WINDOW);
    private final DpopNonces nonces = new DpopNonces();
    private final SharedCounts shared;

    DpopProofs(SharedCounts shared) {
        this.shared = shared;
    }

    /// The request that a proof is for.
    ///
    /// @param method     as it stands in the request line
    /// @param url        without query and fragment
    /// @param token      the access token beside it
    /// @param thumbprint of the key that the token is bound to (RFC 7638)
    record Use(String method, String url, String token, String thumbprint) {}

    /// What became of a proof.
    sealed interface Checked {
        /// The caller holds the key.
        record Good() implements Checked {}

        /// The caller holds the key, and is to name this nonce from now on (RFC 9449 §8.2).
        record GoodWithNext(String nonce) implements Checked {}

        /// The proof does not count.
        record Bad(Reason reason, String note) implements Checked {}

        /// The other nodes are asked.
        record Asked(CompletionStage<Checked> then) implements Checked {}
    }

    /// What proofs may have to name.
    DpopNonces nonces() {
        return nonces;
    }

    /// Checks the proof, and takes note of it where it is good.
    Checked check(String proof, Use use, Instant now) {
        if (proof.length() > LENGTH_MAX || !StrictBase64Url.canonicalParts(proof, 3)) {
            return bad("not three parts of base64url in " + LENGTH_MAX + " characters");
        }
        int first = proof.indexOf('.');
        int last = proof.lastIndexOf('.');
        try {
            JWSHeader header = JWSHeader.parse(new Base64URL(proof.substring(0, first)));
            String unfit = unfit(header);
            if (!unfit.isEmpty()) {
                return bad(unfit);
            }
            JWK key = header.getJWK();
            if (!key.computeThumbprint().toString().equals(use.thumbprint())) {
                return bad("made with another key than the token is bound to");
            }
            if (!verifier(key)
                    .verify(
                            header,
                            proof.substring(0, last).getBytes(StandardCharsets.US_ASCII),
                            new Base64URL(proof.substring(last + 1)))) {
                return bad("the signature does not match");
            }
            JsonNode claims =
                    StrictJson.tree(new Base64URL(proof.substring(first + 1, last)).decode());
            return judge(claims, use, now);
        } catch (ParseException
                | JOSEException
                | JacksonException
                | IllegalArgumentException malformed) {
            return bad("its parts are not what they should be");
        }
    }

    private Checked judge(JsonNode claims, Use use, Instant now) {
        String id = claims.path("jti").asString("");
        if (id.isEmpty() || id.length() > ID_LENGTH_MAX) {
            return bad("a `jti` of 1 to " + ID_LENGTH_MAX + " characters is missing");
        }
        if (!use.method().equals(claims.path("htm").asString(""))) {
            return bad("for another method");
        }
        if (!use.url().equals(claims.path("htu").asString(""))) {
            return bad("for another URL (expected: " + use.url() + ")");
        }
        if (!sha256(use.token()).equals(claims.path("ath").asString(""))) {
            return bad("for another token");
        }
        if (!claims.path("iat").isIntegralNumber()) {
            return bad("no `iat`");
        }
        Instant made = Instant.ofEpochSecond(claims.path("iat").asLong());
        if (made.isAfter(now.plus(SKEW)) || !now.isBefore(made.plus(LIFETIME))) {
            return bad("made at " + made + " (expected: within " + LIFETIME.toSeconds() + " s)");
        }
        String nonce = claims.path("nonce").asString("");
        boolean together = shared.together();
        if (together && !nonce.isEmpty() && !nonces.knows(nonce, now)) {
            return new Checked.Bad(
                    Reason.PROOF_NONCE_MISSING, "with a nonce that is not this one's");
        }
        String name = use.thumbprint() + "." + id;
        return switch (used.use(name, now)) {
            case FIRST ->
                    together && nonce.isEmpty()
                            ? new Checked.Asked(
                                    shared.use(sha256(name), WINDOW).thenApply(DpopProofs::known))
                            : together ? named(nonce, now) : new Checked.Good();
            case AGAIN -> new Checked.Bad(Reason.PROOF_REPLAYED, "used before");
            case FULL -> new Checked.Bad(Reason.LIMIT_REACHED, "too many proofs within a minute");
        };
    }

    /// Whoever named one that is soon not taken any more is told the next, and need not be refused first.
    private Checked named(String nonce, Instant now) {
        String current = nonces.current(now);
        return nonce.equals(current) ? new Checked.Good() : new Checked.GoodWithNext(current);
    }

    private static Checked known(SharedCounts.Use use) {
        return switch (use) {
            case FIRST -> new Checked.Good();
            case AGAIN -> new Checked.Bad(Reason.PROOF_REPLAYED, "used before at another gateway");
            case UNKNOWN ->
                    new Checked.Bad(
                            Reason.PROOF_NONCE_MISSING,
                            "whether it was used at another gateway is not known");
        };
    }

    private static String unfit(JWSHeader header) {
        if (header.getType() == null || !TYPE.equals(header.getType().getType())) {
            return "not a proof (`typ`)";
        }
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            return "a critical header";
        }
        JWK key = header.getJWK();
        if (key == null || key.isPrivate()) {
            return "no public key in `jwk`";
        }
        JWSAlgorithm algorithm = header.getAlgorithm();
        boolean fits =
                switch (key) {
                    case ECKey ec ->
                            JWSAlgorithm.ES256.equals(algorithm)
                                    && Curve.P_256.equals(ec.getCurve());
                    case RSAKey rsa ->
                            JWSAlgorithm.PS256.equals(algorithm)
                                    && rsa.size() >= RSA_BITS_MIN
                                    && rsa.size() <= RSA_BITS_MAX;
                    case OctetKeyPair curve ->
                            Ed25519.isNamed(header) && Curve.Ed25519.equals(curve.getCurve());
                    default -> false;
                };
        return fits
                ? ""
                : "an algorithm other than " + ALGORITHMS + ", or a key that is not for it";
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa.toRSAPublicKey());
            case OctetKeyPair curve -> Ed25519.verifier(curve);
            default -> new ECDSAVerifier(key.toECKey());
        };
    }

    private static Checked bad(String note) {
        return new Checked.Bad(Reason.PROOF_NOT_VALID, note);
    }

    private static String sha256(String text) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)))
                    .toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
