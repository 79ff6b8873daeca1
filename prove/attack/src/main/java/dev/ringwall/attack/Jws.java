package dev.ringwall.attack;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// A compact JWS taken apart or put together without any check, so that it can be wrong in every way.
///
/// @param input     header and claims as they stand in the token, which is what is signed
/// @param signature as it stands in the token, base64url
record Jws(Map<String, Object> header, Map<String, Object> claims, String input, String signature) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Jws {
        header = Map.copyOf(header);
        claims = Map.copyOf(claims);
    }

    /// Reads a token of the provider's.
    static Jws parse(String compact) throws NotPlayable {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new NotPlayable("the provider's access token is no JWS");
        }
        return new Jws(json(parts[0]), json(parts[1]), parts[0] + "." + parts[1], parts[2]);
    }

    private static Map<String, Object> json(String part) throws NotPlayable {
        try {
            return JSON.readValue(
                    new Base64URL(part).decode(), new TypeReference<Map<String, Object>>() {});
        } catch (JacksonException notJson) {
            throw new NotPlayable("the provider's access token is no JWT");
        }
    }

    static Jws unsigned(Map<String, Object> header, Map<String, Object> claims) {
        return new Jws(header, claims, encoded(header) + "." + encoded(claims), "");
    }

    /// The same with another signature, right or not.
    Jws signature(String other) {
        return new Jws(header, claims, input, other);
    }

    /// Signed with ES256 (RFC 7518 §3.4).
    Jws es256(PrivateKey key) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(key);
            signer.update(bytes());
            return signature(Base64URL.encode(signer.sign()).toString());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Signed with HS256 (RFC 7518 §3.2).
    Jws hs256(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signature(Base64URL.encode(mac.doFinal(bytes())).toString());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private byte[] bytes() {
        return input.getBytes(StandardCharsets.US_ASCII);
    }

    String compact() {
        return input + "." + signature;
    }

    private static String encoded(Map<String, Object> json) {
        return Base64URL.encode(JSON.writeValueAsBytes(json)).toString();
    }
}
