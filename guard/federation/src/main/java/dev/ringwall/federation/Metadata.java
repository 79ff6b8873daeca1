package dev.ringwall.federation;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ringwall.model.OutsideProvider;
import java.net.URI;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a provider says about itself (OpenID Connect Discovery 1.0 §3). It counts if it names the issuer that was declared, letter for letter.
///
/// @param saysIssuer whether it names itself when a browser comes back (RFC 9207 §3)
/// @param mustPush   whether it takes requests only at `pushed`
record Metadata(
        URI authorization,
        URI token,
        URI keys,
        Optional<URI> pushed,
        Optional<URI> endSession,
        boolean saysIssuer,
        boolean mustPush,
        Set<String> algorithms,
        Set<String> clientProofs) {

    Metadata {
        algorithms = Set.copyOf(algorithms);
        clientProofs = Set.copyOf(clientProofs);
    }

    /// Where it lies.
    static URI address(OutsideProvider provider) {
        String issuer = provider.issuer();
        return URI.create(
                (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                        + "/.well-known/openid-configuration");
    }

    static Metadata read(OutsideProvider provider, String text) throws Untrusted {
        Map<String, Object> says;
        try {
            says = JSONObjectUtils.parse(text);
        } catch (ParseException unreadable) {
            throw new Untrusted("metadata-not-valid", unreadable);
        }
        Untrusted.unless(provider.issuer().equals(says.get("issuer")), "metadata-of-another");
        Reach reach = Reach.of(provider);
        Optional<URI> pushed = optional(reach, says, "pushed_authorization_request_endpoint");
        return new Metadata(
                required(reach, says, "authorization_endpoint"),
                required(reach, says, "token_endpoint"),
                required(reach, says, "jwks_uri"),
                pushed,
                optional(reach, says, "end_session_endpoint"),
                Boolean.TRUE.equals(says.get("authorization_response_iss_parameter_supported")),
                Boolean.TRUE.equals(says.get("require_pushed_authorization_requests")),
                words(says, "id_token_signing_alg_values_supported"),
                words(says, "token_endpoint_auth_methods_supported"));
    }

    private static URI required(Reach reach, Map<String, Object> says, String name)
            throws Untrusted {
        return optional(reach, says, name).orElseThrow(() -> new Untrusted("metadata-not-valid"));
    }

    private static Optional<URI> optional(Reach reach, Map<String, Object> says, String name)
            throws Untrusted {
        return says.get(name) instanceof String text
                ? Optional.of(reach.address(text))
                : Optional.empty();
    }

    private static Set<String> words(Map<String, Object> says, String name) {
        Set<String> words = new HashSet<>();
        if (says.get(name) instanceof List<?> list) {
            list.forEach(one -> words.add(String.valueOf(one)));
        }
        return words;
    }
}
