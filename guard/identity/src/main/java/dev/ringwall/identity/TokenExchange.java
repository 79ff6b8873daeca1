package dev.ringwall.identity;

import dev.ringwall.people.Rights;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// A declared client gets, for a person's access token, one with which it acts for that person (RFC 8693). The new token never says more
/// than the old one: the roles and scopes that both the old one has and the client is declared to act for, no longer than the old one lasts.
/// It says who acts. Who knows people by other ids than the token says does not act for them, or two clients could learn from each other who is who. Only tokens of this provider count, and none that is bound to a key: it is its owner's alone.
final class TokenExchange implements AuthenticationConverter, AuthenticationProvider {

    /// How many may act for each other in a row.
    static final int ACTORS_MAX = 4;

    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Set<String> OUTSIDE =
            Set.of(
                    "urn:ietf:params:oauth:token-type:id_token",
                    "urn:ietf:params:oauth:token-type:jwt");
    private static final Set<String> ACTOR = Set.of("actor_token", "actor_token_type");

    private final String door;
    private final Families families;
    private final BroughtTokens brought;
    private final Rights rights;
    private final Issuing issuing;
    private final Subjects subjects;

    TokenExchange(
            String door,
            Families families,
            BroughtTokens brought,
            Rights rights,
            Issuing issuing,
            Subjects subjects) {
        this.subjects = subjects;
        this.door = door;
        this.families = families;
        this.brought = brought;
        this.rights = rights;
        this.issuing = issuing;
    }

    /// A client shows somebody's token.
    static final class Shown extends OAuth2AuthorizationGrantAuthenticationToken {
        private final String token;
        private final boolean outside;
        private final Set<String> scopes;

        private Shown(
                Authentication client,
                String token,
                boolean outside,
                Set<String> scopes,
                Map<String, Object> more) {
            super(AuthorizationGrantType.TOKEN_EXCHANGE, client, more);
            this.token = token;
            this.outside = outside;
            this.scopes = new TreeSet<>(scopes);
        }
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (!AuthorizationGrantType.TOKEN_EXCHANGE
                .getValue()
                .equals(request.getParameter("grant_type"))) {
            return null;
        }
        String token = single(request, "subject_token");
        String type = single(request, "subject_token_type");
        String scope = single(request, "scope");
        String wanted = single(request, "requested_token_type");
        if (token == null
                || type == null
                || !(ACCESS_TOKEN.equals(type) || OUTSIDE.contains(type))
                || (wanted != null && !wanted.equals(ACCESS_TOKEN))) {
            throw refused(
                    OAuth2ErrorCodes.INVALID_REQUEST,
                    "an access token is given, for an access token or for an ID token of a provider that is declared");
        }
        if (ACTOR.stream().anyMatch(name -> request.getParameter(name) != null)) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST, "whoever acts is the client that asks");
        }
        String[] audiences = request.getParameterValues("audience");
        for (String audience : audiences == null ? new String[0] : audiences) {
            if (!audience.equals(door)) {
                throw refused("invalid_target", "tokens are for the door of this system alone");
            }
        }
        Map<String, Object> more = new HashMap<>();
        String[] resources = request.getParameterValues(ResourceRule.PARAMETER);
        if (resources != null) {
            more.put(ResourceRule.PARAMETER, resources);
        }
        return new Shown(
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()),
                token,
                OUTSIDE.contains(type),
                scope == null || scope.isBlank() ? Set.of() : Wanted.words(scope.strip()),
                more);
    }

    private static @Nullable String single(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values != null && values.length > 1) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST, name + " is said twice");
        }
        return values == null ? null : values[0];
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        if (!(authentication instanceof Shown shown)) {
            return null;
        }
        if (!(shown.getPrincipal() instanceof OAuth2ClientAuthenticationToken principal)
                || principal.getRegisteredClient() == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        RegisteredClient client = principal.getRegisteredClient();
        if (!client.getAuthorizationGrantTypes().contains(AuthorizationGrantType.TOKEN_EXCHANGE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);
        }
        Subject subject =
                shown.outside ? brought(client, shown.token) : bought(client, shown.token);
        Set<String> scopes = subject.scopes();
        if (scopes.isEmpty() || !scopes.containsAll(shown.scopes)) {
            throw refused(
                    OAuth2ErrorCodes.INVALID_SCOPE,
                    "the subject token says less, or the client does not act for its roles");
        }
        Set<String> given = shown.scopes.isEmpty() ? scopes : shown.scopes;
        Issuing.Made made =
                issuing.make(
                        new Issuing.Wish(
                                client,
                                principal,
                                subject.person(),
                                shown,
                                given,
                                given,
                                false,
                                new Delegation(
                                        subject.roles(),
                                        actor(client.getClientId(), subject.act()),
                                        subject.until())));
        issuing.keep(made);
        return made.answer("issued_token_type", ACCESS_TOKEN);
    }

    /// Of whom a token speaks, and how far it goes.
    private record Subject(
            SignedIn person,
            Set<String> roles,
            Set<String> scopes,
            @Nullable Object act,
            Instant until) {}

    /// A token of ours.
    private Subject bought(RegisteredClient client, String token) {
        OAuth2Authorization bought = families.findByToken(token, OAuth2TokenType.ACCESS_TOKEN);
        OAuth2Authorization.Token<OAuth2AccessToken> held =
                bought == null ? null : bought.getAccessToken();
        if (bought == null
                || held == null
                || !held.isActive()
                || held.getClaims() == null
                || held.getClaims().containsKey("cnf")
                || !(bought.getAttribute(java.security.Principal.class.getName())
                        instanceof SignedIn person)
                || !subjects.at(client, person).sub().equals(held.getClaims().get("sub"))) {
            throw uncounted();
        }
        Map<String, Object> claims = held.getClaims();
        Set<String> roles = ClientForm.actingFor(client, person.account().roles());
        roles.retainAll(words(claims.get("roles")));
        Set<String> scopes = rights.scopes(roles);
        scopes.retainAll(words(claims.get("scope")));
        return new Subject(
                person,
                roles,
                scopes,
                claims.get("act"),
                Objects.requireNonNull(held.getToken().getExpiresAt()));
    }

    /// An ID token of somebody else's.
    private Subject brought(RegisteredClient client, String token) {
        SignedIn person =
                brought.person(client.getClientId(), token).orElseThrow(TokenExchange::uncounted);
        Set<String> roles = ClientForm.actingFor(client, person.account().roles());
        return new Subject(person, roles, rights.scopes(roles), null, person.until());
    }

    private static OAuth2AuthenticationException uncounted() {
        return refused(OAuth2ErrorCodes.INVALID_REQUEST, "the subject token does not count here");
    }

    private static Set<String> words(@Nullable Object claim) {
        Set<String> words = new TreeSet<>();
        if (claim instanceof String list) {
            words.addAll(Wanted.words(list));
        } else if (claim instanceof Iterable<?> list) {
            list.forEach(each -> words.add(String.valueOf(each)));
        }
        return words;
    }

    private static Map<String, Object> actor(String client, @Nullable Object before) {
        int actors = 1;
        for (Object one = before; one instanceof Map<?, ?> map; one = map.get("act")) {
            actors++;
        }
        if (actors > ACTORS_MAX) {
            throw refused(
                    OAuth2ErrorCodes.INVALID_REQUEST,
                    "more than " + ACTORS_MAX + " act for each other");
        }
        return before == null ? Map.of("sub", client) : Map.of("sub", client, "act", before);
    }

    private static OAuth2AuthenticationException refused(String code, String why) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, why, null));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return Shown.class.isAssignableFrom(authentication);
    }
}
