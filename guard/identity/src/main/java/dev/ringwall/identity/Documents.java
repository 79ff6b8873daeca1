package dev.ringwall.identity;

import dev.ringwall.model.Client;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.people.ClientKeys;
import dev.ringwall.people.Rights;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/// What the provider says about itself: its metadata (RFC 8414 §2, OpenID Connect Discovery 1.0 §3) and its keys. It names what works
/// and nothing else.
final class Documents extends HttpServlet {

    private static final String KEYS_FRESH = "public, max-age=5";
    private static final String METADATA_FRESH = "public, max-age=300";

    private static final List<String> PROOFS =
            List.of("client_secret_basic", "client_secret_post", "private_key_jwt");
    private static final List<String> CERTIFICATES =
            List.of("tls_client_auth", "self_signed_tls_client_auth");

    private final transient IdentitySettings settings;
    private final transient Doors doors;
    private final transient Rights rights;

    Documents(IdentitySettings settings, Doors doors, Rights rights) {
        this.settings = settings;
        this.doors = doors;
        this.rights = rights;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getRequestURI().equals(Paths.JWKS)) {
            response.setHeader("Cache-Control", KEYS_FRESH);
            Json.send(response, "application/jwk-set+json", settings.signer().published());
            return;
        }
        response.setHeader("Cache-Control", METADATA_FRESH);
        Json.send(response, metadata());
    }

    private Map<String, Object> metadata() {
        Map<String, Object> says = new LinkedHashMap<>();
        Optional<URI> mutualTls = doors.mutualTls();
        List<String> proofs = new ArrayList<>(PROOFS);
        if (mutualTls.isPresent()) {
            proofs.addAll(CERTIFICATES);
        }
        List<String> proofsOrNone = new ArrayList<>(proofs);
        proofsOrNone.add("none");
        says.put("issuer", settings.issuer());
        says.put("authorization_endpoint", settings.door() + Paths.AUTHORIZE);
        says.put("pushed_authorization_request_endpoint", settings.door() + Paths.PAR);
        says.put("token_endpoint", settings.door() + Paths.TOKEN);
        says.put("token_endpoint_auth_methods_supported", proofsOrNone);
        says.put("token_endpoint_auth_signing_alg_values_supported", ClientKeys.ALGORITHMS);
        if (rights.clientRegistration().isPresent()) {
            says.put("registration_endpoint", settings.door() + Paths.CLIENTS);
        }
        says.put("jwks_uri", settings.door() + Paths.JWKS);
        says.put("userinfo_endpoint", settings.door() + Paths.USERINFO);
        says.put("end_session_endpoint", settings.door() + Paths.LOGOUT);
        says.put("introspection_endpoint", settings.door() + Paths.INTROSPECT);
        says.put("introspection_endpoint_auth_methods_supported", proofs);
        says.put("introspection_endpoint_auth_signing_alg_values_supported", ClientKeys.ALGORITHMS);
        says.put("introspection_signing_alg_values_supported", algorithms());
        says.put("revocation_endpoint", settings.door() + Paths.REVOKE);
        says.put("revocation_endpoint_auth_methods_supported", proofsOrNone);
        says.put("revocation_endpoint_auth_signing_alg_values_supported", ClientKeys.ALGORITHMS);
        says.put("response_types_supported", List.of("code"));
        says.put("response_modes_supported", List.of("query"));
        List<String> grants =
                new ArrayList<>(
                        List.of("authorization_code", "client_credentials", "refresh_token"));
        if (rights.clients().values().stream().anyMatch(one -> one.kind() == Client.Kind.DEVICE)) {
            says.put("device_authorization_endpoint", settings.door() + Paths.DEVICE_CODES);
            grants.add(AuthorizationGrantType.DEVICE_CODE.getValue());
        }
        if (rights.clients().values().stream().anyMatch(one -> !one.actsFor().isEmpty())) {
            grants.add(AuthorizationGrantType.TOKEN_EXCHANGE.getValue());
        }
        says.put("grant_types_supported", grants);
        says.put("dpop_signing_alg_values_supported", Proofs.ALGORITHMS);
        mutualTls.ifPresent(host -> {
            says.put("tls_client_certificate_bound_access_tokens", true);
            says.put("mtls_endpoint_aliases", aliases(host));
        });
        says.put("code_challenge_methods_supported", List.of("S256"));
        says.put("authorization_response_iss_parameter_supported", true);
        says.put("subject_types_supported", subjectTypes());
        says.put("id_token_signing_alg_values_supported", algorithms());
        says.put("scopes_supported", scopes());
        says.put(
                "claims_supported",
                List.of(
                        "sub",
                        "iss",
                        "aud",
                        "exp",
                        "iat",
                        "auth_time",
                        "acr",
                        "amr",
                        "nonce",
                        "azp",
                        "sid",
                        "preferred_username",
                        "name",
                        "family_name",
                        "given_name",
                        "middle_name",
                        "nickname",
                        "profile",
                        "zoneinfo",
                        "locale",
                        "email",
                        "email_verified",
                        "address",
                        "phone_number"));
        says.put("acr_values_supported", TokenMint.ACRS);
        says.put("prompt_values_supported", List.of("none", "login", "select_account", "consent"));
        boolean sign =
                rights.clients().values().stream()
                        .anyMatch(one -> one.kind().returns() && one.proof() == Client.Proof.KEYS);
        if (rights.clients().values().stream()
                .anyMatch(one -> one.logout().backChannel().isPresent())) {
            says.put("backchannel_logout_supported", true);
            says.put("backchannel_logout_session_supported", true);
        }
        if (rights.clients().values().stream()
                .anyMatch(one -> one.logout().frontChannel().isPresent())) {
            says.put("frontchannel_logout_supported", true);
            says.put("frontchannel_logout_session_supported", true);
        }
        says.put("request_parameter_supported", sign);
        if (sign) {
            says.put("request_object_signing_alg_values_supported", ClientKeys.ALGORITHMS);
        }
        says.put("request_uri_parameter_supported", false);
        says.put("claims_parameter_supported", true);
        says.put("claim_types_supported", List.of("normal"));
        says.put("ui_locales_supported", List.of("en"));
        return says;
    }

    /// RFC 8705 §5.
    private static Map<String, String> aliases(URI host) {
        return Map.of(
                "token_endpoint", host + Paths.TOKEN,
                "pushed_authorization_request_endpoint", host + Paths.PAR,
                "introspection_endpoint", host + Paths.INTROSPECT,
                "revocation_endpoint", host + Paths.REVOKE,
                "userinfo_endpoint", host + Paths.USERINFO);
    }

    /// What is signed for clients to read, the usual one first.
    private List<String> algorithms() {
        return rights.signedForClients().stream().map(SigningAlgorithm::word).toList();
    }

    /// Ids of their own are named where there is or may be a client that has them.
    private List<String> subjectTypes() {
        return rights.clientRegistration().isPresent()
                        || rights.clients().values().stream()
                                .anyMatch(one -> one.subject() == Client.Subject.PAIRWISE)
                ? List.of(Client.Subject.PUBLIC.word(), Client.Subject.PAIRWISE.word())
                : List.of(Client.Subject.PUBLIC.word());
    }

    private List<String> scopes() {
        List<String> scopes = new ArrayList<>(List.of(Clients.OPENID));
        scopes.addAll(rights.personalScopes());
        scopes.addAll(rights.allScopes());
        return scopes;
    }
}
