package dev.ringwall.identity;

import dev.ringwall.people.DeclaredClients;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Clients that prove who they are by a TLS certificate (RFC 8705 §2): one that the operator knows, or one that an authority issued which
/// the operator knows, to the name that the operator said. The certificate is the one shown at the door; the one on the connection to
/// the provider is the gateway's.
final class CertificateClients implements AuthenticationConverter, AuthenticationProvider {

    private final Clients clients;
    private final DeclaredClients proofs;
    private final CodeChallenge challenge;

    CertificateClients(Clients clients, DeclaredClients proofs, CodeChallenge challenge) {
        this.clients = clients;
        this.proofs = proofs;
        this.challenge = challenge;
    }

    /// A client that says who it is, over a connection on which it showed a certificate.
    private static final class Claim extends OAuth2ClientAuthenticationToken {
        private Claim(String clientId, Map<String, Object> parameters) {
            super(clientId, ClientAuthenticationMethod.TLS_CLIENT_AUTH, null, parameters);
        }
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String[] ids = request.getParameterValues("client_id");
        if (ids == null
                || ids.length != 1
                || request.getHeader("Authorization") != null
                || request.getParameter("client_secret") != null
                || request.getParameter("client_assertion") != null) {
            return null;
        }
        RegisteredClient client = clients.findByClientId(ids[0]);
        return client == null || !ClientForm.provesByCertificate(client)
                ? null
                : new Claim(ids[0], CodeChallenge.parameters(request));
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        if (!(authentication instanceof Claim claim)) {
            return null;
        }
        String id = claim.getPrincipal().toString();
        RegisteredClient client = clients.findByClientId(id);
        Optional<CallerCertificate> shown = CallerCertificate.current();
        if (client == null
                || !ClientForm.provesByCertificate(client)
                || shown.isEmpty()
                || !proofs.proves(id, shown.get().chain())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        challenge.check(client, claim.getAdditionalParameters());
        return new OAuth2ClientAuthenticationToken(
                client, ClientAuthenticationMethod.TLS_CLIENT_AUTH, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
