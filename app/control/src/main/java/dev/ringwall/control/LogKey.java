package dev.ringwall.control;

import dev.ringwall.audit.NoteSigner;
import dev.ringwall.keys.Sealer;
import dev.ringwall.link.OwnerFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// The Ed25519 key that signs the log's checkpoints: its private half sealed on disk, its public half in `audit.pub` for whoever wants to
/// verify.
final class LogKey {

    private static final String ALGORITHM = "Ed25519";

    private LogKey() {}

    /// The signer of that system's log; made at the first start.
    static NoteSigner open(Path folder, String system, Sealer sealer) throws IOException {
        Path sealedFile = folder.resolve("audit-key.jwe");
        Path publicFile = folder.resolve("audit-key.spki");
        try {
            if (!Files.exists(sealedFile)) {
                KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                OwnerFiles.write(
                        publicFile,
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n");
                OwnerFiles.write(sealedFile, sealer.seal(pair.getPrivate().getEncoded()) + "\n");
            }
            byte[] pkcs8 =
                    sealer.open(Files.readString(sealedFile, StandardCharsets.US_ASCII).strip())
                            .orElseThrow(() -> new IOException(sealedFile + " does not open"));
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            PrivateKey signing = keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            PublicKey half =
                    keys.generatePublic(
                            new X509EncodedKeySpec(
                                    Base64.getDecoder()
                                            .decode(
                                                    Files.readString(
                                                                    publicFile,
                                                                    StandardCharsets.US_ASCII)
                                                            .strip())));
            NoteSigner signer = NoteSigner.of(NoteSigner.originOf(system), half, signing);
            OwnerFiles.write(folder.resolve("audit.pub"), signer.verifier() + "\n");
            return signer;
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(sealedFile + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
