package dev.ringwall.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.keys.StrictBase64Url;
import dev.ringwall.keys.VerifyingKey;
import dev.ringwall.model.Reason;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.policy.Caller;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Checks access tokens (RFC 9068 §4) against the keys of the one issuer, each for its own algorithm, and nothing that a token brings along
/// (RFC 8725 §3.1, §3.10). A good token is remembered until it ends, by its SHA-256, so that its signature is checked once; what it says is
/// read from itself again. Any thread may use it.
final class AccessTokens {

    /// The longest token that is looked at, in characters.
    static final int LENGTH_MAX = 8 << 10;

    /// Of so many good tokens is remembered that they are good: their signatures are not checked again.
    static final int REMEMBERED_MAX = 1 << 20;

    /// Of so many of them what they say is remembered as well.
    static final int CLAIMS_REMEMBERED_MAX = 8_192;

    /// How far apart the clocks of issuer and node may be.
    static final Duration SKEW = Duration.ofSeconds(5);

    /// What access tokens may be signed with. RS256 is for what clients read.
    private static final Set<SigningAlgorithm> ALGORITHMS =
            EnumSet.of(SigningAlgorithm.ES256, SigningAlgorithm.PS256, SigningAlgorithm.EDDSA);

    private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");

    private final String issuer;
    private final String audience;
    private final String jwks;
    private final Map<String, VerifyingKey> keys = new HashMap<>();
    private final Fingerprints good = new Fingerprints(REMEMBERED_MAX);
    private final Remembered<String, Claims> said;
    private final SealedCallers sealed;

    /// @throws IllegalArgumentException when the key set is none
    AccessTokens(String issuer, String audience, String jwks, SealedCallers sealed) {
        this(issuer, audience, jwks, sealed, CLAIMS_REMEMBERED_MAX);
    }

    AccessTokens(String issuer, String audience, String jwks, SealedCallers sealed, int claimsMax) {
        this.sealed = sealed;
        this.said = new Remembered<>(claimsMax);
        this.issuer = issuer;
        this.audience = audience;
        this.jwks = jwks;
        try {
            for (JWK key : JWKSet.parse(jwks).getKeys()) {
                Optional<VerifyingKey> usable =
                        key.getKeyID() == null ? Optional.empty() : VerifyingKey.of(key);
                usable.filter(one -> ALGORITHMS.contains(one.algorithm()))
                        .ifPresent(one -> keys.put(key.getKeyID(), one));
            }
        } catch (ParseException | JOSEException notAKeySet) {
            throw new IllegalArgumentException("the issuer's keys cannot be read", notAKeySet);
        }
    }

    /// What a good token says.
    ///
    /// @param subject whose it is by the ids of this system, also where the client has ids of its own
    /// @param session likewise
    record Claims(
            String subject,
            String clientId,
            Set<String> roles,
            Set<String> scopes,
            String tokenId,
            String session,
            Instant notBefore,
            Instant expires,
            Binding binding) {

        /// Callers are made of them for each request, which then need not copy.
        Claims {
            roles = Set.copyOf(roles);
            scopes = Set.copyOf(scopes);
        }

        /// A program's own token names the program as its subject (RFC 9068 §2.2).
        Caller caller() {
            return subject.equals(clientId)
                    ? new Caller.Client(clientId, roles, scopes)
                    : new Caller.Person(subject, roles, scopes, clientId);
        }
    }

    /// Whom a token serves (RFC 7800 `cnf`).
    sealed interface Binding {
        /// Whoever holds it.
        record Bearer() implements Binding {}

        /// Who holds the key of that thumbprint (RFC 9449 §6.1).
        record ToKey(String thumbprint) implements Binding {}

        /// Who holds the key of the certificate of that thumbprint (RFC 8705 §3.1).
        record ToCertificate(String thumbprint) implements Binding {}

        /// Who shows something that cannot be shown at this door.
        record Unknown() implements Binding {}

        static Binding of(JsonNode confirmation) {
            if (confirmation.isMissingNode()) {
                return new Bearer();
            }
            String key = confirmation.path("jkt").asString("");
            String certificate = confirmation.path("x5t#S256").asString("");
            if (confirmation.size() != 1 || key.isEmpty() == certificate.isEmpty()) {
                return new Unknown();
            }
            return key.isEmpty() ? new ToCertificate(certificate) : new ToKey(key);
        }
    }

    /// What became of a token.
    sealed interface Checked {
        /// The issuer gave it, for us.
        record Good(Claims claims) implements Checked {}

        /// It does not count.
        record Bad(Reason reason, String note) implements Checked {}
    }

    /// Whether these are the keys and names that it checks against.
    boolean sameAs(Snapshot snapshot) {
        return issuer.equals(snapshot.issuer())
                && audience.equals(snapshot.audience())
                && jwks.equals(snapshot.jwks())
                && sealed.areFor(SealedCallers.clients(snapshot.blueprint()));
    }

