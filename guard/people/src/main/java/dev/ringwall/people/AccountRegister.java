package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Ids;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Accounts as whoever administers them sees them: by id, page by page, each changed only while it still is as it was seen. Every act is
/// recorded before it happens. Any thread may use it.
public final class AccountRegister {

    private static final String COLUMNS =
            "SELECT account.id, account.name, account.roles, account.created, account.disabled,"
                    + " account_profile.external, account_profile.attributes"
                    + " FROM account LEFT JOIN account_profile ON account_profile.account = account.id";

    private final Store store;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Rights rights;
    private final InstantSource clock;
    private final Ids ids;

    AccountRegister(
            Store store,
            Ledger ledger,
            Accounts accounts,
            Sessions sessions,
            Passwords passwords,
            Rights rights,
            InstantSource clock) {
        this.store = store;
        this.ledger = ledger;
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.rights = rights;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /// What became of a change.
    public sealed interface Outcome {
        /// It is done; this is how the account is now.
        record Done(Person person) implements Outcome {}

        /// It is not any more as it was seen.
        record Stale() implements Outcome {}

        /// Another account has that name.
        record NameTaken(String name) implements Outcome {}

        /// What was asked for does not do.
        record Unusable(String why) implements Outcome {}
    }

    /// The account of that id.
    public Optional<Person> byId(String id) {
        return store.read(tx -> byId(tx, id));
    }

    /// The account that a person means by that name.
    public Optional<Person> byName(String name) {
        return store.read(tx ->
                tx.first(
                        AccountRegister::person,
                        COLUMNS + " WHERE account.name_key = ?",
                        Accounts.key(name)));
    }

    /// The accounts that another system calls that.
    public List<Person> byExternalId(String external) {
        return store.read(tx ->
                tx.all(
                        AccountRegister::person,
                        COLUMNS + " WHERE account_profile.external = ? ORDER BY account.name_key",
                        external));
    }

    /// So many accounts whose names come after that one, in the order of names; `` for the first ones.
    public List<Person> after(String name, int atMost) {
        return store.read(tx ->
                tx.all(
                        AccountRegister::person,
                        COLUMNS
                                + " WHERE account.name_key > ? ORDER BY account.name_key LIMIT "
                                + atMost,
                        Accounts.key(name)));
    }

    /// Makes an account.
    ///
    /// @param wanted   its id and time are not looked at
    /// @param password empty for who gets one later
    public Outcome create(Person wanted, Optional<String> password, Actor by) {
        Optional<String> objection = objection(wanted, Set.of(), password);
        if (objection.isPresent()) {
            return new Outcome.Unusable(objection.get());
        }
        if (byName(wanted.account().name()).isPresent()) {
            return new Outcome.NameTaken(wanted.account().name());
        }
        Account account =
                new Account(
                        ids.next(),
                        Accounts.clean(wanted.account().name()),
                        wanted.account().roles(),
                        Instant.ofEpochMilli(clock.millis()),
                        wanted.account().disabled());
        Person made = new Person(account, wanted.externalId(), wanted.attributes());
        String hash = password.map(passwords::hash).orElse(Passwords.NONE);
        ledger.administered(
                AdminAct.ACCOUNT_CREATED,
                by,
                account.id(),
                Map.of("roles", String.join(",", account.roles())));
        boolean added =
                store.write(tx -> {
                    int rows =
                            tx.change(
                                    Accounts.ADD,
                                    account.id(),
                                    account.name(),
                                    Accounts.key(account.name()),
                                    hash,
                                    String.join(" ", account.roles()),
                                    account.created().toEpochMilli(),
                                    account.disabled() ? 1 : 0);
                    if (rows == 1) {
                        profile(tx, made);
                    }
                    return rows == 1;
                });
        return added ? new Outcome.Done(made) : new Outcome.NameTaken(account.name());
    }

    /// Makes the account what is wanted, where it still is what it was. Where roles, password or whether it may sign in change, everything
    /// that it is signed in to ends.
    public Outcome change(Person was, Person wanted, Optional<String> password, Actor by) {
        Account old = was.account();
        Account account =
                new Account(
                        old.id(),
                        Accounts.clean(wanted.account().name()),
                        wanted.account().roles(),
                        old.created(),
                        wanted.account().disabled());
        Person next = new Person(account, wanted.externalId(), wanted.attributes());
        Optional<String> objection = objection(next, old.roles(), password);
        if (objection.isPresent()) {
            return new Outcome.Unusable(objection.get());
        }
        if (next.equals(was) && password.isEmpty()) {
            return new Outcome.Done(was);
        }
        if (byName(account.name()).filter(other -> !isSame(other, was)).isPresent()) {
            return new Outcome.NameTaken(account.name());
        }
        Optional<String> hash = password.map(passwords::hash);
        boolean ends =
                hash.isPresent()
                        || !account.roles().equals(old.roles())
                        || account.disabled() != old.disabled();
        record(was, next, hash.isPresent(), by);
        Outcome outcome =
                store.write(tx -> {
                    if (!byId(tx, old.id()).equals(Optional.of(was))) {
                        return new Outcome.Stale();
                    }
                    String key = Accounts.key(account.name());
                    if (tx.first(
                                    row -> row.getString(1),
                                    "SELECT id FROM account WHERE name_key = ?",
                                    key)
                            .filter(id -> !id.equals(old.id()))
                            .isPresent()) {
                        return new Outcome.NameTaken(account.name());
                    }
                    tx.change(
                            "UPDATE account SET name = ?, name_key = ?, roles = ?, disabled = ? WHERE id = ?",
                            account.name(),
                            key,
                            String.join(" ", account.roles()),
                            account.disabled() ? 1 : 0,
                            old.id());
                    if (hash.isPresent()) {
                        tx.change(
                                "UPDATE account SET password = ? WHERE id = ?",
                                hash.get(),
                                old.id());
                    }
                    profile(tx, next);
                    if (ends) {
                        sessions.endAllOf(tx, old.id());
                    }
                    return new Outcome.Done(next);
                });
        if (ends) {
            sessions.changed();
        }
        return outcome;
    }

    private void record(Person was, Person next, boolean password, Actor by) {
        if (password) {
            ledger.administered(AdminAct.PASSWORD_SET, by, was.account().id(), Map.of());
        }
        if (next.equals(was)) {
            return;
        }
        Map<String, String> details = new HashMap<>();
        if (!was.account().roles().equals(next.account().roles())) {
            details.put("roles", String.join(",", next.account().roles()));
        }
        if (was.account().disabled() != next.account().disabled()) {
            details.put("disabled", String.valueOf(next.account().disabled()));
        }
        boolean shut = next.account().disabled() && !was.account().disabled();
        ledger.administered(
                shut ? AdminAct.ACCOUNT_DISABLED : AdminAct.ACCOUNT_CHANGED,
                by,
                was.account().id(),
                details);
    }

    private static boolean isSame(Person one, Person other) {
        return one.account().id().equals(other.account().id());
    }

    /// Roles that the account has already may stay although they are not declared any more.
    private Optional<String> objection(Person person, Set<String> had, Optional<String> password) {
        Set<String> given = new TreeSet<>(person.account().roles());
        given.removeAll(had);
        String name = Accounts.clean(person.account().name());
        if (person.attributes().length() > Person.ATTRIBUTES_CHARACTERS_MAX) {
            return Optional.of(
                    "too much is said of the person (expected: at most "
                            + Person.ATTRIBUTES_CHARACTERS_MAX
                            + " characters)");
        }
        if (person.externalId()
                .filter(id -> id.length() > Person.EXTERNAL_CHARACTERS_MAX)
                .isPresent()) {
            return Optional.of(
                    "the external id is too long (expected: at most "
                            + Person.EXTERNAL_CHARACTERS_MAX
                            + " characters)");
        }
        return Accounts.nameObjection(name)
                .or(() -> accounts.roleObjection(given))
                .or(() ->
                        password.flatMap(
                                text -> PasswordRules.objection(rights.system(), name, text)));
    }

    private static void profile(Transaction tx, Person person) throws SQLException {
        String id = person.account().id();
        tx.change("DELETE FROM account_profile WHERE account = ?", id);
        if (person.externalId().isPresent() || !person.attributes().equals(Person.NO_ATTRIBUTES)) {
            tx.change(
                    "INSERT INTO account_profile (account, external, attributes) VALUES (?, ?, ?)",
                    id,
                    person.externalId().orElse(null),
                    person.attributes());
        }
    }

    private static Optional<Person> byId(Transaction tx, String id) throws SQLException {
        return tx.first(AccountRegister::person, COLUMNS + " WHERE account.id = ?", id);
    }

    private static Person person(ResultSet row) throws SQLException {
        String attributes = row.getString(7);
        return new Person(
                new Account(
                        row.getString(1),
                        row.getString(2),
                        Accounts.words(row.getString(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getInt(5) != 0),
                Optional.ofNullable(row.getString(6)),
                attributes == null ? Person.NO_ATTRIBUTES : attributes);
    }
}
