package dev.ringwall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.events.Ids;
import dev.ringwall.people.Rights;
import dev.ringwall.people.Secrets;
import dev.ringwall.people.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/// Makes tokens: access tokens after RFC 9068, ID tokens after OpenID Connect Core §2, and refresh tokens, which are only random.
final class TokenMint implements OAuth2TokenGenerator<OAuth2Token> {

    /// How long an access token lives at most.
    static final Duration ACCESS_LIFE = Duration.ofMinutes(5);

    /// A login with a password and nothing else; what clients see as `acr`.
    static final String ACR_PASSWORD = "urn:ringwall:acr:password";

    /// A login on the word of an outside provider.
    static final String ACR_OUTSIDE = "urn:ringwall:acr:sso";

    /// A login with a second factor.
    static final String ACR_TWICE = "urn:ringwall:acr:mfa";

    /// Everything that `acr` can be.
    static final List<String> ACRS = List.of(ACR_PASSWORD, ACR_TWICE, ACR_OUTSIDE);

    private static final JOSEObjectType ACCESS_TYPE = new JOSEObjectType("at+jwt");
    private static final JOSEObjectType LOGOUT_TYPE = new JOSEObjectType("logout+jwt");
    private static final JOSEObjectType INTROSPECTION_TYPE =
            new JOSEObjectType("token-introspection+jwt");
    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration LOGOUT_LIFE = Duration.ofMinutes(2);

    private final String issuer;
    private final String audience;
    private final TokenSigner signer;
    private final Rights rights;
    private final ClientForm clients;
    private final ResourceRule resources;
    private final KeyBinding binding;
    private final Subjects subjects;
    private final InstantSource clock;
    private final Ids ids;

    TokenMint(
            IdentitySettings settings,
            Rights rights,
            ClientForm clients,
            KeyBinding binding,
            Subjects subjects) {
        this.issuer = settings.issuer();
        this.audience = settings.audience();
        this.signer = settings.signer();
        this.rights = rights;
        this.clients = clients;
        this.binding = binding;
        this.subjects = subjects;
        this.resources = new ResourceRule(settings.audience());
        this.clock = settings.clock();
        this.ids = new Ids(settings.clock());
    }

    @Override
    public @Nullable OAuth2Token generate(OAuth2TokenContext context) {
        resources.check(context);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Authentication principal = context.getPrincipal();
        return switch (context.getTokenType().getValue()) {
            case "access_token" ->
                    principal instanceof SignedIn person
                            ? access(context, person, now)
                            : access(context, context.getRegisteredClient(), now);
            case "refresh_token" ->
                    principal instanceof SignedIn person
                            ? new OAuth2RefreshToken(Secrets.random(), now, person.until())
                            : null;
            case "id_token" ->
                    principal instanceof SignedIn person ? id(context, person, now) : null;
            default -> null;
        };
    }

    private Jwt access(OAuth2TokenContext context, SignedIn person, Instant now) {
        Delegation delegation = context.get(Delegation.class);
        Set<String> roles =
                delegation == null
                        ? ClientForm.counting(
                                context.getRegisteredClient(), person.account().roles())
                        : delegation.roles();
        Instant until = earlier(now.plus(ACCESS_LIFE), person.until());
        Subjects.Known known = subjects.at(context.getRegisteredClient(), person);
        String jti = ids.next();
        JWTClaimsSet.Builder claims =
                access(context, known.sub(), rights.ofPeople(roles))
                        .jwtID(jti)
                        .claim("sid", known.sid())
                        .claim("auth_time", person.since().getEpochSecond())
                        .claim("acr", acr(person))
                        .claim("amr", List.copyOf(person.methods()));
        if (known.own()) {
            claims.claim(
                    Subjects.SEALED,
                    subjects.sealed(jti, context.getRegisteredClient().getClientId(), person));
        }
        return delegation == null
                ? signed(ACCESS_TYPE, claims, signer.access(), now, until)
                : signed(
                        ACCESS_TYPE,
                        claims.claim("act", delegation.act()),
                        signer.access(),
                        now,
                        earlier(until, delegation.until()));
    }

