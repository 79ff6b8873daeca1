package dev.ringwall.control;

import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.identity.TokenSigner;
import dev.ringwall.keys.SigningKey;
import dev.ringwall.keys.TokenKeys;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.SigningAlgorithm;
import java.util.function.Supplier;

/// The system's keys, for its identity provider.
final class OwnSigner implements TokenSigner {

    private final TokenKeys keys;
    private final Supplier<Blueprint> blueprint;

    OwnSigner(TokenKeys keys, Supplier<Blueprint> blueprint) {
        this.keys = keys;
        this.blueprint = blueprint;
    }

    @Override
    public ECKey signing() {
        return keys.signing(SigningAlgorithm.ES256).dangerousJwk();
    }

    @Override
    public Key signing(SigningAlgorithm algorithm) {
        return key(keys.signing(algorithm));
    }

    @Override
    public Key access() {
        return key(keys.known(blueprint.get().declaration().door().accessTokens()));
    }

    private static Key key(SigningKey key) {
        return new Key(key.id(), key.algorithm(), key.signer());
    }

    @Override
    public String published() {
        return keys.jwks();
    }
}
