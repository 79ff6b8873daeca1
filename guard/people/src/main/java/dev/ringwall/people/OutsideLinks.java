package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which account belongs to whom at an outside provider. A link is made by who is signed in here and has just proved both, or by the account's being
/// made for it; never by an address or a name that two accounts have in common. Any thread may use it.
public final class OutsideLinks {

    private final Store store;
    private final Accounts accounts;
    private final Sessions sessions;
    private final OutsideLogins logins;
    private final OwnAccount own;
    private final LetterDesk desk;
    private final Ledger ledger;
    private final InstantSource clock;

    OutsideLinks(
            Store store,
            Accounts accounts,
            Sessions sessions,
            OutsideLogins logins,
            OwnAccount own,
            LetterDesk desk,
            Ledger ledger,
            InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.logins = logins;
        this.own = own;
        this.desk = desk;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// One link.
    public record Link(String provider, String issuer, String subject, Instant since) {}

    /// What became of a change.
    public enum Change {
        /// It is done.
        DONE,
        /// The person must sign in again first, with what the account itself has.
        NOT_RECENT,
        /// That person of the provider belongs to another account.
        TAKEN,
        /// There is no such account or link.
        UNKNOWN
    }

    /// The account that belongs to that person of the provider.
    Optional<Account> account(String issuer, String subject) {
        return store.read(tx ->
                        tx.first(
                                row -> row.getString(1),
                                "SELECT account FROM outside_link WHERE issuer = ? AND subject = ?",
                                issuer,
                                subject))
                .flatMap(accounts::byId);
    }

    /// The links of the account of that id.
    public List<Link> ofAccount(String account) {
        return store.read(tx ->
                tx.all(
                        OutsideLinks::link,
                        "SELECT provider, issuer, subject, created FROM outside_link WHERE account = ? ORDER BY created, issuer",
                        account));
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)));
    }

    /// The links of the account of that name; empty when there is no such account.
    public Optional<List<Link>> ofName(String name) {
        return accounts.byName(name).map(known -> ofAccount(known.account().id()));
    }

    /// Links the account of who is signed in.
    public Change add(SignedIn person, Vouched vouched) {
        if (!own.recent(person)) {
            return Change.NOT_RECENT;
        }
        Optional<Account> belongs = account(vouched.issuer(), vouched.subject());
        if (belongs.isPresent()) {
            return belongs.get().id().equals(person.account().id()) ? Change.DONE : Change.TAKEN;
        }
        ledger.administered(
                AdminAct.ACCOUNT_LINKED,
                person.actor(),
                person.account().id(),
                Map.of("provider", vouched.provider()));
        if (!store.write(tx -> keep(tx, person.account().id(), vouched, clock.instant()))) {
            return Change.TAKEN;
        }
        desk.tell(
                person.account().id(),
                "Another way to sign in was added",
                "Your account can be signed in to by an account at " + vouched.provider() + ".");
        return Change.DONE;
    }

    /// Keeps it; false when that person of the provider belongs to an account already.
    static boolean keep(Transaction tx, String account, Vouched vouched, Instant now)
            throws SQLException {
        return tx.change(
                        "INSERT INTO outside_link (issuer, subject, account, provider, created) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (issuer, subject) DO NOTHING",
                        vouched.issuer(),
                        vouched.subject(),
                        account,
                        vouched.provider(),
                        now.toEpochMilli())
                == 1;
    }

    /// Takes the links of who is signed in to that provider away, and ends the logins that stand on them.
    public Change remove(SignedIn person, String provider) {
        return own.recent(person)
                ? remove(person.account(), provider, person.actor())
                : Change.NOT_RECENT;
    }

    /// The same for the account of that name, by the operator.
    public Change remove(String name, String provider, Actor by) {
        return accounts.byName(name)
                .map(known -> remove(known.account(), provider, by))
                .orElse(Change.UNKNOWN);
    }

    private Change remove(Account account, String provider, Actor by) {
        List<Link> ending =
                ofAccount(account.id()).stream()
                        .filter(link -> link.provider().equals(provider))
                        .toList();
        if (ending.isEmpty()) {
            return Change.UNKNOWN;
        }
        ledger.administered(
                AdminAct.ACCOUNT_UNLINKED, by, account.id(), Map.of("provider", provider));
        List<String> standing =
                ending.stream()
                        .flatMap(link ->
                                logins
                                        .standingOn(
                                                link.issuer(),
                                                Optional.empty(),
                                                Optional.of(link.subject()))
                                        .stream())
                        .toList();
        store.write(tx -> {
            for (String sid : standing) {
                sessions.end(tx, sid);
            }
            return tx.change(
                    "DELETE FROM outside_link WHERE account = ? AND provider = ?",
                    account.id(),
                    provider);
        });
        sessions.changed();
        return Change.DONE;
    }
}
