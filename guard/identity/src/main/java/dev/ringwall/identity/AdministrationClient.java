package dev.ringwall.identity;

import dev.ringwall.model.Service;
import dev.ringwall.people.Rights;
import dev.ringwall.people.SignedIn;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/// The client that the pages for administrators are: there where people may administer, for those people alone, and sent back to those pages
/// alone. Its tokens are bound to a key that stays in the browser.
///
/// What it gets is worth all that the person may do, since nobody can give what the very token does not carry.
final class AdministrationClient {

    static final String ID = "ringwall-administration";

    private static final String ROLES = "ringwall.administrators";
    private static final String ADMINISTERS = Service.BUILT_IN + ".";
    private static final String PROVISIONS = ADMINISTERS + "scim-";

    private AdministrationClient() {}

    /// It, by the declaration as it stands now; empty where nobody who signs in may administer.
    static Optional<RegisteredClient> at(URI door, Rights rights) {
        Set<String> roles = administrators(rights);
        if (roles.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                RegisteredClient.withId(ID)
                        .clientId(ID)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                        .redirectUri(door + Paths.ADMINISTRATION)
                        .scope(Clients.OPENID)
                        .scopes(scopes -> scopes.addAll(rights.scopes(rights.allRoles())))
                        .clientSettings(
                                ClientSettings.builder()
                                        .requireProofKey(true)
                                        .requireAuthorizationConsent(false)
                                        .setting(ROLES, roles)
                                        .build())
                        .tokenSettings(Clients.tokens(false))
                        .build());
    }

    /// The roles of people that may do something that the pages show.
    static Set<String> administrators(Rights rights) {
        Set<String> roles = new TreeSet<>(rights.ofPeople(rights.allRoles()));
        roles.removeIf(role ->
                rights.scopes(Set.of(role)).stream().noneMatch(AdministrationClient::shown));
        return roles;
    }

    private static boolean shown(String scope) {
        return scope.startsWith(ADMINISTERS) && !scope.startsWith(PROVISIONS);
    }

    /// Whether a token with that scope administers. Those of the storefront never do, nor those of a declared client that people return to at
    /// the door: their pages, and what is put into them, are of the same origin as the page for administrators, and would get one with an
    /// administrator's cookie.
    static boolean administers(String scope) {
        return scope.startsWith(ADMINISTERS);
    }

    /// Whether that client is it.
    static boolean is(RegisteredClient client) {
        return client.getClientId().equals(ID);
    }

    /// Whether the person holds a role that may administer.
    static boolean mayUse(RegisteredClient client, SignedIn person) {
        return client.getClientSettings().getSetting(ROLES) instanceof Set<?> roles
                && !Collections.disjoint(roles, person.account().roles());
    }
}
