package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import java.time.Instant;
import java.util.Optional;

/// Whether what a caller has shown is still good, for what outlasts the moment in which it was shown.
interface Standing {

    /// Who has shown nothing has nothing to lose.
    Standing NONE = (_, _) -> Optional.empty();

    /// Why it is good no more, by the plan that is in force now.
    Optional<Reason> lost(Plan plan, Instant now);

    /// By an access token.
    static Standing of(AccessTokens.Claims claims) {
        return (plan, now) ->
                now.isBefore(claims.expires())
                        ? plan.revocations().token(claims, now)
                                ? Optional.of(Reason.TOKEN_REVOKED)
                                : Optional.empty()
                        : Optional.of(Reason.TOKEN_EXPIRED);
    }
}
