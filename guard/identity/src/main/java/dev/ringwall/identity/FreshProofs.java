package dev.ringwall.identity;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/// Asks for a word of the provider's in proofs that come for tokens (RFC 9449 §8). It does so before anything of the request is used up, so that
/// the same request may come again with the word. Whether the proof proves anything is looked at later.
final class FreshProofs extends HttpFilter {

    private static final String WORD = "DPoP-Nonce";

    private final transient Nonces nonces;

    FreshProofs(Nonces nonces) {
        this.nonces = nonces;
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
        if (request.getRequestURI().equals(Paths.TOKEN) && !fresh(request.getHeader("DPoP"))) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.setHeader("Cache-Control", "no-store");
            Json.send(
                    response,
                    Map.of(
                            "error",
                            "use_dpop_nonce",
                            "error_description",
                            "the proof must say the nonce that stands in " + WORD));
            return;
        }
        chain.doFilter(request, response);
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
