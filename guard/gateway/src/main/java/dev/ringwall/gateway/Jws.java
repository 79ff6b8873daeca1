package dev.ringwall.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Compact JWS with ES256 and nothing else, read strictly: base64url must be canonical, no critical extensions, no other algorithm.
final class Jws {

    /// The longest token that is read, in characters.
    static final int LENGTH_MAX = 8_192;

    private Jws() {}

    /// A token whose form is good and whose signature nobody has checked yet.
    record UncheckedJws(JWSObject jws, JWSHeader header, JWTClaimsSet claims) {}

    /// Reads the form; null when it is not that of an ES256 token.
    static @Nullable UncheckedJws read(String token, String type) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > LENGTH_MAX || parts.length != 3) {
            return null;
        }
        for (String part : parts) {
            if (!canonical(part)) {
                return null;
            }
        }
        try {
            JWSObject jws = JWSObject.parse(token);
            JWSHeader header = jws.getHeader();
            boolean plain =
                    JWSAlgorithm.ES256.equals(header.getAlgorithm())
                            && header.getType() != null
                            && type.equalsIgnoreCase(header.getType().getType())
                            && header.getCriticalParams() == null
                            && header.isBase64URLEncodePayload();
            if (!plain || jws.getPayload().toJSONObject() == null) {
                return null;
            }
            return new UncheckedJws(
                    jws, header, JWTClaimsSet.parse(jws.getPayload().toJSONObject()));
        } catch (ParseException | IllegalArgumentException malformed) {
            return null;
        }
    }

    /// Whether the key made the signature.
    static boolean signedBy(UncheckedJws token, ECPublicKey key) {
        try {
            JWSVerifier verifier = new ECDSAVerifier(key);
            return token.jws().verify(verifier);
        } catch (JOSEException notThisKey) {
            return false;
        }
    }

    /// Whether the text is base64url in the one form that its bytes have (RFC 7515 §2; RFC 4648 §3.5).
    private static boolean canonical(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
