package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Ids;
import dev.ringwall.model.Role;
import dev.ringwall.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The people who may sign in. Every act is recorded before it happens. Any thread may use it.
public final class Accounts {

    /// How long a name may be.
    public static final int NAME_CHARACTERS_MAX = 200;

    private static final String COLUMNS =
            "SELECT id, name, roles, created, disabled, password FROM account";

    static final String ADD =
            "INSERT INTO account (id, name, name_key, password, roles, created, disabled)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name_key) DO NOTHING";

    private final Store store;
    private final Ledger ledger;
    private final Rights rights;
    private final Passwords passwords;
    private final Sessions sessions;
    private final InstantSource clock;
    private final Ids ids;

    Accounts(
            Store store,
            Ledger ledger,
            Rights rights,
            Passwords passwords,
            Sessions sessions,
            InstantSource clock) {
        this.store = store;
        this.ledger = ledger;
        this.rights = rights;
        this.passwords = passwords;
        this.sessions = sessions;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /// What became of an act on an account.
    public sealed interface Outcome {
        /// It is done; this is how the account is now.
        record Done(Account account) implements Outcome {}

        /// Another account has that name.
        record NameTaken(String name) implements Outcome {}

        /// No account has that name.
        record Unknown(String name) implements Outcome {}

        /// What was asked for does not do.
        record Unusable(String why) implements Outcome {}
    }

    /// Makes an account.
    public Outcome create(String name, Collection<String> roles, String password, Actor by) {
        String clean = clean(name);
        Optional<String> objection =
                nameObjection(clean)
                        .or(() -> roleObjection(roles))
                        .or(() -> PasswordRules.objection(rights.system(), clean, password));
        if (objection.isPresent()) {
            return new Outcome.Unusable(objection.get());
        }
        if (byName(clean).isPresent()) {
            return new Outcome.NameTaken(clean);
        }
        String hash = passwords.hash(password);
        Account account = new Account(ids.next(), clean, Set.copyOf(roles), clock.instant(), false);
        ledger.administered(
                AdminAct.ACCOUNT_CREATED,
                by,
                account.id(),
                Map.of("roles", String.join(",", account.roles())));
        int added =
                store.write(tx ->
                        tx.change(
                                ADD,
                                account.id(),
                                clean,
                                key(clean),
                                hash,
                                String.join(" ", account.roles()),
                                account.created().toEpochMilli(),
                                0));
        return added == 1 ? new Outcome.Done(account) : new Outcome.NameTaken(clean);
    }

    /// Sets a new password and ends everything that was signed in with the old one.
    public Outcome setPassword(String name, String password, Actor by) {
        Optional<String> objection = PasswordRules.objection(rights.system(), name, password);
        if (objection.isPresent()) {
            return new Outcome.Unusable(objection.get());
        }
        Optional<Known> known = byName(name);
        if (known.isEmpty()) {
            return new Outcome.Unknown(name);
        }
        Account account = known.get().account();
        String hash = passwords.hash(password);
        ledger.administered(AdminAct.PASSWORD_SET, by, account.id(), Map.of());
        store.write(tx -> {
            sessions.endAllOf(tx, account.id());
            return tx.change("UPDATE account SET password = ? WHERE id = ?", hash, account.id());
        });
        sessions.changed();
        return new Outcome.Done(account);
    }

    /// Gives the account these roles and no others.
    public Outcome setRoles(String name, Collection<String> roles, Actor by) {
        Optional<String> objection = roleObjection(roles);
        if (objection.isPresent()) {
            return new Outcome.Unusable(objection.get());
        }
        Optional<Known> known = byName(name);
        if (known.isEmpty()) {
            return new Outcome.Unknown(name);
        }
        Account was = known.get().account();
        Account now =
                new Account(was.id(), was.name(), Set.copyOf(roles), was.created(), was.disabled());
        ledger.administered(
                AdminAct.ACCOUNT_CHANGED,
                by,
                was.id(),
                Map.of("roles", String.join(",", now.roles())));
        store.write(tx -> {
            sessions.endAllOf(tx, was.id());
            return tx.change(
                    "UPDATE account SET roles = ? WHERE id = ?",
                    String.join(" ", now.roles()),
                    was.id());
        });
        sessions.changed();
        return new Outcome.Done(now);
    }

    /// Lets the account sign in no more, or again. Everything that it is signed in to ends.
    public Outcome disable(String name, boolean disabled, Actor by) {
        Optional<Known> known = byName(name);
        if (known.isEmpty()) {
            return new Outcome.Unknown(name);
        }
        Account was = known.get().account();
        ledger.administered(
                disabled ? AdminAct.ACCOUNT_DISABLED : AdminAct.ACCOUNT_CHANGED,
                by,
                was.id(),
                Map.of("disabled", String.valueOf(disabled)));
        store.write(tx -> {
            sessions.endAllOf(tx, was.id());
            return tx.change(
                    "UPDATE account SET disabled = ? WHERE id = ?", disabled ? 1 : 0, was.id());
        });
        sessions.changed();
        return new Outcome.Done(
                new Account(was.id(), was.name(), was.roles(), was.created(), disabled));
    }

    /// All accounts, by name.
    public List<Account> list() {
        return store.read(
                tx -> tx.all(row -> known(row).account(), COLUMNS + " ORDER BY name_key"));
    }

    /// Puts a hash of the same password in place of the one that stood there; not where that has changed meanwhile.
    void renewHash(Account account, String before, String after) {
        store.write(tx ->
                tx.change(
                        "UPDATE account SET password = ? WHERE id = ? AND password = ?",
                        after,
                        account.id(),
                        before));
    }

    /// An account with the hash of its password.
    record Known(Account account, String password) {
        @Override
        public String toString() {
            return account.toString();
        }
    }

    /// The account that a person means by that name.
    Optional<Known> byName(String name) {
        return store.read(
                tx -> tx.first(Accounts::known, COLUMNS + " WHERE name_key = ?", key(name)));
    }

    /// The account of that id.
    Optional<Account> byId(String id) {
        return store.read(
                tx -> tx.first(row -> known(row).account(), COLUMNS + " WHERE id = ?", id));
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                new Account(
                        row.getString(1),
                        row.getString(2),
                        words(row.getString(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getInt(5) != 0),
                row.getString(6));
    }

    static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : new TreeSet<>(List.of(text.split(" ", -1)));
    }

    /// The name as it is kept.
    static String clean(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip();
    }

    /// What two names have in common that mean the same account.
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    static Optional<String> nameObjection(String name) {
        boolean usable =
                !name.isEmpty()
                        && name.length() <= NAME_CHARACTERS_MAX
                        && name.codePoints()
                                .noneMatch(c ->
                                        Character.isISOControl(c)
                                                || Character.getType(c) == Character.FORMAT);
        return usable
                ? Optional.empty()
                : Optional.of(
                        "not a name (expected: 1 to "
                                + NAME_CHARACTERS_MAX
                                + " visible characters)");
    }

    /// Why these roles may not be given; empty when they may.
    Optional<String> roleObjection(Collection<String> roles) {
        Set<String> unknown = new TreeSet<>(roles);
        unknown.removeAll(rights.declared(roles, Role.Login.PASSWORD));
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "no role with login: password is called " + String.join(", ", unknown));
    }
}
