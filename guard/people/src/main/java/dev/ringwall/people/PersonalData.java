package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.store.Personal;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Shows what is kept about one person (GDPR art. 15) and erases it (art. 17). Which rows those are is said by the tables themselves; a test
/// holds them against the columns that there are. Any thread may use it.
public final class PersonalData {

    private final Store store;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Sessions sessions;

    PersonalData(Store store, Ledger ledger, Accounts accounts, Sessions sessions) {
        this.store = store;
        this.ledger = ledger;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /// What is kept about one person.
    ///
    /// @param records by table; secrets and their hashes are not among the columns
    public record Kept(Account account, Map<String, List<Map<String, Object>>> records) {}

    /// How much is kept about one person.
    ///
    /// @param rows how many, by table
    public record Counted(Account account, Map<String, Integer> rows) {}

    /// What became of the wish to erase a person.
    ///
    /// @param receipt the id of the event that says so
    /// @param rows    how many there were, by table
    public record Erased(Account account, String receipt, Map<String, Integer> rows) {}

    /// Shows it. Empty where no account has that name.
    public Optional<Kept> of(String name, Actor by) {
        return accounts.byName(name)
                .map(known -> {
                    Account account = known.account();
                    ledger.administered(AdminAct.ACCOUNT_EXPORTED, by, account.id(), Map.of());
                    return new Kept(account, records(account.id()));
                });
    }

    private Map<String, List<Map<String, Object>>> records(String account) {
        return store.read(tx -> {
            Map<String, List<Map<String, Object>>> all = new LinkedHashMap<>();
            for (Personal kind : store.personal()) {
                all.put(
                        kind.table(),
                        tx.all(
                                row -> shown(row, kind),
                                "SELECT "
                                        + String.join(", ", kind.shown())
                                        + " FROM "
                                        + kind.table()
                                        + " WHERE "
                                        + kind.rows(),
                                account));
            }
            return all;
        });
    }

    private static Map<String, Object> shown(ResultSet row, Personal kind) throws SQLException {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (int i = 0; i < kind.shown().size(); i++) {
            String column = kind.shown().get(i);
            if (kind.times().contains(column)) {
                long at = row.getLong(i + 1);
                if (!row.wasNull()) {
                    shown.put(column, Instant.ofEpochMilli(at).toString());
                }
            } else {
                Object value = row.getObject(i + 1);
                if (value != null) {
                    shown.put(column, value);
                }
            }
        }
        return shown;
    }

    /// How many rows there are about the person, by table: what would be erased. Empty where no account has that name.
    public Optional<Counted> count(String name) {
        return accounts.byName(name)
                .map(Accounts.Known::account)
                .map(account -> new Counted(account, store.read(tx -> counted(tx, account.id()))));
    }

    private Map<String, Integer> counted(Transaction tx, String account) throws SQLException {
        Map<String, Integer> rows = new TreeMap<>();
        for (Personal kind : store.personal()) {
            rows.put(
                    kind.table(),
                    tx.first(
                                    row -> row.getInt(1),
                                    "SELECT COUNT(*) FROM "
                                            + kind.table()
                                            + " WHERE "
                                            + kind.rows(),
                                    account)
                            .orElse(0));
        }
        return rows;
    }

    /// Erases it, and ends all that the person is signed in to. What the audit log says stays: it names the person by an id that nothing leads
    /// to any more. Empty where no account has that name.
    public Optional<Erased> erase(String name, Actor by) {
        return accounts.byName(name).map(known -> erase(known.account(), by));
    }

    /// The same for an account that is known.
    public Erased erase(Account account, Actor by) {
        String receipt = ledger.administered(AdminAct.ACCOUNT_ERASED, by, account.id(), Map.of());
        Map<String, Integer> rows =
                store.write(tx -> {
                    Map<String, Integer> counted = counted(tx, account.id());
                    for (Personal kind : store.personal().reversed()) {
                        if (kind.table().equals(PeopleTables.LOGINS)) {
                            sessions.endAllOf(tx, account.id()); // what it leads to is gone by now
                        }
                        if (!kind.goes()) {
                            continue;
                        }
                        tx.change(
                                "DELETE FROM " + kind.table() + " WHERE " + kind.rows(),
                                account.id());
                    }
                    return counted;
                });
        sessions.changed();
        return new Erased(account, receipt, rows);
    }
}
