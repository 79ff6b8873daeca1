package dev.ringwall.events;

import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Something that happened and that somebody may have to answer for.
public sealed interface SecurityEvent {

    /// When, where and in the course of what.
    Header header();

    /// How firmly it must be kept before the answer that it belongs to leaves.
    Firmness firmness();

    /// How firmly an event is kept before anybody is told the outcome.
    enum Firmness {
        /// It survives the death of the process.
        SPOOLED,
        /// It survives the loss of power: it is on the disk.
        SYNCED
    }

    /// One hop of a call was let through or refused.
    ///
    /// @param hop         which node and side decided: `gateway`, `orders` (the sidecar before a service), `orders>` (its way out)
    /// @param operation   `orders.place`; empty when the request led to none
    /// @param method      of the request, at most 16 characters
    /// @param reason      why it was refused; empty when it was let through
    /// @param because     the lines of the declaration that decided
    /// @param rings       the rings that it passed, in order, the refusing one last
    /// @param status      the HTTP status of the answer
    /// @param sensitivity the most sensitive data that the operation touches
    /// @param times       how many like refusals this one event stands for, at least 1
    record CallDecided(
            Header header,
            String hop,
            Optional<String> operation,
            String method,
            Actor caller,
            Optional<String> onBehalfOf,
            Optional<Reason> reason,
            List<Line> because,
            List<Step> rings,
            int status,
            DataType.Sensitivity sensitivity,
            long times)
            implements SecurityEvent {
        public CallDecided {
            if (times < 1) {
                throw new IllegalArgumentException("times " + times + " (expected: at least 1)");
            }
            because = List.copyOf(because);
            rings = List.copyOf(rings);
        }

        @Override
        public Firmness firmness() {
            return sensitivity.firm() && reason.isEmpty() ? Firmness.SYNCED : Firmness.SPOOLED;
        }
    }

    /// Somebody proved, failed to prove, or gave up who they are; or a token was given or taken.
    record IdentityActed(Header header, IdentityAct act, Actor who, Map<String, String> details)
            implements SecurityEvent {
        public IdentityActed {
            details = Collections.unmodifiableMap(new TreeMap<>(details));
        }

        @Override
        public Firmness firmness() {
            return Firmness.SPOOLED;
        }
    }

    /// Somebody with power over the system used it.
    ///
    /// @param subject the account, key, client or node that it was done to
    record Administered(
            Header header, AdminAct act, Actor who, String subject, Map<String, String> details)
            implements SecurityEvent {
        public Administered {
            details = Collections.unmodifiableMap(new TreeMap<>(details));
        }

        @Override
        public Firmness firmness() {
            return Firmness.SYNCED;
        }
    }

    /// An attack on the running system was played, and this is how it ended.
    ///
    /// @param attack  its name, `orders.ship/as-shopper`
    /// @param held    whether the system did what the declaration says
    /// @param outcome what was seen
    record AttackPlayed(Header header, String attack, boolean held, String outcome)
            implements SecurityEvent {
        @Override
        public Firmness firmness() {
            return Firmness.SYNCED;
        }
    }
}
