package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.events.Ids;
import dev.ringwall.model.Client;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.Registration;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The clients that registered themselves (RFC 7591, RFC 7592). What each may do is read from the declaration as it stands now, so that one
/// that says less takes it from all of them at once. Every act is recorded before it happens. Any thread may use it.
public final class RegisteredClients {

    /// What the id of such a client begins with; the rest is random, and nobody chooses it.
    public static final String PREFIX = "registered-";

    /// Where everybody may register, a client that has got no token after so long is no more.
    static final Duration OPEN_FIRST_USE = Duration.ofDays(1);

    /// Its last use is written down no oftener.
    private static final Duration USE_NOTED = Duration.ofHours(1);

    private final Store store;
    private final Ledger ledger;
    private final Rights rights;
    private final InstantSource clock;
    private final Bought bought;
    private final Runnable changed;
    private final ClientInvitations invitations;
    private final Ids ids;

    RegisteredClients(
            Store store,
            Ledger ledger,
            Rights rights,
            InstantSource clock,
            Bought bought,
            Runnable changed) {
        this.store = store;
        this.ledger = ledger;
        this.rights = rights;
        this.clock = clock;
        this.bought = bought;
        this.changed = changed;
        this.invitations = new ClientInvitations(store, ledger, clock);
        this.ids = new Ids(clock);
    }

    /// One of them, with the hashes of what it proves itself with.
    ///
    /// @param access the hash of its registration access token
    public record Known(
            String id,
            ClientWish is,
            @Nullable String secret,
            String access,
            Instant created,
            Instant used,
            Instant expires) {
        @Override
        public String toString() {
            return "Known[" + id + "]";
        }
    }

    /// What became of a registration.
    public sealed interface Outcome {
        /// It exists. What is shown here is shown this once.
        ///
        /// @param secret null for a client that proves itself otherwise
        /// @param access with what it may look at itself, change and end itself
        record Registered(Known client, @Nullable String secret, String access) implements Outcome {
            @Override
            public String toString() {
                return "Registered[" + client + "]";
            }
        }

        /// Whoever asks has no invitation that counts.
        record Uninvited() implements Outcome {}

        /// As many are there as may be.
        record Full(int atMost) implements Outcome {}

        /// Too many came from there lately.
        record TooMany(Duration pause) implements Outcome {}
    }

    /// Who may register one.
    public ClientInvitations invitations() {
        return invitations;
    }

    /// What the declaration says of such clients; empty where there are none.
    public Optional<ClientRegistration> allowed() {
        return rights.clientRegistration();
    }

    /// Whether whoever holds that invitation may register a client now.
    public boolean invited(@Nullable String invitation) {
        return allowed()
                .filter(says ->
                        says.mode() == Registration.Mode.OPEN
                                || (invitation != null
                                        && invitations.counts(invitation).isPresent()))
                .isPresent();
    }

    /// Makes a client of a program.
    ///
    /// @param invitation the token that it brought; null where it brought none
    public Outcome register(ClientWish wish, @Nullable String invitation) {
        if (!invited(invitation)) {
            return new Outcome.Uninvited();
        }
        ClientRegistration says = allowed().orElseThrow();
        boolean open = says.mode() == Registration.Mode.OPEN;
        Instant now = clock.instant();
        Duration lasts =
                open && OPEN_FIRST_USE.compareTo(says.unused()) < 0
                        ? OPEN_FIRST_USE
                        : says.unused();
        String secret = wish.proof() == Client.Proof.SECRET ? Secrets.random() : null;
        String access = Secrets.random();
        Known known =
                new Known(
                        PREFIX + ids.next().toLowerCase(Locale.ROOT),
                        wish,
                        secret == null ? null : Secrets.sha256(secret),
                        Secrets.sha256(access),
                        now,
                        now,
                        now.plus(lasts));
        String address = Asked.current().address();
        Optional<Outcome> refused =
                store.read(tx -> RegistrationLimits.refused(tx, says, address, now));
        if (refused.isPresent()) {
            return refused.get();
        }
        Map<String, String> details = RegisteredRows.details(known);
        if (!open && invitation != null) {
            invitations.counts(invitation).ifPresent(id -> details.put("invitation", id));
        }
        ledger.acted(IdentityAct.CLIENT_REGISTERED, Actor.stranger(address), details);
        Optional<Outcome> late =
                store.write(tx -> {
                    Optional<Outcome> other = RegistrationLimits.refused(tx, says, address, now);
                    if (other.isEmpty()
                            && !open
                            && (invitation == null || !invitations.use(tx, invitation))) {
                        other = Optional.of(new Outcome.Uninvited());
                    }
                    if (other.isEmpty()) {
                        RegistrationLimits.count(tx, says, address, now);
                        RegisteredRows.insert(tx, known);
                    }
                    return other;
                });
        return late.orElseGet(() -> new Outcome.Registered(known, secret, access));
    }

