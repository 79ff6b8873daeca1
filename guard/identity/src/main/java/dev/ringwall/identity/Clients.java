package dev.ringwall.identity;

import dev.ringwall.model.PersonalScope;
import dev.ringwall.people.MachineClients;
import dev.ringwall.people.Rights;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// The programs that may ask for tokens: the storefront and the command line, which people sign in through, those that are declared, and
/// the machine clients.
final class Clients implements RegisteredClientRepository {

    /// The page behind the same door.
    static final String STOREFRONT = "storefront";

    /// The command line, which waits on a loopback port of its own (RFC 8252 §7.3).
    static final String COMMAND_LINE = "ringwall-cli";

    static final String OPENID = "openid";

    /// Scopes that ask who somebody is and what is known of them, and for no operation (OpenID Connect Core §5.4).
    static final Set<String> ABOUT_PEOPLE = aboutPeople(EnumSet.allOf(PersonalScope.class));

    /// How long a code may lie about (RFC 9700 allows ten minutes; browsers need a second).
    static final Duration CODE_LIFE = Duration.ofSeconds(60);

    static final String KEYS = "ringwall.keys";

    private final URI door;
    private final Rights rights;
    private final MachineClients machines;
    private final ClientForm declared;

    Clients(URI door, Rights rights, MachineClients machines, ClientForm declared) {
        this.door = door;
        this.rights = rights;
        this.machines = machines;
        this.declared = declared;
    }

    /// Those of them that somebody may ask for who may ask for that.
    static Set<String> aboutPeople(Set<PersonalScope> claims) {
        Set<String> scopes = PersonalScope.words(claims);
        scopes.add(OPENID);
        return Set.copyOf(scopes);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException(
                "clients come from the declaration and from the operator");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String id) {
        return switch (id) {
            case STOREFRONT -> person(id, Set.of(door + "/", door + "/callback"));
            case COMMAND_LINE -> person(id, Set.of("http://127.0.0.1/callback"));
            case AdministrationClient.ID -> AdministrationClient.at(door, rights).orElse(null);
            default -> declared.registered(id).or(() -> machine(id)).orElse(null);
        };
    }

    private @Nullable RegisteredClient person(String id, Set<String> redirects) {
        if (!rights.peopleSignIn()) {
            return null;
        }
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(uris -> uris.addAll(redirects))
                .scope(OPENID)
                .scopes(scopes -> {
                    scopes.addAll(rights.allScopes());
                    if (id.equals(STOREFRONT)) {
                        scopes.removeIf(AdministrationClient::administers);
                    }
                })
                .clientSettings(
                        ClientSettings.builder()
                                .requireProofKey(true)
                                .requireAuthorizationConsent(false)
                                .build())
                .tokenSettings(tokens(false))
                .build();
    }

    /// The origin of the client where the browser ends up, for the policy of a page; only of a client that is known, at an address that it
    /// registered.
    String leadsTo(HttpServletRequest request) {
        String id = request.getParameter("client_id");
        String redirect = request.getParameter("redirect_uri");
        RegisteredClient client = id == null ? null : findByClientId(id);
        if (client == null || redirect == null || !RedirectRule.allows(client, redirect)) {
            return "";
        }
        URI uri = URI.create(redirect);
        return uri.getRawAuthority() == null
                ? " " + uri.getScheme() + ":"
                : " " + uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /// The public keys of the client, as a JWK set; an empty text when it has none.
    static String keys(RegisteredClient client) {
        return client.getClientSettings().getSetting(KEYS) instanceof String keys ? keys : "";
    }

    private Optional<RegisteredClient> machine(String id) {
        return machines.byId(id)
                .filter(known -> !known.client().revoked())
                .filter(known -> rights.role(known.client().role()).isPresent())
                .map(known ->
                        proving(RegisteredClient.withId(id).clientId(id), known)
                                .clientName(known.client().role())
                                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                                .scopes(scopes ->
                                        scopes.addAll(rights.scopes(Set.of(known.client().role()))))
                                .tokenSettings(tokens(false))
                                .build());
    }

    /// By a secret or by keys, never by either: who holds the weaker one would be the client.
    private static RegisteredClient.Builder proving(
            RegisteredClient.Builder client, MachineClients.Known known) {
        String keys = known.keys();
        return keys == null
                ? client.clientSecret(known.secret())
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                : client.clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .clientSettings(
                                ClientSettings.builder()
                                        .tokenEndpointAuthenticationSigningAlgorithm(
                                                SignatureAlgorithm.ES256)
                                        .setting(KEYS, keys)
                                        .build());
    }

    /// @param reused whether a refresh token stays as it is: not for clients that prove nothing else (FAPI 2.0 §5.3.2.1 forbids to change it)
    static TokenSettings tokens(boolean reused) {
        return TokenSettings.builder()
                .authorizationCodeTimeToLive(CODE_LIFE)
                .accessTokenTimeToLive(TokenMint.ACCESS_LIFE)
                .reuseRefreshTokens(reused)
                .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256)
                .build();
    }
}
