package dev.ringwall.link;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages about what an account has besides its password, between the command line and the control plane; as [Operating] otherwise.
public final class Holding {

    /// `GET ?name=NAME` → [Factors].
    public static final String FACTORS = Operating.ACCOUNTS + "/factors";

    /// `POST` [RemoveFactors] → [Operating.Ended]: its second factors are gone, or one of them, and its logins end.
    public static final String FACTORS_REMOVE = FACTORS + "/remove";

    private Holding() {}

    /// What an account shows besides its password.
    public record Factors(List<Factor> factors) {}

    /// One second factor.
    ///
    /// @param kind `app`, `passkey` or `recovery-codes`; `remembered-browser` where none of them is asked for
    /// @param id   names it
    /// @param name what its owner calls it; empty where there is nothing to tell it from
    /// @param used when it was last used; null where that is not known
    /// @param left how many uses there are; null where they do not end
    public record Factor(
            String kind,
            String id,
            String name,
            Instant since,
            @Nullable Instant used,
            @Nullable Integer left) {}

    /// Second factors of an account that are to go.
    ///
    /// @param id of one of them; null for all that the account has
    public record RemoveFactors(String name, @Nullable String id) {}
}