    /// How the person signed in, as clients see it.
    static String acr(SignedIn person) {
        return person.twice() ? ACR_TWICE : person.outside() ? ACR_OUTSIDE : ACR_PASSWORD;
    }

    private Jwt access(OAuth2TokenContext context, RegisteredClient client, Instant now) {
        return signed(
                ACCESS_TYPE,
                access(context, client.getClientId(), clients.own(client)).jwtID(ids.next()),
                signer.access(),
                now,
                now.plus(ACCESS_LIFE));
    }

    private JWTClaimsSet.Builder access(
            OAuth2TokenContext context, String subject, Set<String> roles) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .audience(audience)
                        .claim("client_id", context.getRegisteredClient().getClientId())
                        .claim("roles", List.copyOf(roles))
                        .claim("scope", String.join(" ", context.getAuthorizedScopes()));
        Map<String, Object> confirmation = binding.confirmation(context);
        return confirmation.isEmpty() ? claims : claims.claim("cnf", confirmation);
    }

    private Jwt id(OAuth2TokenContext context, SignedIn person, Instant now) {
        Subjects.Known known = subjects.at(context.getRegisteredClient(), person);
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .jwtID(ids.next())
                        .subject(known.sub())
                        .audience(context.getRegisteredClient().getClientId())
                        .claim("azp", context.getRegisteredClient().getClientId())
                        .claim("sid", known.sid())
                        .claim("auth_time", person.since().getEpochSecond())
                        .claim("acr", acr(person))
                        .claim("amr", List.copyOf(person.methods()));
        if (!known.own()) {
            claims.claim("preferred_username", person.account().name());
        }
        OAuth2AuthorizationRequest request =
                Objects.requireNonNull(context.getAuthorization())
                        .getAttribute(OAuth2AuthorizationRequest.class.getName());
        if (request != null
                && request.getAdditionalParameters().get("nonce") instanceof String nonce) {
            claims.claim("nonce", nonce);
        }
        return signed(
                JOSEObjectType.JWT,
                claims,
                readBy(context.getRegisteredClient().getClientId()),
                now,
                earlier(now.plus(ACCESS_LIFE), person.until()));
    }

    /// Says to a client that a login is over (OpenID Connect Back-Channel Logout 1.0 §2.4).
    String logout(String client, String account, String sid) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Subjects.Known known = subjects.at(client, account, sid);
        return signed(
                        LOGOUT_TYPE,
                        new JWTClaimsSet.Builder()
                                .jwtID(ids.next())
                                .subject(known.sub())
                                .audience(client)
                                .claim("sid", known.sid())
                                .claim("events", Map.of(LOGOUT_EVENT, Map.of())),
                        readBy(client),
                        now,
                        now.plus(LOGOUT_LIFE))
                .getTokenValue();
    }

    /// Says to a client what a token is worth (RFC 9701 §5). It has neither `sub` nor `exp`, so that nobody takes it for a token.
    String introspection(String client, Map<String, Object> says) {
        return signed(
                INTROSPECTION_TYPE,
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .audience(client)
                        .issueTime(Date.from(clock.instant()))
                        .claim("token_introspection", says)
                        .build(),
                readBy(client));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /// The key that signs what only that client reads.
    private TokenSigner.Key readBy(String client) {
        return signer.signing(clients.signedWith(client));
    }

    private Jwt signed(
            JOSEObjectType type,
            JWTClaimsSet.Builder builder,
            TokenSigner.Key key,
            Instant now,
            Instant expires) {
        JWTClaimsSet claims =
                builder.issuer(issuer)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(expires))
                        .build();
        return Jwt.withTokenValue(signed(type, claims, key))
                .headers(headers ->
                        headers.putAll(
                                Map.of("alg", key.algorithm().word(), "typ", type.getType())))
                .claims(all -> all.putAll(claims.getClaims()))
                .issuedAt(now)
                .expiresAt(expires)
                .build();
    }

    private static String signed(JOSEObjectType type, JWTClaimsSet claims, TokenSigner.Key key) {
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(key.alg()).type(type).keyID(key.id()).build(),
                        claims);
        try {
            jwt.sign(key.signer());
        } catch (JOSEException unusable) {
            throw new IllegalStateException("the key does not sign: " + key.id(), unusable);
        }
        return jwt.serialize();
    }
}
