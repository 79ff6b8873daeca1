package dev.ringwall.identity;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;

/// What an authorization request must keep to, wherever it comes in. Where the answer may go is looked at first: until that is clear,
/// nobody is sent anywhere.
final class RequestRules implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    private final Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> all;

    /// @param keys the published keys of the provider
    RequestRules(String issuer, String audience, Supplier<String> keys, Subjects subjects) {
        this.all =
                new RedirectRule()
                        .andThen(
                                OAuth2AuthorizationCodeRequestAuthenticationValidator
                                        .DEFAULT_SCOPE_VALIDATOR)
                        .andThen(new PromptRule())
                        .andThen(new ClaimsRule(subjects))
                        .andThen(new HintRule(issuer, keys, subjects))
                        .andThen(new ResourceRule(audience))
                        .andThen(new RoleRule());
    }

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        all.accept(context);
    }
}
