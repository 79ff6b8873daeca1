package dev.ringwall.identity;

import dev.ringwall.people.People;
import dev.ringwall.people.Rights;
import dev.ringwall.people.Secrets;
import dev.ringwall.people.SignedIn;
import dev.ringwall.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Turns what the engine holds in its hands into a [FamilyRow] and back.
///
/// The engine asks for one token by its text and gets that text back; of all others it sees a stand-in, since only hashes are kept.
final class FamilyForm {

    private static final String ROW = FamilyRow.class.getName();
    private static final String STAND_IN = "sha256:";

    /// What stands in a token and is not kept: its times, which are kept elsewhere, and what is for gateways alone.
    private static final Set<String> NOT_KEPT = Set.of("iat", "exp", "nbf", Subjects.SEALED);

    private final Store store;
    private final Clients clients;
    private final People people;
    private final Rights rights;
    private final InstantSource clock;

    FamilyForm(Store store, Clients clients, People people, Rights rights, InstantSource clock) {
        this.store = store;
        this.clients = clients;
        this.people = people;
        this.rights = rights;
        this.clock = clock;
    }

    /// The row that the authorization was made from; null when it is new.
    static @Nullable FamilyRow rowOf(OAuth2Authorization authorization) {
        return authorization.getAttribute(ROW);
    }

    /// The row for what the engine holds.
    FamilyRow row(OAuth2Authorization from) {
        FamilyRow before = rowOf(from);
        Authentication principal = from.getAttribute(java.security.Principal.class.getName());
        SignedIn person = principal instanceof SignedIn signedIn ? signedIn : null;
        OAuth2AuthorizationRequest request =
                from.getAttribute(OAuth2AuthorizationRequest.class.getName());
        OAuth2Authorization.Token<OAuth2AccessToken> access = from.getAccessToken();
        return new FamilyRow(
                from.getId(),
                before == null ? 1 : before.version() + 1,
                from.getRegisteredClientId(),
                person == null ? null : person.account().id(),
                person == null ? null : person.sid(),
                from.getAuthorizationGrantType().getValue(),
                before == null ? from.getAuthorizedScopes() : before.asked(),
                request == null
                        ? null
                        : new FamilyRow.Request(
                                Objects.requireNonNull(request.getRedirectUri()),
                                request.getState(),
                                request.getAdditionalParameters()),
                token(from.getToken(OAuth2AuthorizationCode.class)),
                token(access),
                token(from.getRefreshToken()),
                claims(access),
                live(before, access));
    }

    private static Map<String, Object> claims(OAuth2Authorization.@Nullable Token<?> access) {
        Map<String, Object> claims = new HashMap<>();
        if (access != null && access.getClaims() != null) {
            access.getClaims()
                    .forEach((name, value) -> {
                        if (!NOT_KEPT.contains(name)) {
                            claims.put(name, value);
                        }
                    });
        }
        return claims;
    }

    private List<FamilyRow.Live> live(
            @Nullable FamilyRow before, OAuth2Authorization.@Nullable Token<?> access) {
        Instant now = clock.instant();
        List<FamilyRow.Live> live = new ArrayList<>(before == null ? List.of() : before.live());
        live.removeIf(token -> !now.isBefore(token.until()));
        Instant until = access == null ? null : access.getToken().getExpiresAt();
        if (until != null
                && claims(access).get("jti") instanceof String jti
                && live.stream().noneMatch(token -> token.jti().equals(jti))) {
            live.add(new FamilyRow.Live(jti, until));
        }
        return live;
    }

    private static FamilyRow.@Nullable Token token(OAuth2Authorization.@Nullable Token<?> token) {
        if (token == null) {
            return null;
        }
        OAuth2Token held = token.getToken();
        String text = held.getTokenValue();
        return new FamilyRow.Token(
                text.startsWith(STAND_IN)
                        ? text.substring(STAND_IN.length())
                        : Secrets.sha256(text),
                Objects.requireNonNull(held.getIssuedAt()),
                Objects.requireNonNull(held.getExpiresAt()),
                token.isInvalidated());
    }

