package dev.ringwall.keys;

import com.nimbusds.jose.jwk.JWK;
import dev.ringwall.model.SigningAlgorithm;
import java.time.Instant;

/// One key of [TokenKeys] in the course of its life: next, then signing, then retired.
sealed interface TokenKey {

    /// The public half, as it is published.
    JWK jwk();

    /// Published and not signing yet.
    record Next(SigningKey key, Instant published) implements TokenKey {
        @Override
        public JWK jwk() {
            return key.publicHalf();
        }

        Signing signs(Instant from) {
            return new Signing(key, from);
        }
    }

    /// The one that signs.
    ///
    /// @param since from when on everyone knows it
    record Signing(SigningKey key, Instant since) implements TokenKey {
        @Override
        public JWK jwk() {
            return key.publicHalf();
        }

        Retired retires(Instant until) {
            return new Retired(key.publicHalf(), until);
        }
    }

    /// Its private half is gone; it is published until its last token is dead.
    record Retired(JWK jwk, Instant until) implements TokenKey {}

    /// The two of one algorithm.
    record Pair(Signing signing, Next next) {
        /// Fresh ones.
        ///
        /// @param from when everyone knows the first of them
        static Pair make(SigningAlgorithm algorithm, Instant now, Instant from) {
            return new Pair(
                    new Signing(SigningKey.make(algorithm), from),
                    new Next(SigningKey.make(algorithm), now));
        }
    }
}
