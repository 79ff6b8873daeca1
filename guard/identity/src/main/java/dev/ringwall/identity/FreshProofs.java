package dev.ringwall.identity;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.text.ParseException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;

/// Asks for a word of the provider's in proofs that come for tokens (RFC 9449 §8). It does so before anything of the request is used up, so that
/// the same request may come again with the word. A proof with the word is looked at here, since the engine knows fewer algorithms, and it
/// sees none.
final class FreshProofs extends HttpFilter {

    private static final String WORD = "DPoP-Nonce";

    private final transient Nonces nonces;
    private final transient Proofs proofs;

    FreshProofs(Nonces nonces, Proofs proofs) {
        this.nonces = nonces;
        this.proofs = proofs;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!Proofs.came(request)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(WORD, nonces.fresh());
        if (!request.getRequestURI().equals(Paths.TOKEN)) {
            chain.doFilter(request, response);
        } else if (!fresh(request.getHeader(Proofs.HEADER))) {
            refuse(
                    response,
                    "use_dpop_nonce",
                    "the proof must say the nonce that stands in " + WORD);
        } else {
            prove(request, response, chain);
        }
    }

    private void prove(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Jwt proof;
        try {
            proof = proofs.proof(request);
        } catch (OAuth2AuthenticationException bad) {
            refuse(
                    response,
                    bad.getError().getErrorCode(),
                    String.valueOf(bad.getError().getDescription()));
            return;
        }
        try {
            ScopedValue.where(Proofs.SHOWN, proof)
                    .call(() -> {
                        chain.doFilter(new WithoutProof(request), response);
                        return true;
                    });
        } catch (IOException | ServletException | RuntimeException known) {
            throw known;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        }
    }

    private static void refuse(HttpServletResponse response, String error, String why)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setHeader("Cache-Control", "no-store");
        Json.send(response, Map.of("error", error, "error_description", why));
    }

    /// The request as the engine sees it.
    private static final class WithoutProof extends HttpServletRequestWrapper {
        WithoutProof(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return Proofs.HEADER.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Proofs.HEADER.equalsIgnoreCase(name)
                    ? Collections.emptyEnumeration()
                    : super.getHeaders(name);
        }
    }

    private boolean fresh(String proof) {
        if (proof.length() > Proofs.CHARACTERS_MAX) {
            return false;
        }
        try {
            return Optional.ofNullable(
                            SignedJWT.parse(proof).getJWTClaimsSet().getStringClaim("nonce"))
                    .filter(nonces::good)
                    .isPresent();
        } catch (ParseException unreadable) {
            return false;
        }
    }
}
