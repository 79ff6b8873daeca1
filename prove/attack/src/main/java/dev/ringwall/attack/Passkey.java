package dev.ringwall.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An authenticator of the prover's own, and as much of a browser as speaks for it (WebAuthn Level 3 §5, §6): ES256, no attestation. It says what
/// an attacker would have it say. For one thread.
final class Passkey {

    private static final Pattern OPTIONS = Pattern.compile("data-options=\"([^\"]*)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;
    private static final int ID_BYTES = 32;
    private static final int NUMBER_BYTES = 32;

    /// `{"fmt": "none", "attStmt": {}, "authData": h'…'}` up to the length of what follows, which takes one byte (RFC 8949 §3).
    private static final String ATTESTATION =
            "a363666d74646e6f6e656761747453746d74a068617574684461746158";

    /// A COSE key for ES256 up to its first coordinate, and what stands before the second (RFC 9053 §7.1.1).
    private static final String KEY = "a5010203262001215820";

    private static final String KEY_SECOND = "225820";

    private final String site;
    private final String origin;
    private final byte[] id;
    private final KeyPair keys = Pki.keys();
    private String user = "";
    private int counter;
    private boolean counts;

    private Passkey(String site, String origin, byte[] id) {
        this.site = site;
        this.origin = origin;
        this.id = id.clone();
    }

    /// For pages of that origin.
    static Passkey at(String host, String origin) {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        return new Passkey(host, origin, id);
    }

    /// Says that it is the same, and has another key.
    Passkey forged() {
        Passkey forged = new Passkey(site, origin, id);
        forged.user = user;
        return forged;
    }

    /// Counts on from there. Without it, it does not count, as those that are shared between devices.
    Passkey counting(int from) {
        counts = true;
        counter = from;
        return this;
    }

    /// What the page asks the browser for.
    private static JsonNode options(Reply page) throws NotPlayable {
        Matcher found = OPTIONS.matcher(page.body());
        if (!found.find()) {
            throw new NotPlayable("no passkey is asked for: " + page.excerpt());
        }
        try {
            return JSON.readTree(Form.unescaped(found.group(1)));
        } catch (JacksonException unreadable) {
            throw new NotPlayable("what the page asks for is no JSON");
        }
    }

    /// Whether the page has one made.
    static boolean wanted(Reply page) {
        return OPTIONS.matcher(page.body()).find();
    }

    /// What is sent for a new passkey (§6.3.2).
    String made(Reply page) throws NotPlayable {
        JsonNode options = options(page);
        user = options.path("user").path("id").asString("");
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        byte[] data =
                join(
                        head(PRESENT | VERIFIED | ATTESTED),
                        new byte[16],
                        new byte[] {0, ID_BYTES},
                        id,
                        hex(KEY),
                        number(key.getW().getAffineX().toByteArray()),
                        hex(KEY_SECOND),
                        number(key.getW().getAffineY().toByteArray()));
        return answer(
                Map.of(
                        "clientDataJSON",
                        base64(client("webauthn.create", options, origin)),
                        "attestationObject",
                        base64(join(hex(ATTESTATION), new byte[] {(byte) data.length}, data))));
    }

    /// What is sent to sign in (§6.3.3).
    String shown(Reply page) throws NotPlayable {
        return shown(page, origin, PRESENT | VERIFIED);
    }

    /// The same by somebody who did not unlock it.
    String touched(Reply page) throws NotPlayable {
        return shown(page, origin, PRESENT);
    }

    /// The same for a page of another origin.
    String shownTo(Reply page, String elsewhere) throws NotPlayable {
        return shown(page, elsewhere, PRESENT | VERIFIED);
    }

    private String shown(Reply page, String at, int flags) throws NotPlayable {
        counter += counts ? 1 : 0;
        byte[] data = head(flags);
        byte[] client = client("webauthn.get", options(page), at);
        Map<String, String> response = new LinkedHashMap<>();
        response.put("clientDataJSON", base64(client));
        response.put("authenticatorData", base64(data));
        response.put("signature", base64(signed(join(data, sha256(client)))));
        response.put("userHandle", user);
        return answer(response);
    }

    private String answer(Map<String, String> response) {
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

    private static byte[] client(String type, JsonNode options, String origin) {
        return JSON.writeValueAsString(
                        Map.of(
                                "type",
                                type,
                                "challenge",
                                options.path("challenge").asString(""),
                                "origin",
                                origin,
                                "crossOrigin",
                                false))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] head(int flags) {
        return join(
                sha256(site.getBytes(StandardCharsets.UTF_8)),
                new byte[] {(byte) flags},
                ByteBuffer.allocate(Integer.BYTES).putInt(counter).array());
    }

    private byte[] signed(byte[] what) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
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

    /// A whole number that is not negative, in as many bytes as a coordinate has.
    private static byte[] number(byte[] signed) {
        byte[] fixed = new byte[NUMBER_BYTES];
        int length = Math.min(NUMBER_BYTES, signed.length);
        System.arraycopy(signed, signed.length - length, fixed, NUMBER_BYTES - length, length);
        return fixed;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
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
