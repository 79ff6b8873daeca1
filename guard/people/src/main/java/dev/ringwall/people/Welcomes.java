package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Starts a login once everything that is asked for was right.
final class Welcomes {

    private final Sessions sessions;
    private final Throttle throttle;
    private final Rights rights;
    private final Ledger ledger;

    Welcomes(Sessions sessions, Throttle throttle, Rights rights, Ledger ledger) {
        this.sessions = sessions;
        this.throttle = throttle;
        this.rights = rights;
        this.ledger = ledger;
    }

    /// A login that has begun, and how long it lasts.
    record Begun(Sessions.Started session, Duration lasts) {}

    /// Starts it; empty when the account has no role to sign in for any more.
    Optional<Begun> start(Account account, String name, Set<String> methods, String address) {
        Set<String> roles = rights.declared(account.roles(), Role.Login.PASSWORD);
        if (roles.isEmpty()) {
            return Optional.empty();
        }
        Duration lasts = rights.session(roles);
        String sid = sessions.nextSid();
        ledger.acted(
                IdentityAct.SIGNED_IN,
                new Actor(Actor.Kind.PERSON, account.id(), List.copyOf(roles), address),
                Map.of("sid", sid, "methods", String.join(" ", methods)));
        throttle.succeeded(name, address);
        return Optional.of(new Begun(sessions.start(sid, account, lasts, methods), lasts));
    }
}
