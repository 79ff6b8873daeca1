package dev.ringwall.attack;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Proofs of keys, as far as the tiny system reads them.
final class TinyBinding {

    private static final int LIFETIME_SECONDS = 60;

    private final Set<String> used;
    private final Set<Weakness> weaknesses;

    /// @param used what was used, at this door and at those that know of it
    TinyBinding(Set<String> used, Set<Weakness> weaknesses) {
        this.used = used;
        this.weaknesses = weaknesses;
    }

    /// The key that a request proves to hold, by its thumbprint.
    static Optional<String> proved(TinyHttp.Request request, String url) throws Exception {
        Optional<String> shown = request.header("dpop");
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        Jws proof = Jws.parse(shown.get());
        @SuppressWarnings("unchecked")
        ECKey key = ECKey.parse((Map<String, Object>) proof.header().get("jwk"));
        return TinySignatures.good(proof, key.toECPublicKey())
                        && url.equals(proof.claims().get("htu"))
                ? Optional.of(key.computeThumbprint().toString())
                : Optional.empty();
    }

    /// What a proof for tokens must repeat.
    static final String WORD = "tiny-word";

    /// Whether the token in the request is bound to a key.
    static boolean bound(TinyHttp.Request request) throws NotPlayable {
        String header = request.header("authorization").orElse("");
        return Jws.parse(header.replaceFirst("^Bearer ", "")).claims().containsKey("cnf");
    }

    /// Whether a proof came that was made without the word.
    static boolean beforehand(TinyHttp.Request request) throws NotPlayable {
        return request.header("dpop").isPresent()
                && !WORD.equals(Jws.parse(request.header("dpop").get()).claims().get("nonce"));
    }

    private static boolean forThis(TinyHttp.Request request) throws Exception {
        Map<String, Object> claims = Jws.parse(request.header("dpop").orElseThrow()).claims();
        String token = request.header("authorization").orElseThrow().substring("DPoP ".length());
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(token.getBytes(StandardCharsets.US_ASCII));
        long age = Instant.now().getEpochSecond() - ((Number) claims.get("iat")).longValue();
        return request.method().equals(claims.get("htm"))
                && Base64URL.encode(hash).toString().equals(claims.get("ath"))
                && Math.abs(age) < LIFETIME_SECONDS;
    }

    /// What is wrong with how a token is shown that may be bound.
    Optional<Reason> wrong(TinyHttp.Request request, Jws token, String origin) throws Exception {
        if (!(token.claims().get("cnf") instanceof Map<?, ?> confirmation)) {
            return Optional.empty();
        }
        if (confirmation.get("x5t#S256") instanceof String thumbprint) {
            return TinyCertificates.wrong(request, thumbprint, weaknesses);
        }
        if (weaknesses.contains(Weakness.BINDING_IGNORED)) {
            return Optional.empty();
        }
        if (!request.header("authorization").orElse("").startsWith("DPoP ")
                || request.header("dpop").isEmpty()) {
            return Optional.of(Reason.PROOF_MISSING);
        }
        String url = origin + request.target().split("\\?", 2)[0];
        if (!proved(request, url).equals(Optional.ofNullable(confirmation.get("jkt")))
                || !forThis(request)) {
            return Optional.of(Reason.PROOF_NOT_VALID);
        }
        boolean named = Jws.parse(request.header("dpop").get()).claims().containsKey("nonce");
        if (named && !weaknesses.contains(Weakness.PROOF_NONCE_IGNORED)) {
            return Optional.of(Reason.PROOF_NONCE_MISSING);
        }
        return used.add(request.header("dpop").get())
                ? Optional.empty()
                : Optional.of(Reason.PROOF_REPLAYED);
    }
}
