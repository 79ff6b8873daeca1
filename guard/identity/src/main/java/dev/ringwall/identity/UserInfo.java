package dev.ringwall.identity;

import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// Tells a client who signed in, for an access token that was given with `openid` (OpenID Connect Core §5.3). A token that is bound to a
/// certificate comes over a connection that showed it; one that is bound to a key comes with the scheme `DPoP` and a proof by that key, for this request and this token (RFC 9449 §7.1), and no other way.
final class UserInfo extends HttpServlet {

    private static final String BEARER = "Bearer";
    private static final String DPOP = "DPoP";

    private final transient Families families;
    private final transient Proofs proofs;
    private final transient StandardClaims claims;
    private final transient Subjects subjects;

    UserInfo(Families families, Proofs proofs, StandardClaims claims, Subjects subjects) {
        this.subjects = subjects;
        this.families = families;
        this.claims = claims;
        this.proofs = proofs;
    }

    /// A token, and the scheme that it came with.
    private record Shown(String scheme, String token) {
        static Optional<Shown> in(HttpServletRequest request) {
            String header = request.getHeader("Authorization");
            String[] parts = header == null ? new String[0] : header.strip().split(" +", 2);
            if (parts.length != 2) {
                return Optional.empty();
            }
            return parts[0].equalsIgnoreCase(BEARER)
                    ? Optional.of(new Shown(BEARER, parts[1]))
                    : parts[0].equalsIgnoreCase(DPOP)
                            ? Optional.of(new Shown(DPOP, parts[1]))
                            : Optional.empty();
        }

        @Override
        public String toString() {
            return "Shown[" + scheme + "]";
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        doGet(request, response);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Shown> shown = Shown.in(request);
        if (shown.isEmpty()) {
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, BEARER, "");
            response.addHeader("WWW-Authenticate", challenge(DPOP, ""));
            return;
        }
        String scheme = shown.get().scheme();
        Optional<OAuth2Authorization> bought =
                Optional.ofNullable(
                                families.findByToken(
                                        shown.get().token(), OAuth2TokenType.ACCESS_TOKEN))
                        .filter(UserInfo::active)
                        .filter(good -> key(good).isPresent() == scheme.equals(DPOP))
                        .filter(UserInfo::shown);
        if (bought.isEmpty()) {
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, scheme, "invalid_token");
            return;
        }
        try {
            if (scheme.equals(DPOP)
                    && !key(bought.get())
                            .equals(Optional.of(proofs.key(request, shown.get().token())))) {
                refuse(response, HttpServletResponse.SC_UNAUTHORIZED, DPOP, "invalid_token");
                return;
            }
        } catch (OAuth2AuthenticationException bad) {
            refuse(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    DPOP,
                    bad.getError().getErrorCode());
            return;
        }
        answer(response, scheme, bought.get());
    }

    private void answer(HttpServletResponse response, String scheme, OAuth2Authorization bought)
            throws IOException {
        if (!(bought.getAttribute(java.security.Principal.class.getName())
                        instanceof SignedIn person)
                || !bought.getAuthorizedScopes().contains(Clients.OPENID)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, scheme, "insufficient_scope");
            return;
        }
        Map<String, Object> says =
                new LinkedHashMap<>(claims.of(person.account(), bought.getAuthorizedScopes()));
        Subjects.Known known =
                subjects.at(bought.getRegisteredClientId(), person.account().id(), person.sid());
        says.put("sub", known.sub());
        if (!known.own()) {
            says.put("preferred_username", person.account().name());
        }
        Json.send(response, says);
    }

    private static boolean active(OAuth2Authorization bought) {
        OAuth2Authorization.Token<OAuth2AccessToken> token = bought.getAccessToken();
        return token != null && token.isActive();
    }

    /// Whether the caller showed the certificate that the token is bound to, where it is (RFC 8705 §3).
    private static boolean shown(OAuth2Authorization bought) {
        Optional<String> certificate =
                Optional.ofNullable(bought.getAccessToken())
                        .flatMap(token -> KeyBinding.certificate(token.getClaims()));
        return certificate.isEmpty()
                || certificate.equals(
                        CallerCertificate.current().map(CallerCertificate::thumbprint));
    }

    private static Optional<String> key(OAuth2Authorization bought) {
        return Optional.ofNullable(bought.getAccessToken())
                .flatMap(token -> KeyBinding.key(token.getClaims()));
    }

    private static void refuse(
            HttpServletResponse response, int status, String scheme, String error) {
        response.setStatus(status);
        response.setHeader("WWW-Authenticate", challenge(scheme, error));
    }

    private static String challenge(String scheme, String error) {
        String said = error.isEmpty() ? "" : ", error=\"" + error + "\"";
        String needed = error.equals("insufficient_scope") ? ", scope=\"openid\"" : "";
        String keys =
                scheme.equals(DPOP) ? ", algs=\"" + String.join(" ", Proofs.ALGORITHMS) + "\"" : "";
        String parts = keys + said + needed;
        return parts.isEmpty() ? scheme : scheme + " " + parts.substring(2);
    }
}
