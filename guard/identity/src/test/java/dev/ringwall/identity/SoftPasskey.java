package dev.ringwall.identity;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An authenticator and as much of a browser as speaks for it (WebAuthn Level 3 §6). It is as honest as its fields say, which tests change.
final class SoftPasskey {

    static final int PRESENT = 0x01;
    static final int VERIFIED = 0x04;
    static final int ELIGIBLE = 0x08;
    static final int BACKED_UP = 0x10;
    private static final int ATTESTED = 0x40;

    private static final Pattern OPTIONS = Pattern.compile("data-options=\"([^\"]*)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    String origin = "https://localhost:8443";
    String rpId = "localhost";
    boolean crossOrigin;
    int flags = PRESENT | VERIFIED;
    int counter;
    int step;
    byte[] id = new byte[32];
    String user = "";
    private final KeyPair pair = pair();

    SoftPasskey() {
        new SecureRandom().nextBytes(id);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator maker = KeyPairGenerator.getInstance("EC");
            maker.initialize(new ECGenParameterSpec("secp256r1"));
            return maker.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What the page asks the browser for.
    static JsonNode options(HttpResponse<String> page) {
        Matcher found = OPTIONS.matcher(page.body());
        if (!found.find()) {
            throw new AssertionError("no passkey is asked for in " + page.body());
        }
        return JSON.readTree(found.group(1).replace("&quot;", "\"").replace("&amp;", "&"));
    }

    /// Makes the key for that page (§5.1.3, §6.3.2).
    String made(HttpResponse<String> page) {
        JsonNode options = options(page);
        user = options.path("user").path("id").asString();
        byte[] data = join(head(flags | ATTESTED), new byte[16], size(id), id, key());
        byte[] object =
                join(
                        bytes("a363666d74646e6f6e656761747453746d74a068617574684461746158"),
                        new byte[] {(byte) data.length},
                        data);
        byte[] client = client("webauthn.create", options);
        return answer(
                Map.of("clientDataJSON", base64(client), "attestationObject", base64(object)));
    }

    /// Signs in for that page (§5.1.4, §6.3.3).
    String shown(HttpResponse<String> page) {
        counter += step;
        byte[] data = head(flags);
        byte[] client = client("webauthn.get", options(page));
        Map<String, String> response = new LinkedHashMap<>();
        response.put("clientDataJSON", base64(client));
        response.put("authenticatorData", base64(data));
        response.put("signature", base64(signed(join(data, sha256(client)))));
        response.put("userHandle", user);
        return answer(response);
    }

    private String answer(Map<String, ?> response) {
        return JSON.writeValueAsString(
                Map.of(
                        "id",
                        base64(id),
                        "rawId",
                        base64(id),
                        "type",
                        "public-key",
                        "clientExtensionResults",
                        Map.of(),
                        "response",
                        response));
    }

    private byte[] client(String type, JsonNode options) {
        return JSON.writeValueAsString(
                        Map.of(
                                "type",
                                type,
                                "challenge",
                                options.path("challenge").asString(),
                                "origin",
                                origin,
                                "crossOrigin",
                                crossOrigin))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] head(int flags) {
        return join(
                sha256(rpId.getBytes(StandardCharsets.UTF_8)),
                new byte[] {(byte) flags},
                ByteBuffer.allocate(4).putInt(counter).array());
    }

    /// COSE_Key for ES256 (RFC 9053 §7.1.1).
    private byte[] key() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return join(
                bytes("a5010203262001215820"),
                unsigned(key.getW().getAffineX().toByteArray()),
                bytes("225820"),
                unsigned(key.getW().getAffineY().toByteArray()));
    }

    private static byte[] unsigned(byte[] number) {
        byte[] fixed = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private byte[] signed(byte[] what) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(what);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] size(byte[] bytes) {
        return new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length};
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
