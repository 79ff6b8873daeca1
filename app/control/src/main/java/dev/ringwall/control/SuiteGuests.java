package dev.ringwall.control;

import dev.ringwall.events.Actor;
import dev.ringwall.people.Account;
import dev.ringwall.people.AccountRegister;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.Directory;
import dev.ringwall.people.Person;
import dev.ringwall.people.Secrets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Gives a conformance suite what it comes in with: a user, and what clients prove themselves with.
public final class SuiteGuests {

    private static final Actor MAKER = Actor.system();

    private final Directory directory;
    private final InstantSource clock;

    SuiteGuests(Directory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /// Makes the user, and says the password.
    ///
    /// @param attributes what is known of the user, as JSON in the form of SCIM (RFC 7643 §4.1)
    public String user(String name, String role, String attributes) {
        String password = Secrets.random();
        Person wanted =
                new Person(
                        new Account("", name, Set.of(role), clock.instant(), false),
                        Optional.empty(),
                        attributes);
        if (directory.register().create(wanted, Optional.of(password), MAKER)
                instanceof AccountRegister.Outcome.Done) {
            return password;
        }
        throw new IllegalStateException("the user of the suite cannot be made");
    }

    /// A new secret of that client.
    public String secret(String client) {
        if (directory.declaredClients().newSecret(client, MAKER)
                instanceof DeclaredClients.Outcome.Secret(var _, String secret)) {
            return secret;
        }
        throw new IllegalStateException(client + " cannot have a secret");
    }

    /// Gives the client these public keys, a JWK set.
    public void keys(String client, String jwks) {
        if (!(directory.declaredClients().replaceKeys(client, jwks, MAKER)
                instanceof DeclaredClients.Outcome.Keys)) {
            throw new IllegalStateException("the keys of " + client + " cannot be used");
        }
    }
}
