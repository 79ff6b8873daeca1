package dev.ringwall.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What lets one node join a system, once: who to speak to, how to know that it is really them, and a secret that shows that the node
/// was asked for. `rwjoin_<id>.<secret>.<fingerprint of the root>.<control plane>`
///
/// Whether it was used already is the control plane's to know; it keeps [#id] and [#secretSha256]. It never prints its secret.
public final class JoinToken {

    private static final Pattern FORM =
            Pattern.compile(
                    "rwjoin_([0-9a-f]{16})\\.([A-Za-z0-9_-]{43})\\.([0-9a-f]{64})\\.([a-zA-Z0-9.:\\[\\]-]{3,300})");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    private final String id;
    private final String secret;
    private final String rootFingerprint;
    private final String control;

    private JoinToken(String id, String secret, String rootFingerprint, String control) {
        this.id = id;
        this.secret = secret;
        this.rootFingerprint = rootFingerprint;
        this.control = control;
    }

    /// What became of a text that may be a join token.
    public sealed interface Parsed {
        /// It has the form.
        record Token(JoinToken token) implements Parsed {}

        /// It is none.
        record Malformed(String why) implements Parsed {}
    }

    /// A fresh one for a node that will find the control plane at `host:port`.
    public static JoinToken random(TrustRoot root, String control) {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        JoinToken token =
                new JoinToken(
                        Certificates.hex(id),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                        root.fingerprint(),
                        control);
        if (!FORM.matcher(token.dangerousText()).matches()) {
            throw new IllegalArgumentException(control + " (expected: host:port)");
        }
        return token;
    }

    /// Reads one.
    public static Parsed parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches()
                ? new Parsed.Token(
                        new JoinToken(form.group(1), form.group(2), form.group(3), form.group(4)))
                : new Parsed.Malformed("not of the form rwjoin_id.secret.fingerprint.host:port");
    }

    /// The part that may be known.
    public String id() {
        return id;
    }

    /// SHA-256 of the control plane's root certificate, 64 hexadecimal digits.
    public String rootFingerprint() {
        return rootFingerprint;
    }

    /// Where the control plane answers, `host:port`.
    public String control() {
        return control;
    }

    /// What the control plane stores, 64 hexadecimal digits.
    public String secretSha256() {
        return Certificates.hex(Certificates.sha256(secret.getBytes(StandardCharsets.US_ASCII)));
    }

    /// Whether that stored hash is this token's; takes the same time whether or not.
    public boolean hasSecretSha256(String stored) {
        return MessageDigest.isEqual(
                secretSha256().getBytes(StandardCharsets.US_ASCII),
                stored.getBytes(StandardCharsets.US_ASCII));
    }

    /// The whole token, to be handed to the node.
    public String dangerousText() {
        return "rwjoin_" + id + "." + secret + "." + rootFingerprint + "." + control;
    }

    @Override
    public String toString() {
        return "JoinToken[" + id + "]";
    }
}
