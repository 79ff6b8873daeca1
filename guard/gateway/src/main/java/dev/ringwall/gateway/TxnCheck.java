package dev.ringwall.gateway;

import dev.ringwall.gateway.TxnTokens.Checked;
import dev.ringwall.gateway.TxnTokens.Invalid;
import dev.ringwall.gateway.TxnTokens.Verified;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Purpose;
import dev.ringwall.keys.SignedToken;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.X5c;
import dev.ringwall.policy.Caller;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Finds out what a transaction token is worth. It takes a signature, and another one where a token is inside. Nothing is remembered here.
final class TxnCheck {

    private final PeerVerifier verifier;
    private final InstantSource clock;

    TxnCheck(PeerVerifier verifier, InstantSource clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    /// Whether the token is that one's, for that receiver, and what it says. Who it is comes from elsewhere than from the token.
    Checked outer(String token, Peer by, SpiffeId to) {
        // a connection may outlast the certificate that was shown on it
        if (verifier.verify(by.chain(), Purpose.CLIENT)
                instanceof PeerVerifier.Verdict.Untrusted(String why)) {
            return new Invalid(why);
        }
        return switch (read(token, by, to)) {
            case Read.Not(Invalid why) -> why;
            case Read.Claims(TxnClaims claims) when claims.prior().isEmpty() ->
                    verified(claims, by, Optional.empty());
            case Read.Claims(TxnClaims claims) ->
                    switch (inside(claims.prior().get(), by.id())) {
                        case Invalid(String note) -> new Invalid("the token inside: " + note);
                        case Verified prior -> verified(claims, by, Optional.of(prior));
                    };
        };
    }

    /// A token that came inside another one, for whoever signed that. Its own signer is on no connection here; the chain is beside it in what
    /// was signed, which vouches for nothing: it counts if it leads to the root, and is the gateway's.
    private Checked inside(TxnClaims.Prior prior, SpiffeId to) {
        SpiffeId gateway = SpiffeId.gateway(to.system());
        List<X509Certificate> chain;
        try {
            chain = X5c.read(prior.chain());
        } catch (GeneralSecurityException unreadable) {
            return new Invalid("a chain that cannot be read: " + unreadable.getMessage());
        }
        return switch (verifier.verify(chain, Purpose.CLIENT)) {
            case PeerVerifier.Verdict.Untrusted(String why) -> new Invalid(why);
            case PeerVerifier.Verdict.Trusted(SpiffeId id) when !id.equals(gateway) ->
                    new Invalid("signed by " + id + " (expected: " + gateway + ")");
            case PeerVerifier.Verdict.Trusted(SpiffeId id) -> {
                Peer by = Peer.of(id, chain);
                yield switch (read(prior.token(), by, to)) {
                    case Read.Not(Invalid why) -> why;
                    case Read.Claims(TxnClaims claims) when claims.prior().isPresent() ->
                            new Invalid("has one inside itself");
                    case Read.Claims(TxnClaims claims) -> verified(claims, by, Optional.empty());
                };
            }
        };
    }

    /// Claims that were signed by who they say, in time, for the receiver.
    private sealed interface Read {
        record Claims(TxnClaims claims) implements Read {}

        record Not(Invalid why) implements Read {}
    }

    private static Read not(String why) {
        return new Read.Not(new Invalid(why));
    }

    /// @param by whose chain leads to the root
    private Read read(String token, Peer by, SpiffeId to) {
        return switch (SignedToken.verify(token, TxnTokens.TYPE, by.certificate())) {
            case SignedToken.Outcome.Refused(String why) -> not(why);
            case SignedToken.Outcome.Verified(byte[] payload) ->
                    TxnClaims.read(payload)
                            .map(claims -> judge(claims, by, to))
                            .orElseGet(() -> not("claims that are missing or odd"));
        };
    }

    private Read judge(TxnClaims claims, Peer by, SpiffeId to) {
        if (!claims.thumbprint().equals(by.thumbprint())) {
            return not("bound to another certificate");
        }
        if (!claims.issuer().equals(by.id().toString())
                || !claims.audience().equals(to.toString())) {
            return not("from " + claims.issuer() + " for " + claims.audience());
        }
        return claims.issued().minus(TxnTokens.SKEW).isAfter(clock.instant())
                        || claims.expires().isAfter(claims.issued().plus(TxnTokens.LIFETIME))
                ? not("from the future, or for too long")
                : new Read.Claims(claims);
    }

    private Checked verified(TxnClaims claims, Peer by, Optional<Verified> prior) {
        Instant expires = claims.expires();
        if (prior.isPresent() && prior.get().expires().isBefore(expires)) {
            expires = prior.get().expires();
        }
        Optional<Caller> caller = claims.caller(by.id());
        return caller.isEmpty()
                ? new Invalid("it may not speak for that caller")
                : inTime(
                        new Verified(
                                caller.get(),
                                prior.map(Verified::caller),
                                claims.scope(),
                                claims.address(),
                                expires,
                                by));
    }

    /// The same, as long as it counts.
    Checked inTime(Verified verified) {
        return clock.instant().isBefore(verified.expires().plus(TxnTokens.SKEW))
                ? verified
                : new Invalid("expired at " + verified.expires());
    }
}
