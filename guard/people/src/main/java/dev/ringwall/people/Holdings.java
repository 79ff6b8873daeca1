package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What an account has besides its password: second factors and logins. The operator sees and ends both, for people who have lost a
/// telephone or left a login open. Every act is recorded before it happens. Any thread may use it.
public final class Holdings {

    private final Store store;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Factors factors;
    private final RememberedBrowsers remembered;
    private final LetterDesk desk;
    private final Ledger ledger;

    Holdings(
            Store store,
            Accounts accounts,
            Sessions sessions,
            Factors factors,
            RememberedBrowsers remembered,
            LetterDesk desk,
            Ledger ledger) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.factors = factors;
        this.remembered = remembered;
        this.desk = desk;
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

        /// The account has no second factor of that id, and no browser.
        record NoSuchFactor(String id) implements Outcome {}

        /// The account has no login of that id.
        record NoSuchLogin(String sid) implements Outcome {}
    }

    /// The second factors of the account of that name, and the browsers where they are not asked for; empty when there is no such account.
    public Optional<List<Factor>> factors(String name) {
        return accounts.byName(name)
                .map(known -> {
                    String account = known.account().id();
                    List<Factor> all = new ArrayList<>(factors.all(account));
                    remembered.of(account).forEach(one -> all.add(factor(one)));
                    return all;
                });
    }

    private static Factor factor(RememberedBrowsers.Remembered browser) {
        return new Factor(
                Factor.Kind.REMEMBERED_BROWSER,
                browser.id(),
                browser.place().agent() + ", until " + browser.until(),
                browser.made(),
                Optional.of(browser.used()),
                OptionalInt.empty());
    }

    /// The second factors of the account of that id: nothing that lets anybody in.
    public List<Factor> factorsOf(String account) {
        return factors.all(account);
    }

    /// The browsers in which the account of that id is not asked for a second factor, the newest first.
    public List<RememberedBrowsers.Remembered> browsersOf(String account) {
        return remembered.of(account);
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

    /// Takes one second factor away, or forgets one browser, as [#factors] names them.
    public Outcome removeOne(String name, String id, Actor by) {
        Optional<Accounts.Known> known = accounts.byName(name);
        if (known.isEmpty()) {
            return new Outcome.NoSuchAccount(name);
        }
        Account account = known.get().account();
        return removeFactor(account, id, by) instanceof Outcome.Done done
                ? done
                : forgetBrowser(account, id, by);
    }

    /// Takes one second factor away, and ends every login: whoever holds the lost one must be out. Its owner is written to.
    public Outcome removeFactor(Account account, String id, Actor by) {
        Optional<Factor> which =
                factors.all(account.id()).stream().filter(one -> one.id().equals(id)).findAny();
        if (which.isEmpty()) {
            return new Outcome.NoSuchFactor(id);
        }
        String kind = which.get().kind().word();
        ledger.administered(
                AdminAct.FACTORS_REMOVED,
                by,
                account.id(),
                kind.equals(id) ? Map.of("kind", kind) : Map.of("kind", kind, kind, id));
        store.write(tx -> {
            Factors.remove(tx, account.id(), which.get());
            sessions.endAllOf(tx, account.id());
            return true;
        });
        sessions.changed();
        desk.tellOfPower(account.id(), "A second factor was removed", removed(which.get()));
        return new Outcome.Done(1);
    }

    private static String removed(Factor which) {
        return switch (which.kind()) {
            case APP -> "The authenticator app of your account counts no more.";
            case PASSKEY ->
                    "The passkey \"" + which.name() + "\" signs in to your account no more.";
            case RECOVERY_CODES -> "The recovery codes of your account count no more.";
            case REMEMBERED_BROWSER -> "";
        };
    }

    /// Has the second factor asked for again in one browser of the account.
    public Outcome forgetBrowser(Account account, String id, Actor by) {
        if (remembered.of(account.id()).stream().noneMatch(one -> one.id().equals(id))) {
            return new Outcome.NoSuchFactor(id);
        }
        ledger.administered(AdminAct.BROWSERS_FORGOTTEN, by, account.id(), Map.of("which", id));
        store.write(tx -> RememberedBrowsers.forget(tx, account.id(), id));
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
        if (count > 0) {
            desk.tellOfPower(
                    account.id(),
                    "Your second factors were removed",
                    "The authenticator app, the passkeys and the recovery codes of your account count no more.");
        }
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
