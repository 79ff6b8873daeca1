package dev.ringwall.control;

import dev.ringwall.link.Messages;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an operator wants of an authority, as it is kept until the authority has done or refused it, across restarts; and afterwards, to say
/// what became of it.
sealed interface AcmeErrand {

    /// How far it is.
    enum State {
        /// Nobody wants it.
        UNASKED,
        /// It is wanted, and not known to be done.
        WANTED,
        /// The authority has confirmed it.
        DONE,
        /// The authority does not do it.
        REFUSED
    }

    Duration AGAIN_AFTER = Duration.ofMinutes(1);
    Duration AGAIN_AFTER_MAX = Duration.ofHours(1);

    /// How long after so many failures it is tried again: what an operator wants does not wait for hours.
    static Duration waitAfter(int failures) {
        Duration plain = AGAIN_AFTER.multipliedBy(1L << Math.min(failures - 1, 16));
        return plain.compareTo(AGAIN_AFTER_MAX) > 0 ? AGAIN_AFTER_MAX : plain;
    }

    /// Another certificate in place of one, with another key, whatever its age.
    ///
    /// @param certificate its serial number
    /// @param pair        the certificate itself with its key, which signs that it is compromised; null once nothing is wanted of it
    /// @param reason      why it is to be revoked; null where it is not
    /// @param failures    how often the authority could not be asked to revoke it
    /// @param next        when it is asked at the earliest
    /// @param said        why not, in the authority's words
    /// @param by          the serial number of the one that took its place; null as long as there is none
    record Replacement(
            String certificate,
            Messages.@Nullable KeyPair pair,
            @Nullable String reason,
            State revocation,
            int failures,
            Instant next,
            @Nullable String said,
            @Nullable String by)
            implements AcmeErrand {

        static Replacement of(String certificate, Messages.KeyPair pair, @Nullable String reason) {
            return new Replacement(
                    certificate,
                    pair,
                    reason,
                    reason == null ? State.UNASKED : State.WANTED,
                    0,
                    Instant.EPOCH,
                    null,
                    null);
        }

        Replacement revoked(State state, @Nullable String why) {
            return new Replacement(certificate, pair, reason, state, failures, next, why, by)
                    .tidy();
        }

        Replacement failed(@Nullable String why, Instant again) {
            return new Replacement(
                    certificate, pair, reason, revocation, failures + 1, again, why, by);
        }

        Replacement saying(String why) {
            return new Replacement(certificate, pair, reason, revocation, failures, next, why, by);
        }

        Replacement replacedBy(String other) {
            return new Replacement(
                            certificate, pair, reason, revocation, failures, next, said, other)
                    .tidy();
        }

        boolean over() {
            return by != null && revocation != State.WANTED;
        }

        /// A key that nothing is signed with any more is not kept.
        private Replacement tidy() {
            return over()
                    ? new Replacement(
                            certificate, null, reason, revocation, failures, next, said, by)
                    : this;
        }

        @Override
        public String toString() {
            return "Replacement[" + certificate + ", " + revocation + ", by " + by + "]";
        }
    }

    /// Another key for our account.
    ///
    /// @param jwk      the next key; null once it is the account's, or is not going to be
    /// @param failures how often it could not be learned whether the authority has it
    /// @param next     when the authority is asked at the earliest
    /// @param said     why not, in the authority's words
    record AccountKey(
            @Nullable String jwk, State state, int failures, Instant next, @Nullable String said)
            implements AcmeErrand {

        static AccountKey fresh() {
            return new AccountKey(AcmeKept.freshKey(), State.WANTED, 0, Instant.EPOCH, null);
        }

        AccountKey done() {
            return new AccountKey(null, State.DONE, 0, Instant.EPOCH, null);
        }

        AccountKey refused(String why) {
            return new AccountKey(null, State.REFUSED, 0, Instant.EPOCH, why);
        }

        AccountKey failed(@Nullable String why, Instant again) {
            return new AccountKey(jwk, state, failures + 1, again, why);
        }

        @Override
        public String toString() {
            return "AccountKey[" + state + "]";
        }
    }
}