    /// What the engine gets to hold; empty when the client, the account or the login is no more, or the person may
    /// not use the client any more.
    Optional<OAuth2Authorization> authorization(FamilyRow row, String presented) {
        RegisteredClient client = clients.findById(row.client());
        Optional<Authentication> principal =
                row.sid() == null
                        ? Optional.empty()
                        : people.signedIn(row.sid()).map(signedIn -> signedIn);
        if (client == null || (row.sid() != null && principal.isEmpty())) {
            return Optional.empty();
        }
        boolean acts = row.grant().equals(AuthorizationGrantType.TOKEN_EXCHANGE.getValue());
        if (principal.orElse(null) instanceof SignedIn person
                && (acts
                        ? ClientForm.actingFor(client, person.account().roles()).isEmpty()
                        : !RoleRule.mayUse(client, person))) {
            return Optional.empty();
        }
        OAuth2Authorization.Builder builder =
                OAuth2Authorization.withRegisteredClient(client)
                        .id(row.id())
                        .principalName(row.account() == null ? row.client() : row.account())
                        .authorizationGrantType(new AuthorizationGrantType(row.grant()))
                        .authorizedScopes(
                                !acts && principal.orElse(null) instanceof SignedIn person
                                        ? Consents.allowed(
                                                store,
                                                client,
                                                person,
                                                worth(row.asked(), client, person))
                                        : row.asked())
                        .attribute(ROW, row);
        principal.ifPresent(who -> builder.attribute(java.security.Principal.class.getName(), who));
        if (row.request() != null) {
            builder.attribute(
                    OAuth2AuthorizationRequest.class.getName(), request(row, row.request()));
        }
        tokens(builder, row, Secrets.sha256(presented), presented);
        return Optional.of(builder.build());
    }

    /// What the scopes that were asked for are worth at that client for that person now. Nothing asked for means all of it.
    Set<String> worth(Set<String> asked, RegisteredClient client, SignedIn person) {
        Set<String> worth =
                new TreeSet<>(rights.scopes(ClientForm.counting(client, person.account().roles())));
        worth.retainAll(client.getScopes());
        if (!Clients.ABOUT_PEOPLE.containsAll(asked)) {
            worth.retainAll(asked);
        }
        if (asked.contains(Clients.OPENID)) {
            Set<String> about = new TreeSet<>(asked);
            about.retainAll(Clients.ABOUT_PEOPLE);
            about.retainAll(client.getScopes());
            worth.addAll(about);
        }
        return worth;
    }

    private static OAuth2AuthorizationRequest request(FamilyRow row, FamilyRow.Request request) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri("authorize")
                .clientId(row.client())
                .redirectUri(request.redirect())
                .state(request.state())
                .scopes(row.asked())
                .additionalParameters(request.parameters())
                .build();
    }

    private static void tokens(
            OAuth2Authorization.Builder builder, FamilyRow row, String hash, String presented) {
        FamilyRow.Token code = row.code();
        if (code != null) {
            builder.token(
                    new OAuth2AuthorizationCode(
                            text(code, hash, presented), code.issued(), code.expires()),
                    metadata -> invalidated(metadata, code));
        }
        FamilyRow.Token access = row.access();
        if (access != null) {
            builder.token(
                    new OAuth2AccessToken(
                            OAuth2AccessToken.TokenType.BEARER,
                            text(access, hash, presented),
                            access.issued(),
                            access.expires()),
                    metadata -> {
                        invalidated(metadata, access);
                        metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, row.claims());
                    });
        }
        FamilyRow.Token refresh = row.refresh();
        if (refresh != null) {
            builder.token(
                    new OAuth2RefreshToken(
                            text(refresh, hash, presented), refresh.issued(), refresh.expires()),
                    metadata -> invalidated(metadata, refresh));
        }
    }

    private static void invalidated(Map<String, Object> metadata, FamilyRow.Token token) {
        metadata.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, token.invalidated());
    }

    private static String text(FamilyRow.Token token, String hash, String presented) {
        return token.hash().equals(hash) ? presented : STAND_IN + token.hash();
    }
}
