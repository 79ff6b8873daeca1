package dev.ringwall.identity;

import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.federation.Checked;
import dev.ringwall.federation.Claims;
import dev.ringwall.federation.Federation;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.people.OutsideSignIn;
import dev.ringwall.people.Rights;
import dev.ringwall.people.SignedIn;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// ID tokens of outside providers that a declared client brings for a token of ours (RFC 8693 §2.1). They count where the declaration lets the
/// client, when they are for this system as the provider's client, and for an account that is linked.
final class BroughtTokens {

    private static final int CHARACTERS_MAX = 16 * 1024;

    private final Rights rights;
    private final Federation federation;
    private final OutsideSignIn signIn;
    private final InstantSource clock;

    BroughtTokens(Rights rights, Federation federation, OutsideSignIn signIn, InstantSource clock) {
        this.rights = rights;
        this.federation = federation;
        this.signIn = signIn;
        this.clock = clock;
    }

    /// Of whom it speaks, signed in for as long as the token and one of ours last; empty when it does not count.
    Optional<SignedIn> person(String client, String token) {
        return provider(client, token)
                .flatMap(provider ->
                        switch (federation.idToken(provider, token)) {
                            case Checked.Right<Claims>(Claims claims) -> person(provider, claims);
                            case Checked.Wrong<Claims>(String why) -> {
                                signIn.failed(provider.name(), why, Optional.empty());
                                yield Optional.empty();
                            }
                        });
    }

    private Optional<SignedIn> person(OutsideProvider provider, Claims claims) {
        Instant now = clock.instant();
        Instant since = claims.authTime().filter(time -> time.isBefore(now)).orElse(now);
        Instant ours = now.plus(TokenMint.ACCESS_LIFE);
        Instant until = claims.expires().isBefore(ours) ? claims.expires() : ours;
        return now.isBefore(until)
                ? signIn.broughtBy(provider, Vouching.of(provider, claims, since), until)
                : Optional.empty();
    }

    /// Whose it says it is; nothing else of it is believed before its signature is.
    private Optional<OutsideProvider> provider(String client, String token) {
        if (token.length() > CHARACTERS_MAX) {
            return Optional.empty();
        }
        try {
            String issuer = SignedJWT.parse(token).getJWTClaimsSet().getIssuer();
            return rights.providers().values().stream()
                    .filter(provider -> provider.issuer().equals(issuer))
                    .filter(provider -> provider.exchange().containsKey(client))
                    .findFirst();
        } catch (ParseException unreadable) {
            return Optional.empty();
        }
    }
}
