package dev.ringwall.policy;

import java.util.Optional;
import java.util.Set;

/// Who calls, as far as it was proved.
public sealed interface Caller {

    /// Nobody was proved.
    record Stranger() implements Caller {}

    /// A person, by an access token.
    ///
    /// @param id       the account
    /// @param scopes   the operations that the token was given for; it counts for no other
    /// @param clientId the program that the person uses
    record Person(String id, Set<String> roles, Set<String> scopes, String clientId)
            implements Caller {
        public Person {
            roles = Set.copyOf(roles);
            scopes = Set.copyOf(scopes);
        }
    }

    /// A program, by an API key.
    record Key(String id, String role) implements Caller {}

    /// A program, by an access token of its own.
    ///
    /// @param scopes the operations that the token was given for; it counts for no other
    record Client(String id, Set<String> roles, Set<String> scopes) implements Caller {
        public Client {
            roles = Set.copyOf(roles);
            scopes = Set.copyOf(scopes);
        }
    }

    /// A service of the system, by its certificate. Its own `calls` say what it may do; whom it acts for changes nothing about that.
    ///
    /// @param onBehalfOf from whom the call came that it is serving, where it says so and that was proved; conditions then see this one
    record Workload(String service, Optional<Caller> onBehalfOf) implements Caller {
        public Workload {
            if (onBehalfOf.isPresent() && onBehalfOf.get() instanceof Workload) {
                throw new IllegalArgumentException(
                        service
                                + " on behalf of a service (expected: whoever came in through the door)");
            }
        }
    }
}
