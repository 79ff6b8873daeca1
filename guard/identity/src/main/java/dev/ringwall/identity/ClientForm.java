package dev.ringwall.identity;

import dev.ringwall.model.Client;
import dev.ringwall.model.Role;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.people.ClientWish;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.RegisteredClients;
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

    /// How alone a client signs that registered itself and said so: to prove itself, and its requests.
    static final String PROVES_WITH = "ringwall.proves-with";

    static final String ASKS_WITH = "ringwall.asks-with";

    private static final String DECLARED = "ringwall.client";

    /// Stands where the hash of a secret would for a client that has none yet; nothing hashes to it.
    private static final String NO_SECRET = "-";

    private final Rights rights;
    private final DeclaredClients proofs;
    private final RegisteredClients own;

    ClientForm(Rights rights, DeclaredClients proofs, RegisteredClients own) {
        this.rights = rights;
        this.proofs = proofs;
        this.own = own;
    }

    /// The client of that name: a declared one, or one that registered itself.
    Optional<RegisteredClient> registered(String name) {
        return rights.client(name)
                .map(client -> registered(client, proofs.proof(name)))
                .or(() -> own.byId(name).flatMap(this::registered));
    }

    /// As a declared one would be, but with no more than it registered for, and never to administer.
    private Optional<RegisteredClient> registered(RegisteredClients.Known known) {
        return own.client(known)
                .map(client ->
                        registered(
                                client,
                                new DeclaredClients.Known(known.secret(), known.is().keys())))
                .map(client ->
                        RegisteredClient.from(client)
                                .clientSettings(settings(client, known.is()))
                                .clientName(known.is().title())
                                .scopes(scopes ->
                                        scopes.removeIf(scope ->
                                                AdministrationClient.administers(scope)
                                                        || (!scope.equals(Clients.OPENID)
                                                                && !known.is()
                                                                        .scopes()
                                                                        .contains(scope))))
                                .authorizationGrantTypes(grants ->
                                        grants.removeIf(grant ->
                                                grant.equals(AuthorizationGrantType.REFRESH_TOKEN)
                                                        && !known.is().refreshes()))
                                .build());
    }

    private ClientSettings settings(RegisteredClient client, ClientWish is) {
        ClientSettings.Builder settings =
                ClientSettings.withSettings(client.getClientSettings().getSettings());
        if (is.signing().proves() != null) {
            settings.setting(PROVES_WITH, is.signing().proves());
        }
        if (is.signing().asks() != null) {
            settings.setting(ASKS_WITH, is.signing().asks());
        }
        if (is.keysAt() != null && rights.keysFrom(is.keysAt())) {
            settings.setting(ClientKeySets.AT, is.keysAt());
        }
        return settings.build();
    }

    private RegisteredClient registered(Client client, DeclaredClients.Known proof) {
        RegisteredClient.Builder builder =
                RegisteredClient.withId(client.name())
                        .clientId(client.name())
                        .clientName(client.name())
                        .redirectUris(uris -> uris.addAll(client.returnTo().keySet()))
                        .scopes(scopes -> scopes.addAll(operations(client)))
                        .tokenSettings(Clients.tokens(client.profile() == Client.Profile.FAPI_2));
        ClientSettings.Builder settings =
                ClientSettings.builder()
                        .requireProofKey(client.profile() != Client.Profile.CONFORMANCE)
                        .requireAuthorizationConsent(false)
                        .setting(DECLARED, client);
        proving(builder, settings, client, proof);
        Set<String> about = Clients.aboutPeople(client.claims().keySet());
        if (client.kind() == Client.Kind.MACHINE) {
            builder.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS);
        } else if (client.kind() == Client.Kind.DEVICE) {
            builder.authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                    .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                    .scopes(scopes -> scopes.addAll(about));
        } else {
            builder.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                    .scopes(scopes -> scopes.addAll(about));
        }
        if (!client.actsFor().isEmpty()) {
            builder.authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE);
        }
        return builder.clientSettings(settings.build()).build();
    }

    /// What its roles may do; but a page that shares the door's origin with what services answer never administers.
    private Set<String> operations(Client client) {
        Set<String> operations = new TreeSet<>(rights.scopes(client.roles().keySet()));
        if (!rights.besideServices(client).isEmpty()) {
            operations.removeIf(AdministrationClient::administers);
        }
        return operations;
    }

    private void proving(
            RegisteredClient.Builder builder,
            ClientSettings.Builder settings,
            Client client,
            DeclaredClients.Known proof) {
        switch (client.proof()) {
            case NONE -> builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
            case SECRET -> {
                String secret = proof.secret();
                builder.clientSecret(secret == null ? NO_SECRET : secret)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
            }
            case KEYS -> {
                String keys = proof.keys();
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

    /// Whether the client registered itself, so that its name is its own word.
    static boolean ofItsOwn(RegisteredClient client) {
        return client.getClientId().startsWith(RegisteredClients.PREFIX)
                && declared(client).isPresent();
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

    /// How what only that client reads is signed.
    SigningAlgorithm signedWith(String name) {
        return rights.client(name)
                .or(() -> own.byId(name).flatMap(own::client))
                .map(Client::signedWith)
                .orElse(SigningAlgorithm.ES256);
    }

    /// Whether the client may sign with that algorithm, for what it registered one for: what it proves itself with, or what it asks.
    static boolean maySign(RegisteredClient client, String setting, String algorithm) {
        Object only = client.getClientSettings().getSetting(setting);
        return only == null || only.equals(algorithm);
    }

    /// The roles of a client that speaks for itself.
    Set<String> own(RegisteredClient client) {
        return declared(client)
                .map(says -> rights.declared(says.roles().keySet(), Role.Login.CLIENT))
                .orElseGet(() -> Set.of(client.getClientName()));
    }
}
