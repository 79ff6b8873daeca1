package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a client asks to be told, claim by claim (OpenID Connect Core §5.5 `claims`). Claims that are not known are passed over, as §5.5 says, and
/// those that are known are told anyway; so what counts are the values that it asks for: of `acr` (§5.5.1.1) and of `sub` (§5.5.1).
///
/// @param acr          the values of `acr` that it asks for in the ID token; empty for any
/// @param acrEssential whether nothing else will do
/// @param subjects     whom alone the answer may be about; empty for anybody
record AskedClaims(Set<String> acr, boolean acrEssential, Set<String> subjects) {

    static final String PARAMETER = "claims";

    static final int CHARACTERS_MAX = 4 * 1024;

    /// A request that asks for nothing.
    static final AskedClaims NOTHING = new AskedClaims(Set.of(), false, Set.of());

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    AskedClaims {
        acr = Collections.unmodifiableSet(new TreeSet<>(acr));
        subjects = Collections.unmodifiableSet(new TreeSet<>(subjects));
    }

    /// What stands there; empty where it is not of the form that the standard gives it.
    static Optional<AskedClaims> read(String text) {
        if (text.length() > CHARACTERS_MAX) {
            return Optional.empty();
        }
        try {
            JsonNode all = JSON.readTree(text);
            JsonNode idToken = all.path("id_token");
            JsonNode userinfo = all.path("userinfo");
            if (!all.isObject() || !members(idToken) || !members(userinfo)) {
                return Optional.empty();
            }
            Set<String> subjects = new TreeSet<>(values(idToken.path("sub")));
            subjects.addAll(values(userinfo.path("sub")));
            JsonNode acr = idToken.path("acr");
            return Optional.of(
                    new AskedClaims(values(acr), acr.path("essential").asBoolean(false), subjects));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /// What the request asks for; nothing where that cannot be read, for [ClaimsRule] refuses it.
    static AskedClaims by(HttpServletRequest request) {
        @Nullable String text = request.getParameter(PARAMETER);
        return text == null ? NOTHING : read(text).orElse(NOTHING);
    }

    /// Each claim is `null`, or an object with `essential`, `value`, `values` and what nobody here knows.
    private static boolean members(JsonNode claims) {
        if (claims.isMissingNode() || claims.isNull()) {
            return true;
        }
        if (!claims.isObject()) {
            return false;
        }
        for (JsonNode claim : claims) {
            JsonNode essential = claim.path("essential");
            JsonNode values = claim.path("values");
            boolean form =
                    claim.isNull()
                            || (claim.isObject()
                                    && (essential.isMissingNode() || essential.isBoolean())
                                    && (values.isMissingNode() || values.isArray()));
            if (!form) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> values(JsonNode claim) {
        Set<String> values = new TreeSet<>();
        if (claim.path("value").isString()) {
            values.add(claim.path("value").asString());
        }
        for (JsonNode value : claim.path("values")) {
            if (value.isString()) {
                values.add(value.asString());
            }
        }
        return values;
    }

    /// Whether it takes a second factor to be told that.
    boolean twice() {
        return acr.contains(TokenMint.ACR_TWICE) && !acr.contains(TokenMint.ACR_PASSWORD);
    }

    /// Whether an answer that says this will do.
    boolean takes(String said) {
        return !acrEssential || acr.isEmpty() || acr.contains(said);
    }

    /// Whether there is any way to sign in that will do.
    boolean canBeMet() {
        return TokenMint.ACRS.stream().anyMatch(this::takes);
    }

    /// Whether the answer may be about that person.
    boolean about(String subject) {
        return subjects.isEmpty() || subjects.contains(subject);
    }
}
