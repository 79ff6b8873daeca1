package dev.ringwall.identity;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a client may say of itself by a standard, and what is not done here for one that registered itself. To pass over it would leave
/// the client with less than it counts on, so it is refused (RFC 7591 §3.2.2).
final class BeyondMetadata {

    private static final String FETCHED =
            "nothing is fetched from where a client says (expected: without it)";
    private static final String CALLED =
            "nothing is sent to where a client says, unless it is declared (expected: without it)";
    private static final String PLAIN =
            "answers are not encrypted or signed in that way (expected: without it)";

    /// Members, and why each is turned down.
    private static final Map<String, String> NOT_DONE =
            Map.ofEntries(
                    Map.entry("sector_identifier_uri", FETCHED),
                    Map.entry("request_uris", FETCHED),
                    Map.entry("backchannel_logout_uri", CALLED),
                    Map.entry("frontchannel_logout_uri", CALLED),
                    Map.entry("backchannel_client_notification_endpoint", CALLED),
                    Map.entry("userinfo_signed_response_alg", PLAIN),
                    Map.entry("userinfo_encrypted_response_alg", PLAIN),
                    Map.entry("id_token_encrypted_response_alg", PLAIN),
                    Map.entry("request_object_encryption_alg", PLAIN),
                    Map.entry("authorization_signed_response_alg", PLAIN),
                    Map.entry("authorization_encrypted_response_alg", PLAIN),
                    Map.entry("introspection_encrypted_response_alg", PLAIN));

    /// What holds for a client of the declaration with a profile, and is not to be had otherwise.
    private static final List<String> NOT_KEPT_TO =
            List.of(
                    "dpop_bound_access_tokens",
                    "tls_client_certificate_bound_access_tokens",
                    "require_pushed_authorization_requests",
                    "require_signed_request_object");

    private BeyondMetadata() {}

    static void check(JsonNode says) throws UnusableMetadata {
        JsonNode statement = says.path("software_statement");
        if (there(statement)) {
            throw statement(statement);
        }
        for (Map.Entry<String, String> one : NOT_DONE.entrySet()) {
            if (there(says.path(one.getKey()))) {
                throw unusable("`" + one.getKey() + "`: " + one.getValue());
            }
        }
        for (String name : NOT_KEPT_TO) {
            JsonNode value = says.path(name);
            if (there(value) && !(value.isBoolean() && !value.asBoolean())) {
                throw unusable(
                        "`"
                                + name
                                + "` is for clients of the declaration with a profile (expected: false, or without it)");
            }
        }
    }

    /// RFC 7591 §3.2.2 parts a statement that is none from one whose author nobody here trusts. Nobody is trusted.
    private static UnusableMetadata statement(JsonNode statement) {
        try {
            JWTParser.parse(statement.isString() ? statement.asString() : "").getJWTClaimsSet();
        } catch (ParseException unreadable) {
            return new UnusableMetadata(
                    "invalid_software_statement", "`software_statement` is no JWT");
        }
        return new UnusableMetadata(
                "unapproved_software_statement",
                "no author of software statements is trusted here (expected: without it)");
    }

    private static boolean there(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static UnusableMetadata unusable(String why) {
        return new UnusableMetadata("invalid_client_metadata", why);
    }
}