    /// What is known of the token without checking a signature; null when that has to be done, which takes a while.
    @Nullable Checked known(String token, Instant now) {
        if (token.length() > LENGTH_MAX) {
            return new Checked.Bad(
                    Reason.TOKEN_MALFORMED, "longer than " + LENGTH_MAX + " characters");
        }
        Claims claims = said.find(token);
        if (claims != null) {
            return inTime(claims, now);
        }
        return good.has(token, now.minus(SKEW).getEpochSecond())
                ? claims(token, token.indexOf('.'), token.lastIndexOf('.'), now)
                : null;
    }

    /// How many tokens are known to be good.
    int remembered() {
        return good.size();
    }

    /// Checks the token, signature and all.
    Checked check(String token, Instant now) {
        if (!StrictBase64Url.canonicalParts(token, 3)) {
            return new Checked.Bad(Reason.TOKEN_MALFORMED, "not three parts of base64url");
        }
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        try {
            JWSHeader header = JWSHeader.parse(new Base64URL(token.substring(0, first)));
            Checked.Bad unfit = unfit(header);
            if (unfit != null) {
                return unfit;
            }
            VerifyingKey key = keys.get(header.getKeyID());
            if (key == null
                    || !key.verifies(
                            header,
                            token.substring(0, last).getBytes(StandardCharsets.US_ASCII),
                            new Base64URL(token.substring(last + 1)))) {
                return new Checked.Bad(
                        Reason.TOKEN_NOT_OURS,
                        key == null
                                ? "an unknown key"
                                : key.isFor(header)
                                        ? "the signature does not match"
                                        : "an algorithm other than that of its key");
            }
            Checked checked = claims(token, first, last, now);
            if (checked instanceof Checked.Good(Claims claims)) {
                good.keep(
                        token, claims.expires().getEpochSecond(), now.minus(SKEW).getEpochSecond());
            }
            return checked;
        } catch (ParseException
                | JOSEException
                | JacksonException
                | IllegalArgumentException malformed) {
            return new Checked.Bad(Reason.TOKEN_MALFORMED, "its parts are not what they should be");
        }
    }

    /// Reads what a token says whose signature is good.
    private Checked claims(String token, int first, int last, Instant now) {
        Checked checked =
                claims(
                        StrictJson.tree(new Base64URL(token.substring(first + 1, last)).decode()),
                        now);
        if (checked instanceof Checked.Good(Claims claims)) {
            said.keep(token, claims);
        }
        return checked;
    }

    private static Checked.@Nullable Bad unfit(JWSHeader header) {
        if (header.getType() == null || !TYPES.contains(header.getType().getType())) {
            return new Checked.Bad(Reason.TOKEN_NOT_OURS, "not an access token (`typ`)");
        }
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            return new Checked.Bad(Reason.TOKEN_MALFORMED, "a critical header");
        }
        return null;
    }

    private Checked claims(JsonNode payload, Instant now) {
        JsonNode expires = payload.path("exp");
        String subject = payload.path("sub").asString("");
        if (!payload.isObject() || !expires.isIntegralNumber() || subject.isEmpty()) {
            return new Checked.Bad(Reason.TOKEN_MALFORMED, "no `exp` or no `sub`");
        }
        if (!issuer.equals(payload.path("iss").asString(""))) {
            return new Checked.Bad(Reason.TOKEN_NOT_OURS, "another issuer");
        }
        if (!texts(payload.path("aud")).contains(audience)) {
            return new Checked.Bad(Reason.TOKEN_WRONG_AUDIENCE, "another audience");
        }
        return switch (sealed.of(payload)) {
            case SealedCallers.Whose.Unknown(String note) ->
                    new Checked.Bad(Reason.TOKEN_NOT_OPENED, note);
            case SealedCallers.Whose.Theirs theirs -> inTime(said(payload, theirs), now);
        };
    }

    private static Claims said(JsonNode payload, SealedCallers.Whose.Theirs theirs) {
        Set<String> scopes = new HashSet<>();
        for (String scope : payload.path("scope").asString("").split(" ", -1)) {
            if (!scope.isEmpty()) {
                scopes.add(scope);
            }
        }
        long from = Math.max(payload.path("nbf").asLong(0), payload.path("iat").asLong(0));
        return new Claims(
                theirs.subject(),
                payload.path("client_id").asString(""),
                texts(payload.path("roles")),
                scopes,
                payload.path("jti").asString(""),
                theirs.session(),
                Instant.ofEpochSecond(from),
                Instant.ofEpochSecond(payload.path("exp").asLong()),
                Binding.of(payload.path("cnf")));
    }

    private static Checked inTime(Claims claims, Instant now) {
        if (!now.isBefore(claims.expires().plus(SKEW))) {
            return new Checked.Bad(Reason.TOKEN_EXPIRED, "since " + claims.expires());
        }
        return now.plus(SKEW).isBefore(claims.notBefore())
                ? new Checked.Bad(Reason.TOKEN_NOT_YET_VALID, "from " + claims.notBefore())
                : new Checked.Good(claims);
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        if (node.isString()) {
            texts.add(node.asString());
        }
        for (JsonNode item : node) {
            texts.add(item.asString(""));
        }
        return texts;
    }
}
