package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.model.Client;
import dev.ringwall.store.Store;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the clients of the declaration prove themselves with. The declaration says who they are; secrets and keys come from the operator
/// by command, so that none stands in a file. Every act is recorded before it happens. Any thread may use it.
public final class DeclaredClients {

    private final Store store;
    private final Ledger ledger;
    private final Rights rights;
    private final InstantSource clock;

    DeclaredClients(Store store, Ledger ledger, Rights rights, InstantSource clock) {
        this.store = store;
        this.ledger = ledger;
        this.rights = rights;
        this.clock = clock;
    }

    /// What became of an act.
    public sealed interface Outcome {
        /// It has a new secret, which is shown this once. An older one counts no more.
        record Secret(String name, String secret) implements Outcome {
            @Override
            public String toString() {
                return "Secret[" + name + "]";
            }
        }

        /// It has these keys and no others.
        record Keys(String name) implements Outcome {}

        /// It is known by these certificates and no others.
        record Certificates(String name) implements Outcome {}

        /// The certificates cannot be used.
        record UnusableCertificates(String why) implements Outcome {}

        /// The key set cannot be used.
        record UnusableKeys(String why) implements Outcome {}

        /// It proves itself by something else.
        record OtherProof(String name, Client.Proof proof) implements Outcome {}

        /// No client of that name is declared.
        record Unknown(String name) implements Outcome {}
    }

    /// The declared clients, by name.
    public Collection<Client> list() {
        return rights.clients().values();
    }

    /// Those that have what they prove themselves with; others that need it cannot do anything yet.
    public Set<String> ready() {
        Set<String> proved =
                Set.copyOf(
                        store.read(tx ->
                                tx.all(
                                        row -> row.getString(1) + " " + row.getString(2),
                                        "SELECT client, CASE WHEN secret IS NULL THEN 'keys' ELSE 'secret' END FROM client_proof"
                                                + " UNION ALL SELECT client, 'certificate' FROM client_certificate")));
        return list().stream()
                .filter(client ->
                        client.proof() == Client.Proof.NONE
                                || proved.contains(client.name() + " " + client.proof().word()))
                .map(Client::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Gives the client a new secret in place of the one that it has.
    public Outcome newSecret(String name, Actor by) {
        Optional<Client> client = rights.client(name);
        if (client.isEmpty()) {
            return new Outcome.Unknown(name);
        }
        if (client.get().proof() != Client.Proof.SECRET) {
            return new Outcome.OtherProof(name, client.get().proof());
        }
        String secret = Secrets.random();
        ledger.administered(AdminAct.CLIENT_SECRET_SET, by, name, Map.of());
        put(name, Secrets.sha256(secret), null);
        return new Outcome.Secret(name, secret);
    }

    /// Gives the client keys in place of those that it has. To change keys without a pause: both, then the new ones.
    ///
    /// @param keys the public halves, as a JWK set
    public Outcome replaceKeys(String name, String keys, Actor by) {
        Optional<Client> client = rights.client(name);
        if (client.isEmpty()) {
            return new Outcome.Unknown(name);
        }
        if (client.get().proof() != Client.Proof.KEYS) {
            return new Outcome.OtherProof(name, client.get().proof());
        }
        return switch (ClientKeys.read(keys)) {
            case ClientKeys.Reading.Unusable(String why) -> new Outcome.UnusableKeys(why);
            case ClientKeys.Reading.Usable(ClientKeys usable) -> {
                ledger.administered(
                        AdminAct.CLIENT_KEYS_SET,
                        by,
                        name,
                        Map.of("keys", String.join(" ", usable.thumbprints())));
                put(name, null, usable.json());
                yield new Outcome.Keys(name);
            }
        };
    }

    /// Says by which certificates the client is known from now on, in place of those before.
    ///
    /// @param pem      the client's own certificates, or those of the authorities that issue one to it
    /// @param issuedTo whom the authorities issue it to; null where the certificates are the client's own
    public Outcome replaceCertificates(
            String name, String pem, @Nullable String issuedTo, Actor by) {
        Optional<Client> client = rights.client(name);
        if (client.isEmpty()) {
            return new Outcome.Unknown(name);
        }
        if (client.get().proof() != Client.Proof.CERTIFICATE) {
            return new Outcome.OtherProof(name, client.get().proof());
        }
        return switch (ClientCertificates.read(pem, issuedTo, clock.instant())) {
            case ClientCertificates.Reading.Unusable(String why) ->
                    new Outcome.UnusableCertificates(why);
            case ClientCertificates.Reading.Usable(ClientCertificates usable) -> {
                ledger.administered(
                        AdminAct.CLIENT_CERTIFICATE_SET,
                        by,
                        name,
                        Map.of(
                                "certificates",
                                String.join(" ", usable.thumbprints()),
                                "issued-to",
                                usable.name().orElse("-")));
                store.write(tx ->
                        tx.change(
                                "INSERT INTO client_certificate (client, pem, name, changed) VALUES (?, ?, ?, ?)"
                                        + " ON CONFLICT (client) DO UPDATE SET pem = excluded.pem,"
                                        + " name = excluded.name, changed = excluded.changed",
                                name,
                                usable.pem(),
                                issuedTo,
                                clock.millis()));
                yield new Outcome.Certificates(name);
            }
        };
    }

    /// Whether who holds the key of the first of those certificates is that client.
    public boolean proves(String name, List<X509Certificate> shown) {
        Instant now = clock.instant();
        return store.read(tx ->
                        tx.first(
                                row -> ClientCertificates.kept(row.getString(1), row.getString(2)),
                                "SELECT pem, name FROM client_certificate WHERE client = ?",
                                name))
                .filter(known -> known.prove(shown, now))
                .isPresent();
    }

    private void put(String name, @Nullable String secret, @Nullable String keys) {
        store.write(tx ->
                tx.change(
                        "INSERT INTO client_proof (client, secret, keys, changed) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (client) DO UPDATE SET secret = excluded.secret,"
                                + " keys = excluded.keys, changed = excluded.changed",
                        name,
                        secret,
                        keys,
                        clock.millis()));
    }

    /// What a client has to prove itself with: the hash of a secret, or keys.
    public record Known(@Nullable String secret, @Nullable String keys) {
        private static final Known NOTHING = new Known(null, null);

        @Override
        public String toString() {
            return keys == null ? "Known[a secret]" : "Known[keys]";
        }
    }

    /// What that client has; nothing where it has none yet.
    public Known proof(String name) {
        return store.read(tx ->
                        tx.first(
                                row -> new Known(row.getString(1), row.getString(2)),
                                "SELECT secret, keys FROM client_proof WHERE client = ?",
                                name))
                .orElse(Known.NOTHING);
    }
}
