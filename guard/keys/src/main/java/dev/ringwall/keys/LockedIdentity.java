package dev.ringwall.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;

/// A certificate and its locked private key in one file, so that there is never one without the other.
sealed interface LockedIdentity {

    /// It is open.
    record Held(Identity identity) implements LockedIdentity {}

    /// The secret does not open it.
    record StaysLocked(Path file) implements LockedIdentity {}

    /// It is not what this house writes.
    record Unusable(String why) implements LockedIdentity {}

    static Identity write(Path file, Vault vault, X509Certificate certificate, ECPrivateKey key)
            throws IOException, GeneralSecurityException {
        Identity identity = Identity.of(List.of(certificate), key);
        KeyFiles.write(file, identity.chainPem() + vault.lock(key));
        return identity;
    }

    static LockedIdentity read(Path file, Vault vault) throws IOException {
        String text = KeyFiles.read(file);
        return switch (vault.unlock(text)) {
            case Vault.Unlocked.StaysLocked() -> new StaysLocked(file);
            case Vault.Unlocked.Unusable(String why) -> new Unusable(file + ": " + why);
            case Vault.Unlocked.Key(ECPrivateKey key) -> {
                try {
                    yield new Held(Identity.of(Pem.certificates(text), key));
                } catch (GeneralSecurityException apart) {
                    yield new Unusable(file + ": " + apart.getMessage());
                }
            }
            case Vault.Unlocked.Key _ ->
                    new Unusable(file + ": a key of another kind (expected: P-256)");
        };
    }
}
