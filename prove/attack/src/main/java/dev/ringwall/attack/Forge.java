package dev.ringwall.attack;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Makes access tokens that look like the provider's (RFC 9068) and are wrong in one respect.
final class Forge {

    static final long LIFETIME_SECONDS = 300;

    private final Scene scene;
    private final KeyPair own = Pki.keys();

    Forge(Scene scene) {
        this.scene = scene;
    }

    /// A token that says everything right for the operation, as far as claims can; its signature belongs to nothing.
    Jws wanted(Operation operation) throws IOException, NotPlayable {
        Optional<Jws> genuine = genuine();
        Map<String, Object> claims =
                new HashMap<>(genuine.map(Jws::claims).orElseGet(this::scratch));
        Instant now = now();
        claims.put("roles", roles(operation));
        claims.put("scope", operation.name().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + LIFETIME_SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        claims.remove("nbf");
        Map<String, Object> header =
                new HashMap<>(
                        genuine.map(Jws::header).orElse(Map.of("typ", "at+jwt", "alg", "ES256")));
        header.putIfAbsent("kid", keys().isEmpty() ? "1" : keyId(keys().getFirst()));
        return Jws.unsigned(header, claims);
    }

    /// A token that is right in everything but these claims, signed with the provider's key where somebody can, else with the forger's.
    String flawed(Operation operation, Map<String, Object> flaws) throws IOException, NotPlayable {
        Jws wanted = wanted(operation);
        Map<String, Object> claims = new HashMap<>(wanted.claims());
        claims.putAll(flaws);
        Optional<Mint> mint = scene.stage().target().mint();
        if (mint.isPresent()) {
            return scene.keep(mint.get().sign(claims));
        }
        return Jws.unsigned(wanted.header(), claims).es256(own.getPrivate()).compact();
    }

    /// The token with other header members, signed with the forger's key.
    String withHeader(Operation operation, Map<String, Object> members)
            throws IOException, NotPlayable {
        Jws wanted = wanted(operation);
        Map<String, Object> header = new HashMap<>(wanted.header());
        header.putAll(members);
        return Jws.unsigned(header, wanted.claims()).es256(own.getPrivate()).compact();
    }

    /// The forger's public key, as a key that a token could bring along.
    JWK ownJwk() {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) own.getPublic()).keyID("own").build();
    }

    /// The same key in a certificate that nobody vouches for, base64 DER as in `x5c`.
    String ownCertificate() {
        return scene.stage().pki().certificate(own);
    }

    Instant now() {
        return scene.stage().clock().instant();
    }

    KeyPair own() {
        return own;
    }

    /// A token that the provider gave to somebody; empty when roles have keys only.
    Optional<Jws> genuine() throws IOException, NotPlayable {
        Optional<String> role = tokenRole(scene.stage().blueprint().declaration().roles());
        if (role.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Jws.parse(scene.bearer(role.get(), 0)));
    }

    static Optional<String> tokenRole(Map<String, Role> roles) {
        return roles.values().stream()
                .filter(role -> role.login() != Role.Login.API_KEY)
                .map(Role::name)
                .findFirst();
    }

    /// The provider's public token keys, as anybody can read them.
    List<ECKey> keys() throws IOException, NotPlayable {
        Stage stage = scene.stage();
        Road.Hello hello = stage.door().tls().orElseThrow();
        Road road = Road.secure(stage.target().issuer(), hello).from(scene.door().from());
        String set =
                stage.published(() ->
                        scene.exchange(road, Call.get(stage.target().issuer().getPath() + "/jwks"))
                                .body());
        List<ECKey> keys = new ArrayList<>();
        try {
            for (JWK key : JWKSet.parse(set).getKeys()) {
                if (key instanceof ECKey ec) {
                    keys.add(ec);
                }
            }
        } catch (ParseException notASet) {
            throw new NotPlayable("the provider publishes no key set");
        }
        return keys;
    }

    /// The public key that confusion is tried with, in DER.
    static byte[] der(ECKey key) throws NotPlayable {
        try {
            return key.toECPublicKey().getEncoded();
        } catch (JOSEException notAKey) {
            throw new NotPlayable("the provider's key cannot be read");
        }
    }

    private static String keyId(ECKey key) {
        String id = key.getKeyID();
        return id == null ? "1" : id;
    }

    private Map<String, Object> scratch() {
        Target target = scene.stage().target();
        return Map.of(
                "iss",
                target.issuer().toString(),
                "aud",
                scene.stage().door().origin(),
                "sub",
                UUID.randomUUID().toString(),
                "client_id",
                target.client().map(LoginClient::id).orElse("client"),
                "sid",
                UUID.randomUUID().toString());
    }

    private List<String> roles(Operation operation) {
        Set<String> all = scene.stage().blueprint().declaration().roles().keySet();
        return switch (operation.allow()) {
            case Allow.Roles(var roles) -> List.copyOf(roles.keySet());
            case Allow.Anyone _, Allow.Nobody _ -> List.copyOf(all);
        };
    }
}
