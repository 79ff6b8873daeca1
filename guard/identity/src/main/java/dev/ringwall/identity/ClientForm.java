package dev.ringwall.identity;

import dev.ringwall.model.Client;
import dev.ringwall.model.Role;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.Rights;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/// Makes of a declared client what the engine asks for: it may do what its kind does, for its roles, and proves itself by one thing and
/// no other, since who holds the weaker one would be the client.
final class ClientForm {

    private static final String DECLARED = "ringwall.client";

    /// Stands where the hash of a secret would for a client that has none yet; nothing hashes to it.
    private static final String NO_SECRET = "-";

    private final Rights rights;
    private final DeclaredClients proofs;

    ClientForm(Rights rights, DeclaredClients proofs) {
        this.rights = rights;
        this.proofs = proofs;
    }

    /// The declared client of that name.
    Optional<RegisteredClient> registered(String name) {
        return rights.client(name).map(this::registered);
    }

    private RegisteredClient registered(Client client) {
        RegisteredClient.Builder builder =
                RegisteredClient.withId(client.name())
                        .clientId(client.name())
                        .clientName(client.name())
                        .redirectUris(uris -> uris.addAll(client.returnTo().keySet()))
                        .scopes(scopes -> scopes.addAll(rights.scopes(client.roles().keySet())))
                        .tokenSettings(Clients.tokens(client.profile() == Client.Profile.FAPI_2));
        ClientSettings.Builder settings =
                ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .setting(DECLARED, client);
        proving(builder, settings, client);
        if (client.kind() == Client.Kind.MACHINE) {
            builder.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS);
        } else if (client.kind() == Client.Kind.DEVICE) {
            builder.authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                    .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                    .scope(Clients.OPENID);
        } else {
            builder.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                    .scope(Clients.OPENID);
        }
        if (!client.actsFor().isEmpty()) {
            builder.authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE);
        }
        return builder.clientSettings(settings.build()).build();
    }

    private void proving(
            RegisteredClient.Builder builder, ClientSettings.Builder settings, Client client) {
        switch (client.proof()) {
            case NONE -> builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
            case SECRET -> {
                String secret = proofs.proof(client.name()).secret();
                builder.clientSecret(secret == null ? NO_SECRET : secret)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
            }
            case KEYS -> {
                String keys = proofs.proof(client.name()).keys();
                builder.clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
                settings.tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
                        .setting(Clients.KEYS, keys == null ? "" : keys);
            }
            case CERTIFICATE ->
                    builder.clientAuthenticationMethod(ClientAuthenticationMethod.TLS_CLIENT_AUTH)
                            .clientAuthenticationMethod(
                                    ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH);
        }
    }

    /// What the declaration says of the client; empty of one that is not declared.
    static Optional<Client> declared(RegisteredClient client) {
        return client.getClientSettings().getSetting(DECLARED) instanceof Client declared
                ? Optional.of(declared)
                : Optional.empty();
    }

    /// Whether the client is declared with that profile.
    static boolean keepsTo(RegisteredClient client, Client.Profile profile) {
        return declared(client).filter(says -> says.profile() == profile).isPresent();
    }

    /// Whether the client is known by a TLS certificate.
    static boolean provesByCertificate(RegisteredClient client) {
        return declared(client)
                .filter(says -> says.proof() == Client.Proof.CERTIFICATE)
                .isPresent();
    }

    /// Whether the client leaves its authorization requests at the provider and sends browsers with nothing but their names.
    boolean pushes(String name) {
        return rights.client(name)
                .filter(says -> says.profile() == Client.Profile.FAPI_2)
                .isPresent();
    }

    /// Those of somebody's roles that count at the client.
    static Set<String> counting(RegisteredClient client, Collection<String> roles) {
        Set<String> counting = new TreeSet<>(roles);
        declared(client).ifPresent(says -> counting.retainAll(says.roles().keySet()));
        return counting;
    }

    /// Those of a person's roles that the client may act for (RFC 8693).
    static Set<String> actingFor(RegisteredClient client, Collection<String> roles) {
        Set<String> acting = new TreeSet<>(roles);
        acting.retainAll(declared(client).map(says -> says.actsFor().keySet()).orElse(Set.of()));
        return acting;
    }

    /// The roles of a client that speaks for itself.
    Set<String> own(RegisteredClient client) {
        return declared(client)
                .map(says -> rights.declared(says.roles().keySet(), Role.Login.CLIENT))
                .orElseGet(() -> Set.of(client.getClientName()));
    }
}