    /// The client of that id, where the declaration still lets such a client be.
    public Optional<Known> byId(String id) {
        return id.startsWith(PREFIX) && allowed().isPresent()
                ? store.read(tx ->
                        tx.first(
                                RegisteredRows::known,
                                RegisteredRows.COLUMNS + "id = ? AND expires > ?",
                                id,
                                clock.millis()))
                : Optional.empty();
    }

    /// The client of that id for whoever holds its registration access token.
    public Optional<Known> byId(String id, String access) {
        return byId(id).filter(known -> Secrets.same(known.access(), Secrets.sha256(access)));
    }

    /// As a client of the declaration would stand there; empty where the declaration has no such client any more.
    public Optional<Client> client(Known known) {
        return allowed()
                .filter(says -> says.kinds().containsKey(known.is().kind()))
                .filter(_ -> rights.signedForClients().contains(known.is().signing().told()))
                .map(says ->
                        RegisteredRows.client(known, says, rights.roles(says, known.is().kind())))
                .filter(client -> !client.roles().isEmpty());
    }

    /// Puts another wish in place of the client's own, whole (RFC 7592 §2.2). Where it proves itself by a secret and did not before, it gets one. Where it
    /// looks other than what people allowed, they are asked again: whoever holds its registration access token may not be who they trusted. That
    /// token counts no more, and there is another: of two who hold one and the same, the second is turned away.
    public Outcome replace(Known known, ClientWish wish) {
        boolean keeps = wish.proof() == Client.Proof.SECRET && known.secret() != null;
        String secret = wish.proof() == Client.Proof.SECRET && !keeps ? Secrets.random() : null;
        String access = Secrets.random();
        Known after =
                new Known(
                        known.id(),
                        wish,
                        keeps ? known.secret() : secret == null ? null : Secrets.sha256(secret),
                        Secrets.sha256(access),
                        known.created(),
                        known.used(),
                        known.expires());
        ledger.acted(IdentityAct.CLIENT_CHANGED, itself(known), RegisteredRows.details(after));
        boolean done =
                store.write(tx -> {
                    if (!RegisteredRows.delete(tx, known)) {
                        return false;
                    }
                    RegisteredRows.insert(tx, after);
                    if (wish.looksOtherThan(known.is())) {
                        bought.askAgain(tx, known.id());
                    }
                    return true;
                });
        return done ? new Outcome.Registered(after, secret, access) : new Outcome.Uninvited();
    }

    private static Actor itself(Known known) {
        return new Actor(Actor.Kind.CLIENT, known.id(), List.of(), Asked.current().address());
    }

    /// The client ends itself, with everything that it has.
    public void remove(Known known) {
        ledger.acted(IdentityAct.CLIENT_REMOVED, itself(known), RegisteredRows.details(known));
        end(known.id());
    }

    /// Somebody with power ends it; false where there is none of that id.
    public boolean revoke(String id, Actor by) {
        if (list().stream().noneMatch(known -> known.id().equals(id))) {
            return false;
        }
        ledger.administered(AdminAct.CLIENT_REVOKED, by, id, Map.of());
        end(id);
        return true;
    }

    private void end(String id) {
        store.write(tx -> {
            bought.endRegistered(tx, id);
            Revocations.add(
                    tx,
                    new Revocation(
                            Revocation.Kind.SUB, id, clock.instant().plus(bought.accessLife())));
            tx.change("DELETE FROM registered_choice WHERE client = ?", id);
            return tx.change("DELETE FROM registered_client WHERE id = ?", id);
        });
        changed.run();
    }

    /// All that are there, by id, whether or not the declaration still lets them do anything.
    public List<Known> list() {
        List<Known> all =
                store.read(tx ->
                        tx.all(
                                RegisteredRows::known,
                                RegisteredRows.COLUMNS + "expires > ? ORDER BY expires",
                                clock.millis()));
        return all.stream().sorted(Comparator.comparing(Known::id)).toList();
    }

    /// The client got a token, as part of the change that keeps it: it stays for a while longer.
    public void used(Transaction tx, String id) throws SQLException {
        Optional<ClientRegistration> says = allowed();
        if (id.startsWith(PREFIX) && says.isPresent()) {
            Instant now = clock.instant();
            tx.change(
                    "UPDATE registered_client SET used = ?, expires = ? WHERE id = ? AND (used < ? OR used = created)",
                    now.toEpochMilli(),
                    now.plus(says.get().unused()).toEpochMilli(),
                    id,
                    now.minus(USE_NOTED).toEpochMilli());
        }
    }

    /// Forgets those that are no more, and who might have registered. Whoever calls has forgotten before what was theirs.
    public static int forget(Transaction tx, long before) throws SQLException {
        return RegistrationTables.forget(tx, before);
    }
}
