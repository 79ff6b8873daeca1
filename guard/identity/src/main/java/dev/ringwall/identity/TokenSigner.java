package dev.ringwall.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.model.SigningAlgorithm;

/// The keys that sign tokens. They may rotate between any two calls.
public interface TokenSigner {

    /// The P-256 key that signs now, with its private half and its id: to be known by at providers of others.
    ECKey signing();

    /// The key that signs now with an algorithm that the declaration names, or with ES256.
    Key signing(SigningAlgorithm algorithm);

    /// The key that signs access tokens now, which everyone knows who checks them.
    Key access();

    /// The public halves of all keys whose tokens may be alive, as a JSON Web Key Set (RFC 7517 §5).
    String published();

    /// One key.
    ///
    /// @param id     the `kid`
    /// @param signer made once for each key, since that costs as much as to sign; any thread may use it
    record Key(String id, SigningAlgorithm algorithm, JWSSigner signer) {
        JWSAlgorithm alg() {
            return JWSAlgorithm.parse(algorithm.word());
        }
    }
}
