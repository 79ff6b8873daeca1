package dev.ringwall.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.people.ClientKeys;
import dev.ringwall.people.Secrets;
import dev.ringwall.store.Store;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Checks what a client has signed to prove who it is (RFC 7523 §3, OpenID Connect Core §9 `private_key_jwt`).
///
/// Stricter than these where later advice is (FAPI 2.0 §5.3.2.1): the audience is the issuer and nothing else, so that what was meant for
/// another server is worth nothing here; each assertion is good once; keys come from the operator alone.
final class Assertions implements JwtDecoderFactory<RegisteredClient> {

    /// How far ahead an assertion may end; so long its id is remembered.
    static final Duration LIFE_MAX = Duration.ofMinutes(10);

    /// How far the clocks of clients may be off.
    static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    static final int CHARACTERS_MAX = 8 * 1024;
    static final int ID_CHARACTERS_MAX = 256;

    private static final Set<String> TYPES = Set.of("JWT", "client-authentication+jwt");

    private final String issuer;
    private final ClientKeySets keys;
    private final Store store;
    private final InstantSource clock;

    Assertions(String issuer, ClientKeySets keys, Store store, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient client) {
        return text -> verified(client, text);
    }

    private Jwt verified(RegisteredClient known, String text) {
        String client = known.getClientId();
        if (text.length() > CHARACTERS_MAX) {
            throw new BadJwtException("it is too long");
        }
        try {
            SignedJWT signed = SignedJWT.parse(text);
            JOSEObjectType type = signed.getHeader().getType();
            require(
                    ClientKeys.ALGORITHMS.contains(signed.getHeader().getAlgorithm().getName()),
                    "its algorithm is not one of " + ClientKeys.ALGORITHMS);
            require(
                    type == null || TYPES.contains(type.getType()),
                    "it is a token of another kind");
            require(
                    ClientForm.maySign(
                            known,
                            ClientForm.PROVES_WITH,
                            signed.getHeader().getAlgorithm().getName()),
                    "its algorithm is not the one that the client registered");
            require(keys.signed(known, signed), "no key of the client has signed it");
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            require(client.equals(claims.getSubject()), "sub is not the client");
            require(client.equals(claims.getIssuer()), "iss is not the client");
            require(List.of(issuer).equals(claims.getAudience()), "aud is not the issuer alone");
            Instant until = times(claims);
            spend(client, claims.getJWTID(), until);
            return Jwt.withTokenValue(text)
                    .headers(headers ->
                            headers.put("alg", signed.getHeader().getAlgorithm().getName()))
                    .claims(all -> all.putAll(Map.of("sub", client, "iss", client)))
                    .build();
        } catch (ParseException unreadable) {
            throw new BadJwtException("it is no signed JWT", unreadable);
        }
    }

    private Instant times(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Instant latest = now.plus(CLOCKS_DIFFER);
        Date exp = claims.getExpirationTime();
        if (exp == null) {
            throw new BadJwtException("exp is missing");
        }
        Instant until = exp.toInstant();
        require(now.minus(CLOCKS_DIFFER).isBefore(until), "it is over");
        require(!until.isAfter(latest.plus(LIFE_MAX)), "it lives for too long");
        require(!after(claims.getNotBeforeTime(), latest), "it does not count yet");
        require(!after(claims.getIssueTime(), latest), "it was made in the future");
        return until;
    }

    private static boolean after(@Nullable Date time, Instant latest) {
        return time != null && time.toInstant().isAfter(latest);
    }

    private void spend(String client, @Nullable String id, Instant until) {
        if (id == null || id.isBlank() || id.length() > ID_CHARACTERS_MAX) {
            throw new BadJwtException("jti is missing or too long");
        }
        int added =
                store.write(tx ->
                        tx.change(
                                "INSERT INTO used_assertion (hash, expires) VALUES (?, ?) ON CONFLICT DO NOTHING",
                                Secrets.sha256(client + "\n" + id),
                                until.plus(CLOCKS_DIFFER).toEpochMilli()));
        require(added == 1, "it was used before");
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new BadJwtException(otherwise);
        }
    }
}
