package dev.ringwall.spring;

import com.nimbusds.jose.KeySourceException;
import dev.ringwall.spring.Verdict.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lets in who shows an access token of the issuer, where there is no gateway to ask for it.
///
/// What only nodes of Ringwall say is refused here: a request that carries it means that there is a gateway after all, or somebody who
/// pretends to be one.
final class TokenGate implements Gate {

    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "bearer ";

    private final AccessTokens tokens;
    private final OpenPaths open;

    TokenGate(AccessTokens tokens, OpenPaths open) {
        this.tokens = tokens;
        this.open = open;
    }

    @Override
    public Verdict judge(HttpServletRequest request) {
        if (Headers.anyOfOurs(request)) {
            return new Refused(
                    Refused.FORBIDDEN,
                    "no-gateway",
                    "This service runs without a gateway and believes no header of one.");
        }
        List<String> shown = Headers.all(request, AUTHORIZATION);
        Optional<String> anyones = open.operation(request);
        if (shown.isEmpty() && anyones.isPresent()) {
            return proven(new Caller(Caller.ANYONE, Set.of(), Set.of(anyones.get())), request);
        }
        if (shown.size() != 1 || !shown.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Refused(
                    Refused.UNAUTHORIZED, "no-token", "Send one access token, as Bearer.");
        }
        Optional<Caller> caller;
        try {
            caller = tokens.callerOf(shown.get(0).substring(SCHEME.length()));
        } catch (KeySourceException e) {
            return new Refused(
                    Refused.UNAVAILABLE,
                    "no-keys",
                    "The keys of the tokens' issuer cannot be fetched now.");
        }
        return caller.map(proved -> proven(proved, request))
                .orElseGet(() ->
                        new Refused(
                                Refused.UNAUTHORIZED,
                                "bad-token",
                                "This access token is not one for this service, or over."));
    }

    private static Verdict proven(Caller caller, HttpServletRequest request) {
        return new Verdict.Proven(
                new ProvenCall(
                        caller, Optional.empty(), Optional.empty(), Headers.traceParent(request)));
    }
}
