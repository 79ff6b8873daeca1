package dev.ringwall.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What people are known by in one sector and nowhere else (OpenID Connect Core §8.1): HMAC-SHA-256, under a secret that never changes, over what is
/// named, the sector, and the id here. Who does not have the secret can neither go back from it nor compare two sectors.
///
/// The secret lies sealed in one file. With another one everybody would be somebody else everywhere, so it does not rotate, and it is
/// part of each backup. Any thread may use it.
public final class PairwiseSalt {

    private static final int BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    /// Stands in no host, no id and none of our words, so that no two triples are one text.
    private static final String BETWEEN = "\0";

    private final SecretKeySpec salt;

    private PairwiseSalt(byte[] salt) {
        this.salt = new SecretKeySpec(salt, HMAC);
    }

    /// Opens the secret in that file; makes one where there is none.
    ///
    /// @return empty where the file is none that was sealed here
    /// @throws IOException when the disk fails
    static Optional<PairwiseSalt> open(Path file, Sealer sealer) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[BYTES];
            new SecureRandom().nextBytes(fresh);
            KeyFiles.write(file, sealer.seal(fresh) + "\n");
        }
        return sealer.open(KeyFiles.read(file).strip())
                .filter(salt -> salt.length == BYTES)
                .map(PairwiseSalt::new);
    }

    /// What that account is known by in the sector: `sub`.
    public String subject(String sector, String account) {
        return known("sub", sector, account);
    }

    /// What that login is known by in the sector: `sid`.
    public String session(String sector, String sid) {
        return known("sid", sector, sid);
    }

    private String known(String what, String sector, String id) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(salt);
            byte[] tag =
                    mac.doFinal(
                            String.join(BETWEEN, what, sector, id)
                                    .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + HMAC, missing);
        }
    }

    @Override
    public String toString() {
        return "PairwiseSalt[…]";
    }
}
