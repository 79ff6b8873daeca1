package dev.ringwall.identity;

import dev.ringwall.people.People;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Tokens for a device whose code a person has allowed (RFC 8628 §3.4, §3.5). They are bought in the login of that person, and end with it.
final class DeviceGrant implements AuthenticationConverter, AuthenticationProvider {

    private final DeviceRequests requests;
    private final People people;
    private final FamilyForm form;
    private final Issuing issuing;

    DeviceGrant(DeviceRequests requests, People people, FamilyForm form, Issuing issuing) {
        this.requests = requests;
        this.people = people;
        this.form = form;
        this.issuing = issuing;
    }

    /// A device asks whether somebody has answered.
    static final class Poll extends OAuth2AuthorizationGrantAuthenticationToken {
        private final String code;

        private Poll(Authentication client, String code, Map<String, Object> more) {
            super(AuthorizationGrantType.DEVICE_CODE, client, more);
            this.code = code;
        }
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (!AuthorizationGrantType.DEVICE_CODE
                .getValue()
                .equals(request.getParameter("grant_type"))) {
            return null;
        }
        String[] codes = request.getParameterValues("device_code");
        if (codes == null || codes.length != 1) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        Map<String, Object> more = new HashMap<>();
        String[] resources = request.getParameterValues(ResourceRule.PARAMETER);
        if (resources != null) {
            more.put(ResourceRule.PARAMETER, resources);
        }
        return new Poll(
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()),
                codes[0],
                more);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        if (!(authentication instanceof Poll poll)) {
            return null;
        }
        if (!(poll.getPrincipal() instanceof OAuth2ClientAuthenticationToken principal)
                || principal.getRegisteredClient() == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        RegisteredClient client = principal.getRegisteredClient();
        if (!client.getAuthorizationGrantTypes().contains(AuthorizationGrantType.DEVICE_CODE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);
        }
        return switch (requests.ask(poll.code, client.getClientId())) {
            case DeviceRequests.Heard.Not(String error) ->
                    throw new OAuth2AuthenticationException(error);
            case DeviceRequests.Heard.Allowed(var scopes, String sid) -> {
                Optional<SignedIn> person =
                        people.signedIn(sid).filter(one -> RoleRule.mayUse(client, one));
                if (person.isEmpty()) {
                    requests.spend(poll.code);
                    throw new OAuth2AuthenticationException(OAuth2ErrorCodes.ACCESS_DENIED);
                }
                Issuing.Made made =
                        issuing.make(
                                new Issuing.Wish(
                                        client,
                                        principal,
                                        person.get(),
                                        poll,
                                        scopes,
                                        form.worth(scopes, client, person.get()),
                                        true,
                                        null));
                if (!requests.spend(poll.code)) {
                    throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
                }
                issuing.keep(made);
                yield made.answer();
            }
        };
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return Poll.class.isAssignableFrom(authentication);
    }
}
