package dev.ringwall.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Authorization requests that a client has signed (RFC 9101), with one of the keys by which it proves itself. Nothing is fetched, and nothing
/// that is not signed is taken; what is not encrypted is what comes.
final class RequestObjects {

    /// How far ahead one may end.
    static final Duration LIFE_MAX = Duration.ofMinutes(10);

    static final int CHARACTERS_MAX = 16 * 1024;

    private static final Set<String> TYPES = Set.of("JWT", "oauth-authz-req+jwt");
    private static final Set<String> INSIDE_ANOTHER = Set.of("request", "request_uri");

    private final String issuer;
    private final Clients clients;
    private final ClientKeySets keys;
    private final InstantSource clock;

    RequestObjects(String issuer, Clients clients, ClientKeySets keys, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clients = clients;
        this.clock = clock;
    }

    /// What became of reading one.
    sealed interface Reading {
        /// The client asks this.
        record Asked(Map<String, String> parameters) implements Reading {
            public Asked {
                parameters = Map.copyOf(parameters);
            }
        }

        /// It does not count.
        record Bad(String why) implements Reading {}
    }

    /// Reads what is said to be a request of that client.
    Reading read(String text, @Nullable String client) {
        RegisteredClient known = client == null ? null : clients.findByClientId(client);
        if (known == null || text.length() > CHARACTERS_MAX) {
            return new Reading.Bad("the client is not known, or the request is too long");
        }
        try {
            SignedJWT signed = SignedJWT.parse(text);
            JOSEObjectType type = signed.getHeader().getType();
            if (signed.getHeader().getCriticalParams() != null
                    || (type != null && !TYPES.contains(type.getType()))) {
                return new Reading.Bad("it is something else that the client signed");
            }
            if (!ClientForm.maySign(
                    known, ClientForm.ASKS_WITH, signed.getHeader().getAlgorithm().getName())) {
                return new Reading.Bad("its algorithm is not the one that the client registered");
            }
            if (!keys.signed(known, signed)) {
                return new Reading.Bad("no key of the client has signed it");
            }
            return read(signed.getJWTClaimsSet(), known.getClientId());
        } catch (ParseException unreadable) {
            return new Reading.Bad("it is no signed JWT");
        }
    }

    private Reading read(JWTClaimsSet claims, String client) throws ParseException {
        if (!client.equals(claims.getIssuer())
                || !client.equals(claims.getStringClaim("client_id"))) {
            return new Reading.Bad("iss and client_id are not the client");
        }
        if (!List.of(issuer).equals(claims.getAudience())) {
            return new Reading.Bad("aud is not the issuer alone");
        }
        if (!now(claims)) {
            return new Reading.Bad("it does not count now, or for too long");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, Object> claim : claims.getClaims().entrySet()) {
            if (INSIDE_ANOTHER.contains(claim.getKey())) {
                return new Reading.Bad("it has another one in it");
            }
            if (Question.NAMES.contains(claim.getKey())) {
                if (claim.getKey().equals(AskedClaims.PARAMETER)
                        && claim.getValue() instanceof Map<?, ?>) {
                    parameters.put(
                            claim.getKey(),
                            JSONObjectUtils.toJSONString(
                                    claims.getJSONObjectClaim(claim.getKey())));
                    continue;
                }
                if (!(claim.getValue() instanceof String)
                        && !(claim.getValue() instanceof Number)) {
                    return new Reading.Bad(claim.getKey() + " is neither text nor a number");
                }
                parameters.put(claim.getKey(), claim.getValue().toString());
            }
        }
        return new Reading.Asked(parameters);
    }

    private boolean now(JWTClaimsSet claims) {
        Instant latest = clock.instant().plus(Assertions.CLOCKS_DIFFER);
        Date until = claims.getExpirationTime();
        Date from = claims.getNotBeforeTime();
        return until != null
                && clock.instant().minus(Assertions.CLOCKS_DIFFER).isBefore(until.toInstant())
                && !until.toInstant().isAfter(latest.plus(LIFE_MAX))
                && (from == null || !from.toInstant().isAfter(latest));
    }
}
