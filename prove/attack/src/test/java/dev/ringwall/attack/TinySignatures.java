package dev.ringwall.attack;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/// Checks ES256 for the tiny system.
final class TinySignatures {

    private TinySignatures() {}

    static boolean good(Jws jws, PublicKey by) {
        if (!"ES256".equals(jws.header().get("alg"))) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(by);
            String compact = jws.compact();
            signature.update(
                    compact.substring(0, compact.lastIndexOf('.'))
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = new Base64URL(jws.signature()).decode();
            return bytes.length == 64 && signature.verify(bytes);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }
}
