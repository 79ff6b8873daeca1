package dev.ringwall.identity;

import dev.ringwall.people.SignedIn;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/// A client that says with an ID token of its own about whom it asks is told about nobody else (OpenID Connect Core §3.1.2.1 `id_token_hint`). A
/// hint that this provider does not know, or not any more, is answered as if another person were there, so that keys may rotate.
final class HintRule implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    static final String PARAMETER = "id_token_hint";
    static final String LOGIN_REQUIRED = "login_required";

    private final String issuer;
    private final Supplier<String> keys;
    private final Subjects subjects;

    /// @param keys the published keys of the provider
    HintRule(String issuer, Supplier<String> keys, Subjects subjects) {
        this.issuer = issuer;
        this.keys = keys;
        this.subjects = subjects;
    }

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        @Nullable Object said = request.getAdditionalParameters().get(PARAMETER);
        if (said == null) {
            return;
        }
        Optional<IdTokenHint> hint =
                (said instanceof String text
                                ? IdTokenHint.read(text, issuer, keys.get())
                                : Optional.<IdTokenHint>empty())
                        .filter(one -> one.client().equals(request.getClientId()));
        if (hint.isEmpty()
                || (request.getPrincipal() instanceof SignedIn person
                        && !subjects.at(context.getRegisteredClient(), person)
                                .sub()
                                .equals(hint.get().subject()))) {
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                    new OAuth2Error(
                            LOGIN_REQUIRED,
                            "the person whom id_token_hint names is not signed in",
                            null),
                    request);
        }
    }
}
