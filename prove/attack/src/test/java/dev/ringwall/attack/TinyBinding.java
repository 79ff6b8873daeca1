package dev.ringwall.attack;

import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.model.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Proofs of keys, as far as the tiny system reads them.
final class TinyBinding {

    private final Set<String> used = ConcurrentHashMap.newKeySet();

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

    /// What is wrong with how a token is shown that may be bound.
    Optional<Reason> wrong(TinyHttp.Request request, Jws token, String origin) throws Exception {
        if (!(token.claims().get("cnf") instanceof Map<?, ?> confirmation)) {
            return Optional.empty();
        }
        if (!request.header("authorization").orElse("").startsWith("DPoP ")
                || request.header("dpop").isEmpty()) {
            return Optional.of(Reason.PROOF_MISSING);
        }
        String url = origin + request.target().split("\\?", 2)[0];
        if (!proved(request, url).equals(Optional.ofNullable(confirmation.get("jkt")))) {
            return Optional.of(Reason.PROOF_NOT_VALID);
        }
        return used.add(request.header("dpop").get())
                ? Optional.empty()
                : Optional.of(Reason.PROOF_REPLAYED);
    }
}
