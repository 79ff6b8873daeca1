package dev.ringwall.identity;

import dev.ringwall.people.RegisteredClients.Known;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a program that registers itself sends, and what it is told about itself: all that is kept of it (RFC 7591 §3.1, §3.2.1).
record RegistrationAnswer(URI door) {

    static final int BODY_BYTES_MAX = 64 * 1024;
    static final int DEPTH_MAX = 16;

    private static final JsonMapper STRICT =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /// The object that was sent: no member twice, nothing behind it.
    static JsonNode read(HttpServletRequest request) throws IOException, UnusableMetadata {
        String type = String.valueOf(request.getContentType());
        if (!type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json")) {
            throw unusable("the body is not said to be application/json");
        }
        byte[] body = request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw unusable("the body has more than " + BODY_BYTES_MAX + " bytes");
        }
        try {
            JsonNode says = STRICT.readTree(body);
            if (says != null && says.isObject()) {
                return says;
            }
        } catch (JacksonException notJson) {
            throw unusable("the body is no JSON, or says something twice");
        }
        throw unusable("the body is no JSON object");
    }

    private static UnusableMetadata unusable(String why) {
        return new UnusableMetadata("invalid_client_metadata", why);
    }

    /// Says it.
    ///
    /// @param secret null where there is none, or it was shown before
    /// @param access with what the client may look at itself
    void send(
            HttpServletResponse response,
            int status,
            Known known,
            @Nullable String secret,
            String access)
            throws IOException {
        boolean returns = known.is().kind().returns();
        Map<String, Object> says = new LinkedHashMap<>();
        says.put("client_id", known.id());
        says.put("client_id_issued_at", known.created().getEpochSecond());
        if (secret != null) {
            says.put("client_secret", secret);
            says.put("client_secret_expires_at", 0);
        }
        says.put("registration_access_token", access);
        says.put("registration_client_uri", door + Paths.CLIENTS + "/" + known.id());
        says.put("client_name", known.is().title());
        says.put("token_endpoint_auth_method", known.is().method());
        Set<String> scopes = new TreeSet<>(known.is().scopes());
        if (returns) {
            says.put(
                    "application_type",
                    known.is().kind() == dev.ringwall.model.Client.Kind.NATIVE ? "native" : "web");
            says.put("redirect_uris", known.is().redirects());
            if (!known.is().leaving().isEmpty()) {
                says.put("post_logout_redirect_uris", known.is().leaving());
            }
            says.put("response_types", List.of("code"));
            says.put(
                    "grant_types",
                    known.is().refreshes()
                            ? List.of("authorization_code", "refresh_token")
                            : List.of("authorization_code"));
            says.put(SubjectType.PARAMETER, known.is().subject().word());
            says.put("id_token_signed_response_alg", known.is().signing().told().word());
            scopes.add(Clients.OPENID);
        } else {
            says.put("response_types", List.of());
            says.put("grant_types", List.of("client_credentials"));
        }
        says.put("scope", String.join(" ", scopes));
        if (known.is().signing().proves() != null) {
            says.put("token_endpoint_auth_signing_alg", known.is().signing().proves());
        }
        if (known.is().signing().asks() != null) {
            says.put("request_object_signing_alg", known.is().signing().asks());
        }
        if (known.is().keysAt() != null) {
            says.put("jwks_uri", known.is().keysAt().toString());
        }
        if (known.is().keys() != null) {
            says.put("jwks", STRICT.readTree(known.is().keys()));
        }
        response.setStatus(status);
        Json.send(response, says);
    }
}
