package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.events.Ids;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lets people in by the word of an outside provider: whoever's account is linked to who they are there, or gets one by the declaration. What
/// they may do is what the provider's claims give at this login. Any thread may use it.
public final class OutsideSignIn {

    private final Store store;
    private final Accounts accounts;
    private final OutsideLinks links;
    private final OutsideLogins logins;
    private final Sessions sessions;
    private final People people;
    private final Rights rights;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Ids ids;

    OutsideSignIn(
            Store store,
            Accounts accounts,
            OutsideLinks links,
            OutsideLogins logins,
            Sessions sessions,
            People people,
            Rights rights,
            Ledger ledger,
            InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.links = links;
        this.logins = logins;
        this.sessions = sessions;
        this.people = people;
        this.rights = rights;
        this.ledger = ledger;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /// What became of an attempt.
    public sealed interface Result {
        /// Somebody is signed in.
        record Welcome(Sessions.Started session, Duration lasts) implements Result {}

        /// Nobody is, and why, as an event says it.
        record Refused(String why) implements Result {}
    }

    /// Lets the person in.
    ///
    /// @param provider as it is declared now
    public Result arrive(OutsideProvider provider, Vouched vouched) {
        return begin(provider, vouched, Optional.empty());
    }

    /// Begins a login that no browser continues, for somebody whose ID token a client has brought (RFC 8693). Nobody gets an account by
    /// this.
    ///
    /// @param until when it ends at the latest
    public Optional<SignedIn> broughtBy(OutsideProvider provider, Vouched vouched, Instant until) {
        return links.account(vouched.issuer(), vouched.subject()).isPresent()
                        && begin(provider, vouched, Optional.of(until))
                                instanceof Result.Welcome(Sessions.Started started, _)
                ? people.signedIn(started.sid())
                : Optional.empty();
    }

    private Result begin(OutsideProvider provider, Vouched vouched, Optional<Instant> until) {
        Set<String> roles = rights.given(provider.name(), provider.issuer(), vouched.roles());
        Optional<Account> known = links.account(vouched.issuer(), vouched.subject());
        if (roles.isEmpty()) {
            return refused("no-role", provider, known);
        }
        if (!vouched.twice() && rights.secondFactor(roles)) {
            return refused("no-second-factor", provider, known);
        }
        if (known.isEmpty() && !provider.create()) {
            return refused("not-linked", provider, known);
        }
        if (known.filter(Account::disabled).isPresent()) {
            return refused("disabled", provider, known);
        }
        Account account = known.orElseGet(() -> made(vouched));
        Duration lasts = rights.session(roles);
        if (until.isPresent()) {
            Duration left = Duration.between(clock.instant(), until.get());
            lasts = left.compareTo(lasts) < 0 ? left : lasts;
        }
        Set<String> methods = vouched.twice() ? Sessions.OUTSIDE_TWICE : Sessions.OUTSIDE;
        String sid = sessions.nextSid();
        ledger.acted(
                IdentityAct.SIGNED_IN,
                new Actor(
                        Actor.Kind.PERSON,
                        account.id(),
                        List.copyOf(roles),
                        Asked.current().address()),
                Map.of(
                        "sid",
                        sid,
                        "methods",
                        String.join(" ", methods),
                        "provider",
                        provider.name()));
        logins.begin(sid, vouched, clock.instant().plus(lasts));
        return new Result.Welcome(
                sessions.start(sid, account, vouched.since(), lasts, methods), lasts);
    }

    /// An account that is nobody's yet: its name begins with the provider's, so it is never taken for another's.
    private Account made(Vouched vouched) {
        String id = ids.next();
        ledger.administered(
                AdminAct.ACCOUNT_CREATED,
                Actor.stranger(Asked.current().address()),
                id,
                Map.of("provider", vouched.provider()));
        String first =
                vouched.called()
                        .map(called -> Accounts.clean(vouched.provider() + ":" + called))
                        .filter(name -> Accounts.nameObjection(name).isEmpty())
                        .orElse(vouched.provider() + ":" + id);
        Account account = new Account(id, first, Set.of(), clock.instant(), false);
        Account other =
                new Account(id, vouched.provider() + ":" + id, Set.of(), account.created(), false);
        boolean kept =
                store.write(tx ->
                        OutsideLinks.keep(tx, id, vouched, clock.instant())
                                && (add(tx, account) || add(tx, other)));
        return kept
                ? accounts.byId(id).orElseThrow()
                : links.account(vouched.issuer(), vouched.subject()).orElseThrow();
    }

    private static boolean add(Transaction tx, Account account) throws SQLException {
        return tx.change(
                        Accounts.ADD,
                        account.id(),
                        account.name(),
                        Accounts.key(account.name()),
                        Passwords.NONE,
                        "",
                        account.created().toEpochMilli(),
                        0)
                == 1;
    }

    /// The provider that the login of that id stands on.
    public Optional<OutsideProvider> standsOn(String sid) {
        return logins.of(sid).flatMap(on -> rights.provider(on.provider()));
    }

    private Result refused(String why, OutsideProvider provider, Optional<Account> account) {
        failed(provider.name(), why, account.map(Account::id));
        return new Result.Refused(why);
    }

    /// Says that somebody did not come in by that provider.
    public void failed(String provider, String why, Optional<String> account) {
        Map<String, String> said =
                account.map(id -> Map.of("why", why, "provider", provider, "account", id))
                        .orElse(Map.of("why", why, "provider", provider));
        ledger.acted(IdentityAct.SIGN_IN_FAILED, Actor.stranger(Asked.current().address()), said);
    }

    /// Ends the logins that stand on that login at the provider, or on that person there (OpenID Connect Back-Channel Logout 1.0 §2.7).
    ///
    /// @return how many
    public int over(OutsideProvider provider, Optional<String> outside, Optional<String> subject) {
        List<String> ending = logins.standingOn(provider.issuer(), outside, subject);
        ledger.acted(
                IdentityAct.LOGOUT_HEARD,
                Actor.stranger(Asked.current().address()),
                Map.of("provider", provider.name(), "count", String.valueOf(ending.size())));
        if (!ending.isEmpty()) {
            store.write(tx -> {
                for (String sid : ending) {
                    sessions.end(tx, sid);
                }
                return true;
            });
            sessions.changed();
        }
        return ending.size();
    }
}
