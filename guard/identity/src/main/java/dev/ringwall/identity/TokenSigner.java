package dev.ringwall.identity;

import com.nimbusds.jose.jwk.ECKey;

/// The keys that sign tokens. They may rotate between any two calls.
public interface TokenSigner {

    /// The P-256 key that signs now, with its private half and its id.
    ECKey signing();

    /// The public halves of all keys whose tokens may be alive, as a JSON Web Key Set (RFC 7517 §5).
    String published();
}
