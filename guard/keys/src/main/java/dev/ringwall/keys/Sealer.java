package dev.ringwall.keys;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/// Seals small secrets for the disk: compact JWE (RFC 7516) with ECDH-ES+A256KW and A256GCM, to a key whose private half lies locked in a
/// [Vault]. Any thread may use it.
public final class Sealer {

    private static final String PUBLIC = "jwk";
    private static final String LOCKED = "locked";

    private final ECPublicKey sealing;
    private final ECPrivateKey opening;

    private Sealer(ECPublicKey sealing, ECPrivateKey opening) {
        this.sealing = sealing;
        this.opening = opening;
    }

    /// What became of opening the key.
    public sealed interface Opened {
        /// It is at work.
        record Ready(Sealer sealer) implements Opened {}

        /// The unlock secret does not open it; nothing was changed.
        record WrongSecret(Path file) implements Opened {}

        /// The file is not what this house writes.
        record Unusable(String why) implements Opened {}
    }

    /// Opens the key in that file, or makes one where there is none.
    ///
    /// @throws IOException when the disk fails
    public static Opened open(Path file, Vault vault) throws IOException {
        try {
            if (!Files.exists(file)) {
                KeyPair pair = Certificates.newKeyPair();
                ECKey jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).build();
                Map<String, Object> entry =
                        Map.of(
                                PUBLIC,
                                jwk.toJSONObject(),
                                LOCKED,
                                vault.lock((ECPrivateKey) pair.getPrivate()));
                KeyFiles.write(file, JSONObjectUtils.toJSONString(entry) + "\n");
            }
            Map<String, Object> entry = JSONObjectUtils.parse(KeyFiles.read(file));
            ECPublicKey half =
                    ECKey.parse(JSONObjectUtils.getJSONObject(entry, PUBLIC)).toECPublicKey();
            return switch (vault.unlock(JSONObjectUtils.getString(entry, LOCKED))) {
                case Vault.Unlocked.StaysLocked() -> new Opened.WrongSecret(file);
                case Vault.Unlocked.Unusable(String why) -> new Opened.Unusable(file + ": " + why);
                case Vault.Unlocked.Key(ECPrivateKey key)
                        when Certificates.belongTogether(key, half) ->
                        new Opened.Ready(new Sealer(half, key));
                case Vault.Unlocked.Key _ ->
                        new Opened.Unusable(file + ": the two halves are of different keys");
            };
        } catch (ParseException
                | JOSEException
                | GeneralSecurityException
                | NullPointerException malformed) {
            return new Opened.Unusable(file + ": " + malformed.getMessage());
        }
    }

    /// The bytes, sealed.
    public String seal(byte[] secret) {
        try {
            JWEObject sealed =
                    new JWEObject(
                            new JWEHeader(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM),
                            new Payload(secret));
            sealed.encrypt(new ECDHEncrypter(sealing));
            return sealed.serialize();
        } catch (JOSEException cannotSeal) {
            throw new IllegalStateException("the sealing key does not seal", cannotSeal);
        }
    }

    /// What was sealed; empty when it was altered or sealed to another key.
    public Optional<byte[]> open(String sealed) {
        try {
            JWEObject object = JWEObject.parse(sealed);
            object.decrypt(new ECDHDecrypter(opening));
            return Optional.of(object.getPayload().toBytes());
        } catch (ParseException | JOSEException | IllegalStateException notOurs) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Sealer[…]";
    }
}
