package dev.ringwall.attack;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The machines of the system of people, which sign.
final class PeopleMachines {

    private static final long LIFETIME_SECONDS_MAX = 600;

    private final Set<Gap> gaps;
    private final Supplier<String> issuer;
    private final Map<String, ECKey> keys = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    PeopleMachines(Set<Gap> gaps, Supplier<String> issuer) {
        this.gaps = gaps;
        this.issuer = issuer;
    }

    /// A machine with that key.
    String signing(String set) {
        try {
            String id = UUID.randomUUID().toString();
            keys.put(id, (ECKey) JWKSet.parse(set).getKeys().getFirst());
            return id;
        } catch (java.text.ParseException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// A declared client with a key of its own, which is handed to the prover.
    ClientKey declared(String name) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(name).generate();
            keys.put(name, key);
            return ClientKey.read(key.toJSONString());
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Whether the form proves that a machine sent it.
    boolean proved(Map<String, String> form) {
        try {
            Jws shown = Jws.parse(form.getOrDefault("client_assertion", ""));
            Map<String, Object> claims = shown.claims();
            ECKey key = keys.get(String.valueOf(claims.get("sub")));
            return key != null
                    && claims.get("sub").equals(claims.get("iss"))
                    && signed(shown, key)
                    && (gaps.contains(Gap.ASSERTION_AUDIENCE_IGNORED)
                            || issuer.get().equals(claims.get("aud")))
                    && (gaps.contains(Gap.ASSERTION_TIMES_IGNORED) || timely(claims))
                    && (used.add(String.valueOf(claims.get("jti")))
                            || gaps.contains(Gap.ASSERTION_TWICE));
        } catch (Exception unreadable) {
            return false;
        }
    }

    private static boolean timely(Map<String, Object> claims) {
        long left = ((Number) claims.get("exp")).longValue() - Instant.now().getEpochSecond();
        return left > 0 && left <= LIFETIME_SECONDS_MAX;
    }

    private boolean signed(Jws shown, ECKey key) throws Exception {
        Map<String, Object> header = shown.header();
        if (gaps.contains(Gap.ASSERTION_UNSIGNED)
                || (gaps.contains(Gap.ASSERTION_ALG_NONE) && "none".equals(header.get("alg")))) {
            return true;
        }
        if ("HS256".equals(header.get("alg"))) {
            return gaps.contains(Gap.ASSERTION_KEY_AS_SECRET)
                    && List.of(
                                    key.toECPublicKey().getEncoded(),
                                    key.toJSONString().getBytes(StandardCharsets.UTF_8))
                            .stream()
                            .anyMatch(secret ->
                                    shown.hs256(secret).signature().equals(shown.signature()));
        }
        if (!"ES256".equals(header.get("alg"))) {
            return false;
        }
        return by(shown, key.toECPublicKey())
                || (gaps.contains(Gap.ASSERTION_OF_ANYBODY) && byAny(shown))
                || (gaps.contains(Gap.ASSERTION_OWN_KEY) && brought(shown))
                || (gaps.contains(Gap.ASSERTION_KEYS_FETCHED) && fetched(shown));
    }

    private boolean byAny(Jws shown) throws Exception {
        for (ECKey one : keys.values()) {
            if (by(shown, one.toECPublicKey())) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked")
    private static boolean brought(Jws shown) throws Exception {
        return shown.header().get("jwk") instanceof Map<?, ?> own
                && by(shown, ECKey.parse((Map<String, Object>) own).toECPublicKey());
    }

    private static boolean fetched(Jws shown) throws Exception {
        if (shown.header().get("jku") instanceof String at) {
            ECKey there = (ECKey) JWKSet.parse(fetch(at)).getKeys().getFirst();
            return by(shown, there.toECPublicKey());
        }
        if (shown.header().get("x5u") instanceof String at) {
            String base64 = fetch(at).replaceAll("-----[A-Z ]+-----|\\s", "");
            return by(
                    shown,
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(Base64.getDecoder().decode(base64)))
                            .getPublicKey());
        }
        return false;
    }

    /// What lies there.
    static String fetch(String address) throws java.io.IOException {
        try (var stream = URI.create(address).toURL().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean by(Jws shown, PublicKey key) throws GeneralSecurityException {
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(key);
        check.update(shown.input().getBytes(StandardCharsets.US_ASCII));
        byte[] signature = Base64.getUrlDecoder().decode(shown.signature());
        return signature.length == 64 && check.verify(signature);
    }
}
