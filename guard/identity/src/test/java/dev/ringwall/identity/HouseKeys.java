package dev.ringwall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.SigningAlgorithm;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// The keys of a [House], made when something is first signed with them.
final class HouseKeys implements TokenSigner {

    static final int RSA_BITS = 2048;

    private final Supplier<Blueprint> blueprint;
    private final ECKey usual = usual();
    private final Map<SigningAlgorithm, JWK> others = new ConcurrentHashMap<>();

    HouseKeys(Supplier<Blueprint> blueprint) {
        this.blueprint = blueprint;
    }

    private static ECKey usual() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public ECKey signing() {
        return usual;
    }

    @Override
    public Key signing(SigningAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case ES256 -> new Key(usual.getKeyID(), algorithm, new ECDSASigner(usual));
                case EDDSA -> {
                    JWK key = others.computeIfAbsent(algorithm, _ -> ed25519("ed"));
                    yield new Key(key.getKeyID(), algorithm, signer(key.toOctetKeyPair()));
                }
                case PS256, RS256 -> {
                    JWK key = others.computeIfAbsent(algorithm, HouseKeys::rsa);
                    yield new Key(key.getKeyID(), algorithm, new RSASSASigner(key.toRSAKey()));
                }
            };
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JWK rsa(SigningAlgorithm algorithm) {
        try {
            return new RSAKeyGenerator(RSA_BITS)
                    .keyID("rsa for " + algorithm.word())
                    .algorithm(JWSAlgorithm.parse(algorithm.word()))
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A key of Ed25519.
    static OctetKeyPair ed25519(String id) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
        return new OctetKeyPair.Builder(
                        Curve.Ed25519, Base64URL.encode(key.generatePublicKey().getEncoded()))
                .d(Base64URL.encode(key.getEncoded()))
                .keyID(id)
                .build();
    }

    /// What signs with one; Nimbus would need another library for it.
    static JWSSigner signer(OctetKeyPair key) {
        return new Signs(new Ed25519PrivateKeyParameters(key.getDecodedD()));
    }

    private static final class Signs extends BaseJWSProvider implements JWSSigner {
        private final Ed25519PrivateKeyParameters key;

        Signs(Ed25519PrivateKeyParameters key) {
            super(Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519));
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] text) {
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(text, 0, text.length);
            return Base64URL.encode(signer.generateSignature());
        }
    }

    @Override
    public Key access() {
        return signing(blueprint.get().declaration().door().accessTokens());
    }

    @Override
    public String published() {
        List<JWK> all = new ArrayList<>(List.of(usual));
        all.addAll(others.values());
        return new JWKSet(all).toString(true);
    }
}
