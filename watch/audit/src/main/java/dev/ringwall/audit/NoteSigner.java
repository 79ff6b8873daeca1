package dev.ringwall.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/// The key that a log signs its checkpoints with. Where the private key lies, and how it is kept, is the owner's affair.
public final class NoteSigner {

    private final VerifierKey verifier;
    private final PrivateKey key;

    private NoteSigner(VerifierKey verifier, PrivateKey key) {
        this.verifier = verifier;
        this.key = key;
    }

    /// The signer under that name.
    ///
    /// @param origin the log's name, `shop.ringwall/audit`
    /// @throws IllegalArgumentException when the two are not the halves of one Ed25519 key
    public static NoteSigner of(String origin, PublicKey publicKey, PrivateKey key) {
        NoteSigner signer = new NoteSigner(VerifierKey.of(origin, publicKey), key);
        byte[] probe = origin.getBytes(StandardCharsets.UTF_8);
        if (!signer.verifier.signed(probe, signer.sign(probe))) {
            throw new IllegalArgumentException(
                    origin + ": the private key does not belong to the public one");
        }
        return signer;
    }

    /// The name of the log whose key it is in that system.
    public static String originOf(String system) {
        return system + ".ringwall/audit";
    }

    /// What others check the signatures with.
    public VerifierKey verifier() {
        return verifier;
    }

    @Override
    public String toString() {
        return "NoteSigner(" + verifier.name() + ")";
    }

    byte[] sign(byte[] text) {
        try {
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(key);
            signing.update(text);
            return signing.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    verifier.name() + ": the private key cannot sign", unusable);
        }
    }
}
