package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an account has besides its password: second factors and logins. The operator sees and ends both, for people who have lost a
/// telephone or left a login open. Every act is recorded before it happens. Any thread may use it.
public final class Holdings {

    private final Store store;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Factors factors;
    private final RememberedBrowsers remembered;
    private final Ledger ledger;

    Holdings(
            Store store,
            Accounts accounts,
            Sessions sessions,
            Factors factors,
            RememberedBrowsers remembered,
            Ledger ledger) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.factors = factors;
        this.remembered = remembered;
        this.ledger = ledger;
    }

    /// One login that is not over.
    ///
    /// @param sid     names the login; not the secret that continues it
    /// @param methods how the person proved it, as RFC 8176 names that
    /// @param place   where it began
    public record Login(
            String sid, Instant since, Instant until, List<String> methods, Place place) {
        public Login {
            methods = List.copyOf(methods);
        }
    }

    /// What became of an act.
    public sealed interface Outcome {
        /// It is done, to so many.
        record Done(int count) implements Outcome {}

        /// No account has that name.
        record NoSuchAccount(String name) implements Outcome {}

        /// The account has no passkey of that id.
        record NoSuchFactor(String id) implements Outcome {}

        /// The account has no login of that id.
        record NoSuchLogin(String sid) implements Outcome {}
    }

    /// The second factors of the account of that name, and the browsers where they are not asked for; empty when there is no such account.
    public Optional<List<Factors.Factor>> factors(String name) {
        return accounts.byName(name)
                .map(known -> {
                    String account = known.account().id();
                    List<Factors.Factor> all = new ArrayList<>(factors.all(account));
                    for (RememberedBrowsers.Remembered one : remembered.of(account)) {
                        all.add(
                                new Factors.Factor(
                                        Factors.Factor.Kind.REMEMBERED_BROWSER,
                                        one.id(),
                                        one.place().agent() + ", until " + one.until(),
                                        one.made()));
                    }
                    return all;
                });
    }

    /// The logins of the account of that name, the newest first; empty when there is no such account.
    public Optional<List<Login>> logins(String name) {
        return accounts.byName(name).map(known -> loginsOf(known.account().id()));
    }

    /// The logins of the account of that id, the newest first.
    public List<Login> loginsOf(String account) {
        return sessions.ofAccount(account).stream()
                .map(session ->
                        new Login(
                                session.sid(),
                                session.since(),
                                session.until(),
                                session.methods().stream().sorted().toList(),
                                session.place()))
                .toList();
    }

    /// Takes one second factor of several of its kind away, and ends every login.
    public Outcome removePasskey(String name, String id, Actor by) {
        Optional<Accounts.Known> known = accounts.byName(name);
        if (known.isEmpty()) {
            return new Outcome.NoSuchAccount(name);
        }
        String account = known.get().account().id();
        boolean there =
                factors.all(account).stream()
                        .anyMatch(one ->
                                one.kind() == Factors.Factor.Kind.PASSKEY && one.id().equals(id));
        if (!there) {
            return new Outcome.NoSuchFactor(id);
        }
        ledger.administered(
                AdminAct.FACTORS_REMOVED, by, account, Map.of("kind", "passkey", "passkey", id));
        store.write(tx -> {
            Passkeys.remove(tx, account, id);
            Factors.endCodesWhereNothingElse(tx, account);
            sessions.endAllOf(tx, account);
            return true;
        });
        sessions.changed();
        return new Outcome.Done(1);
    }

    /// Takes all second factors away, and ends every login: whoever holds the lost one must be out before its owner adds another.
    public Outcome removeFactors(String name, Actor by) {
        Optional<Accounts.Known> known = accounts.byName(name);
        if (known.isEmpty()) {
            return new Outcome.NoSuchAccount(name);
        }
        return removeFactors(known.get().account(), by);
    }

    /// The same for an account that is known.
    public Outcome removeFactors(Account account, Actor by) {
        int count = factors.all(account.id()).size();
        ledger.administered(
                AdminAct.FACTORS_REMOVED, by, account.id(), Map.of("count", String.valueOf(count)));
        store.write(tx -> {
            Factors.removeAll(tx, account.id());
            sessions.endAllOf(tx, account.id());
            return true;
        });
        sessions.changed();
        return new Outcome.Done(count);
    }

    /// Ends one login of the account, or all where none is named, with everything that was bought in it.
    public Outcome endLogins(String name, Optional<String> sid, Actor by) {
        return accounts.byName(name)
                .map(known -> endLogins(known.account(), sid, by))
                .orElseGet(() -> new Outcome.NoSuchAccount(name));
    }

    /// The same for an account that is known.
    public Outcome endLogins(Account account, Optional<String> sid, Actor by) {
        List<String> ending =
                sessions.ofAccount(account.id()).stream()
                        .map(Sessions.Session::sid)
                        .filter(one -> sid.map(one::equals).orElse(true))
                        .toList();
        if (sid.isPresent() && ending.isEmpty()) {
            return new Outcome.NoSuchLogin(sid.get());
        }
        ledger.administered(
                AdminAct.LOGINS_ENDED,
                by,
                account.id(),
                Map.of(
                        "name",
                        account.name(),
                        "sids",
                        sid.orElse("all"),
                        "count",
                        String.valueOf(ending.size())));
        store.write(tx -> {
            if (sid.isPresent()) {
                sessions.end(tx, sid.get());
            } else {
                sessions.endAllOf(tx, account.id());
            }
            return true;
        });
        sessions.changed();
        return new Outcome.Done(ending.size());
    }
}
