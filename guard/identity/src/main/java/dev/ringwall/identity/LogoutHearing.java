package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.federation.Checked;
import dev.ringwall.federation.Claims;
import dev.ringwall.federation.Federation;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.people.Asked;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.OutsideSignIn;
import dev.ringwall.people.Secrets;
import dev.ringwall.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Hears from an outside provider that a login there is over, and ends the logins here that stand on it (OpenID Connect Back-Channel Logout 1.0
/// §2.5 to §2.8, as relying party). Each token counts once.
final class LogoutHearing {

    /// Longer than a token can be used.
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    private final Federation federation;
    private final OutsideSignIn signIn;
    private final Store store;
    private final Ledger ledger;
    private final InstantSource clock;

    LogoutHearing(
            Federation federation,
            OutsideSignIn signIn,
            Store store,
            Ledger ledger,
            InstantSource clock) {
        this.federation = federation;
        this.signIn = signIn;
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
    }

    void hear(HttpServletRequest request, HttpServletResponse response, OutsideProvider provider)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        String[] tokens = request.getParameterValues("logout_token");
        Checked<Claims> heard =
                tokens == null || tokens.length != 1
                        ? new Checked.Wrong<>("token-not-valid")
                        : federation.logoutToken(provider, tokens[0]);
        switch (heard.then(this::once)) {
            case Checked.Right<Claims>(Claims claims) ->
                    signIn.over(
                            provider,
                            claims.sid(),
                            Optional.of(claims.subject()).filter(subject -> !subject.isEmpty()));
            case Checked.Wrong<Claims>(String why) -> {
                ledger.acted(
                        IdentityAct.LOGOUT_REFUSED,
                        Actor.stranger(Asked.current().address()),
                        Map.of("provider", provider.name(), "why", why));
                response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
                Json.send(response, Map.of("error", "invalid_request"));
            }
        }
    }

    private Checked<Claims> once(Claims claims) {
        String id = claims.issuer() + "\n" + claims.text("jti").orElse("");
        int added =
                store.write(tx ->
                        tx.change(
                                "INSERT INTO used_assertion (hash, expires) VALUES (?, ?) ON CONFLICT DO NOTHING",
                                Secrets.sha256("logout\n" + id),
                                clock.instant().plus(REMEMBERED).toEpochMilli()));
        return added == 1 ? new Checked.Right<>(claims) : new Checked.Wrong<>("token-used-before");
    }
}
