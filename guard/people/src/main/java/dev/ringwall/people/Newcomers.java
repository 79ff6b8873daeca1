package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Ids;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Takes many accounts over from another system, some hundred at a time: each batch is recorded and then added by one transaction. What is
/// there already stays as it is, so a batch that was broken off is simply sent again. Any thread may use it.
public final class Newcomers {

    /// Accounts in one batch.
    public static final int BATCH_MAX = 1_000;

    private final Store store;
    private final Ledger ledger;
    private final Accounts accounts;
    private final InstantSource clock;
    private final Ids ids;

    Newcomers(Store store, Ledger ledger, Accounts accounts, InstantSource clock) {
        this.store = store;
        this.ledger = ledger;
        this.accounts = accounts;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /// One account of another system.
    ///
    /// @param hash of the password, as `ForeignHash` takes it; empty for who gets a password later
    public record Newcomer(
            String name, Set<String> roles, Optional<String> hash, boolean disabled) {
        public Newcomer {
            roles = Set.copyOf(roles);
        }

        @Override
        public String toString() {
            return "Newcomer[name=" + name + ", roles=" + roles + "]";
        }
    }

    /// What became of one of them, in the order of the batch.
    public sealed interface Fate {
        /// It was added, or would be.
        record Added() implements Fate {}

        /// An account of that name is there; it was left as it is.
        record There() implements Fate {}

        /// It does not do.
        record Unusable(String why) implements Fate {}
    }

    /// Adds them.
    ///
    /// @param dry says what would become of them, and adds none
    public List<Fate> add(List<Newcomer> batch, boolean dry, Actor by) {
        if (batch.size() > BATCH_MAX) {
            throw new IllegalArgumentException("more than " + BATCH_MAX + " at a time");
        }
        List<Fate> fates = new ArrayList<>();
        List<Newcomer> good = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> there = there(batch);
        for (Newcomer each : batch) {
            Fate fate = fate(each, names, there);
            fates.add(fate);
            if (fate instanceof Fate.Added) {
                good.add(each);
            }
        }
        if (!dry && !good.isEmpty()) {
            addAll(good, by);
        }
        return fates;
    }

    private Fate fate(Newcomer each, Set<String> names, Set<String> there) {
        Optional<String> objection =
                Accounts.nameObjection(Accounts.clean(each.name()))
                        .or(() -> accounts.roleObjection(each.roles()))
                        .or(() -> each.hash().flatMap(ForeignHash::objection));
        if (objection.isPresent()) {
            return new Fate.Unusable(objection.get());
        }
        String key = Accounts.key(each.name());
        return there.contains(key) || !names.add(key) ? new Fate.There() : new Fate.Added();
    }

    private Set<String> there(List<Newcomer> batch) {
        return store.read(tx -> {
            Set<String> there = new HashSet<>();
            for (Newcomer each : batch) {
                String key = Accounts.key(each.name());
                if (tx.first(
                                row -> row.getString(1),
                                "SELECT id FROM account WHERE name_key = ?",
                                key)
                        .isPresent()) {
                    there.add(key);
                }
            }
            return there;
        });
    }

    private void addAll(List<Newcomer> good, Actor by) {
        List<Account> made =
                good.stream()
                        .map(each ->
                                new Account(
                                        ids.next(),
                                        Accounts.clean(each.name()),
                                        each.roles(),
                                        clock.instant(),
                                        each.disabled()))
                        .toList();
        ledger.administered(
                AdminAct.ACCOUNT_CREATED,
                by,
                made.stream().map(Account::id).toList(),
                Map.of("imported", "true"));
        store.write(tx -> {
            for (int i = 0; i < made.size(); i++) {
                add(tx, made.get(i), good.get(i).hash().orElse(Passwords.NONE));
            }
            return true;
        });
    }

    private static void add(Transaction tx, Account account, String hash) throws SQLException {
        tx.change(
                Accounts.ADD,
                account.id(),
                account.name(),
                Accounts.key(account.name()),
                hash,
                String.join(" ", new TreeSet<>(account.roles())),
                account.created().toEpochMilli(),
                account.disabled() ? 1 : 0);
    }
}
