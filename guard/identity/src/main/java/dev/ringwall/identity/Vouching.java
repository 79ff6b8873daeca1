package dev.ringwall.identity;

import dev.ringwall.federation.Claims;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.people.Vouched;
import java.time.Instant;

/// What the claims of a provider are worth by the declaration.
final class Vouching {

    private Vouching() {}

    /// @param since when the person proved it
    static Vouched of(OutsideProvider provider, Claims claims, Instant since) {
        return new Vouched(
                provider.name(),
                claims.issuer(),
                claims.subject(),
                claims.sid(),
                provider.rolesFor(claims.all()),
                provider.secondFactor().in(claims.all()),
                since,
                claims.text("preferred_username"));
    }
}
