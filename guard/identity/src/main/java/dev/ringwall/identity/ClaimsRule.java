package dev.ringwall.identity;

import dev.ringwall.people.SignedIn;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/// What a client asks to be told must be understood, and where it insists on a value, no other is told (OpenID Connect Core §5.5.1, §5.5.1.1).
final class ClaimsRule implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    /// OpenID Connect Core Error Code `unmet_authentication_requirements` 1.0.
    static final String UNMET = "unmet_authentication_requirements";

    private final Subjects subjects;

    ClaimsRule(Subjects subjects) {
        this.subjects = subjects;
    }

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        @Nullable Object said = request.getAdditionalParameters().get(AskedClaims.PARAMETER);
        if (said == null) {
            return;
        }
        AskedClaims asked =
                (said instanceof String text
                                ? AskedClaims.read(text)
                                : Optional.<AskedClaims>empty())
                        .orElseThrow(() ->
                                refused(
                                        request,
                                        OAuth2ErrorCodes.INVALID_REQUEST,
                                        "claims is no JSON object of userinfo and id_token, in "
                                                + AskedClaims.CHARACTERS_MAX
                                                + " characters"));
        boolean met =
                request.getPrincipal() instanceof SignedIn person
                        ? asked.takes(TokenMint.acr(person))
                        : asked.canBeMet();
        if (!met) {
            throw refused(request, UNMET, "nobody signs in here as acr asks for");
        }
        if (request.getPrincipal() instanceof SignedIn person
                && !asked.about(subjects.at(context.getRegisteredClient(), person).sub())) {
            throw refused(request, HintRule.LOGIN_REQUIRED, "somebody else is signed in");
        }
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refused(
            OAuth2AuthorizationCodeRequestAuthenticationToken request, String code, String why) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error(code, why, null), request);
    }
}
