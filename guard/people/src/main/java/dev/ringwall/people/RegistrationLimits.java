package dev.ringwall.people;

import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.Registration;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How many clients may register: as many as the declaration says, and where everybody may register, so many an hour from one network and
/// from everywhere together.
final class RegistrationLimits {

    static final int PER_NETWORK_MAX = 5;
    static final int ALTOGETHER_MAX = 60;
    static final Duration PERIOD = Duration.ofHours(1);

    private RegistrationLimits() {}

    private record Count(String subject, int most) {}

    private static List<Count> counts(String address) {
        return List.of(
                new Count(Secrets.sha256("network\n" + Throttle.network(address)), PER_NETWORK_MAX),
                new Count(Secrets.sha256("everywhere"), ALTOGETHER_MAX));
    }

    /// Why no more may be registered from there now.
    static Optional<RegisteredClients.Outcome> refused(
            Transaction tx, ClientRegistration says, String address, Instant now)
            throws SQLException {
        int there =
                tx.first(
                                row -> row.getInt(1),
                                "SELECT COUNT(*) FROM registered_client WHERE expires > ?",
                                now.toEpochMilli())
                        .orElse(0);
        if (there >= says.atMost()) {
            return Optional.of(new RegisteredClients.Outcome.Full(says.atMost()));
        }
        if (says.mode() != Registration.Mode.OPEN) {
            return Optional.empty();
        }
        for (Count count : counts(address)) {
            Optional<Long> over =
                    tx.first(
                            row -> row.getLong(1),
                            "SELECT expires FROM registration_count WHERE subject = ? AND made >= ? AND expires > ?",
                            count.subject(),
                            count.most(),
                            now.toEpochMilli());
            if (over.isPresent()) {
                return Optional.of(
                        new RegisteredClients.Outcome.TooMany(
                                Duration.between(now, Instant.ofEpochMilli(over.get()))));
            }
        }
        return Optional.empty();
    }

    /// One more was registered from there.
    static void count(Transaction tx, ClientRegistration says, String address, Instant now)
            throws SQLException {
        if (says.mode() != Registration.Mode.OPEN) {
            return;
        }
        for (Count count : counts(address)) {
            tx.change(
                    "INSERT INTO registration_count (subject, made, expires) VALUES (?, 1, ?)"
                            + " ON CONFLICT (subject) DO UPDATE SET"
                            + " expires = CASE WHEN registration_count.expires <= ? THEN excluded.expires ELSE registration_count.expires END,"
                            + " made = CASE WHEN registration_count.expires <= ? THEN 1 ELSE registration_count.made + 1 END",
                    count.subject(),
                    now.plus(PERIOD).toEpochMilli(),
                    now.toEpochMilli(),
                    now.toEpochMilli());
        }
    }
}
