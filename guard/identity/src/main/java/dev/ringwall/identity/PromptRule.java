package dev.ringwall.identity;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/// What a client may say about the login that it wants (OpenID Connect Core §3.1.2.1). What is not understood is refused rather than
/// passed over, since a client relies on it.
final class PromptRule implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    /// Up to thirty years.
    static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        Map<String, Object> says = request.getAdditionalParameters();
        @Nullable Object prompt = says.get("prompt");
        if (prompt != null) {
            prompt(request, prompt);
        }
        @Nullable Object maxAge = says.get("max_age");
        if (maxAge != null
                && !(maxAge instanceof String seconds && SECONDS.matcher(seconds).matches())) {
            throw refused(
                    request, OAuth2ErrorCodes.INVALID_REQUEST, "max_age is no count of seconds");
        }
    }

    private static void prompt(
            OAuth2AuthorizationCodeRequestAuthenticationToken request, Object prompt) {
        Set<String> words = prompt instanceof String text ? Wanted.words(text) : Set.of("");
        if (!Wanted.PROMPTS.containsAll(words)
                || (words.contains(Wanted.NONE) && words.size() > 1)) {
            throw refused(
                    request,
                    OAuth2ErrorCodes.INVALID_REQUEST,
                    "prompt is none, or login, select_account, consent");
        }
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refused(
            OAuth2AuthorizationCodeRequestAuthenticationToken request, String code, String why) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error(code, why, null), request);
    }
}
