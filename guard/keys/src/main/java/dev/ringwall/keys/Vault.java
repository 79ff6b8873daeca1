package dev.ringwall.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// Locks private keys for the disk and unlocks them: PKCS#8 `EncryptedPrivateKeyInfo` under PBES2 with PBKDF2-HMAC-SHA256 and
/// AES-256-CBC (RFC 8018, RFC 5958). `openssl pkey` opens the same files.
///
/// All files of one vault share a salt, so that the slow derivation is done once for a process. Any thread may use it.
public final class Vault {

    /// How often the secret is hashed; a file that says fewer is refused.
    public static final int ITERATIONS = 600_000;

    /// A file that asks for more than this is refused, for it would hold up the start.
    public static final int ITERATIONS_MAX = 10_000_000;

    private static final byte[] UNKNOWN = {};
    private static final int SALT_BYTES = 16;
    private static final int IV_BYTES = 16;
    private static final int KEY_BITS = 256;
    private static final AlgorithmIdentifier HMAC_SHA256 =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);

    private final UnlockSecret secret;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, SecretKeySpec> derived = new ConcurrentHashMap<>();
    private final AtomicReference<byte[]> salt = new AtomicReference<>(UNKNOWN);

    private Vault(UnlockSecret secret) {
        this.secret = secret;
    }

    /// A vault that this secret opens. Nothing is derived before the first key is locked or unlocked.
    public static Vault under(UnlockSecret secret) {
        return new Vault(secret);
    }

    /// What became of a locked key.
    sealed interface Unlocked {
        /// It is open.
        record Key(PrivateKey key) implements Unlocked {
            @Override
            public String toString() {
                return "Key[…]";
            }
        }

        /// The secret is not the one it was locked with, or the file was altered; these cannot be told apart.
        record StaysLocked() implements Unlocked {}

        /// The file is no locked key of the form that this house writes.
        record Unusable(String why) implements Unlocked {}
    }

    /// The key, locked, as PEM.
    String lock(PrivateKey key) throws GeneralSecurityException {
        byte[] shared =
                salt.updateAndGet(known -> known.length == 0 ? randomBytes(SALT_BYTES) : known);
        byte[] iv = randomBytes(IV_BYTES);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, derive(shared, ITERATIONS), new IvParameterSpec(iv));
        PBES2Parameters parameters =
                new PBES2Parameters(
                        new KeyDerivationFunc(
                                PKCSObjectIdentifiers.id_PBKDF2,
                                new PBKDF2Params(shared, ITERATIONS, KEY_BITS / 8, HMAC_SHA256)),
                        new EncryptionScheme(
                                NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
        try {
            return Pem.write(
                    Pem.ENCRYPTED_PRIVATE_KEY,
                    new EncryptedPrivateKeyInfo(
                                    new AlgorithmIdentifier(
                                            PKCSObjectIdentifiers.id_PBES2, parameters),
                                    cipher.doFinal(key.getEncoded()))
                            .getEncoded());
        } catch (IOException notEncodable) {
            throw new GeneralSecurityException(notEncodable);
        }
    }

    /// The key that stands locked in the PEM text. The form has no check sum, so an altered file may open to another key: it counts only
    /// once it is held against its public half.
    Unlocked unlock(String pem) {
        EncryptedPrivateKeyInfo locked;
        PBKDF2Params derivation;
        byte[] iv;
        try {
            locked = EncryptedPrivateKeyInfo.getInstance(Pem.block(pem, Pem.ENCRYPTED_PRIVATE_KEY));
            PBES2Parameters parameters =
                    PBES2Parameters.getInstance(locked.getEncryptionAlgorithm().getParameters());
            derivation =
                    PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
            iv =
                    ASN1OctetString.getInstance(parameters.getEncryptionScheme().getParameters())
                            .getOctets();
            if (!locked.getEncryptionAlgorithm()
                            .getAlgorithm()
                            .equals(PKCSObjectIdentifiers.id_PBES2)
                    || !parameters
                            .getEncryptionScheme()
                            .getAlgorithm()
                            .equals(NISTObjectIdentifiers.id_aes256_CBC)
                    || !derivation.getPrf().equals(HMAC_SHA256)
                    || !within(derivation.getIterationCount())) {
                return new Unlocked.Unusable(
                        "a locked key of another form than PBES2 with AES-256 and "
                                + ITERATIONS
                                + " to "
                                + ITERATIONS_MAX
                                + " rounds of HMAC-SHA256");
            }
        } catch (GeneralSecurityException
                | IllegalArgumentException
                | NullPointerException malformed) {
            return new Unlocked.Unusable("no locked key: " + malformed.getMessage());
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    derive(derivation.getSalt(), derivation.getIterationCount().intValueExact()),
                    new IvParameterSpec(iv));
            PrivateKey key = Pem.keyOfAnyKind(cipher.doFinal(locked.getEncryptedData()));
            salt.compareAndSet(UNKNOWN, derivation.getSalt());
            return new Unlocked.Key(key);
        } catch (GeneralSecurityException doesNotOpen) {
            return new Unlocked.StaysLocked();
        }
    }

    private static boolean within(BigInteger iterations) {
        return iterations.compareTo(BigInteger.valueOf(ITERATIONS)) >= 0
                && iterations.compareTo(BigInteger.valueOf(ITERATIONS_MAX)) <= 0;
    }

    private SecretKeySpec derive(byte[] salted, int iterations) {
        return derived.computeIfAbsent(
                HexFormat.of().formatHex(salted) + ":" + iterations,
                _ -> {
                    PBEKeySpec spec =
                            new PBEKeySpec(
                                    secret.dangerousCharacters(), salted, iterations, KEY_BITS);
                    try {
                        return new SecretKeySpec(
                                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                                        .generateSecret(spec)
                                        .getEncoded(),
                                "AES");
                    } catch (GeneralSecurityException missing) {
                        throw new IllegalStateException("this Java has no PBKDF2", missing);
                    } finally {
                        spec.clearPassword();
                    }
                });
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "Vault[…]";
    }
}
