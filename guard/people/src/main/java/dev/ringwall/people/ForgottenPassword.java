package dev.ringwall.people;

import dev.ringwall.events.Actor;
import java.util.List;
import java.util.Optional;

/// How a new password is set in the place of one that was forgotten. The second factor is asked for at the login that follows.
public final class ForgottenPassword {

    private final Accounts accounts;
    private final MailBook book;
    private final MailFlows flows;
    private final LetterDesk desk;
    private final Rights rights;

    ForgottenPassword(
            Accounts accounts, MailBook book, MailFlows flows, LetterDesk desk, Rights rights) {
        this.accounts = accounts;
        this.book = book;
        this.flows = flows;
        this.desk = desk;
        this.rights = rights;
    }

    /// Somebody has forgotten the password of that account, named by its name or its address.
    public ByMail.Asking forgotten(String typed) {
        if (!desk.there()) {
            return new ByMail.Asking.Closed("nobody is written to");
        }
        Optional<ByMail.Asking> slow = desk.slow("reset " + typed.strip());
        if (slow.isPresent()) {
            return slow.get();
        }
        Optional<Accounts.Known> known = known(typed);
        String id = known.map(one -> one.account().id()).orElse("");
        boolean few = flows.waiting(id) < MailFlows.WAITING_MAX;
        Optional<String> address = book.of(id).filter(_ -> few);
        String code = MailFlows.code();
        MailFlows.Flow flow =
                new MailFlows.Flow(
                        MailFlows.Kind.RESET,
                        address.map(_ -> id),
                        address.orElse(""),
                        "",
                        MailFlows.hash(code),
                        known.map(ForgottenPassword::state).orElse(""));
        return desk.begin(
                flow,
                address.map(to ->
                        desk.letter(
                                to,
                                "A new password for " + rights.system(),
                                known.orElseThrow().account().name(),
                                "to set a new password",
                                code)));
    }

    /// Whoever is meant. The same questions go to the database whether there is somebody or not.
    private Optional<Accounts.Known> known(String typed) {
        Optional<Accounts.Known> byName = accounts.byName(typed);
        String owner = MailAddress.of(typed).flatMap(book::account).orElse("");
        String name = accounts.byId(owner).map(Account::name).orElse("");
        Optional<Accounts.Known> byAddress = accounts.byName(name);
        return byName.or(() -> byAddress).filter(one -> !one.account().disabled());
    }

    /// Changes with everything that makes a letter from before worthless.
    private static String state(Accounts.Known known) {
        return Secrets.sha256(
                known.account().id() + "\n" + known.password() + "\n" + known.account().disabled());
    }

    /// Sets a new password and ends every login.
    public ByMail.Outcome reset(String secret, String code, String password) {
        Optional<MailFlows.Flow> flow = desk.right(MailFlows.Kind.RESET, secret, code);
        Optional<Accounts.Known> known =
                flow.flatMap(MailFlows.Flow::account)
                        .flatMap(accounts::byId)
                        .flatMap(account -> accounts.byName(account.name()))
                        .filter(one -> Secrets.same(state(one), flow.orElseThrow().bound()));
        if (known.isEmpty()) {
            return new ByMail.Outcome.Wrong();
        }
        Account account = known.get().account();
        Optional<String> objection =
                PasswordRules.objection(rights.system(), account.name(), password);
        if (objection.isPresent()) {
            return new ByMail.Outcome.Unusable(objection.get());
        }
        if (!flows.end(secret)) {
            return new ByMail.Outcome.Wrong();
        }
        accounts.setPassword(account.name(), password, who(account));
        desk.tell(
                account.id(),
                "Your password was changed",
                "Your password was changed with a code out of a letter, and all logins have ended.");
        return new ByMail.Outcome.Done(account);
    }

    private static Actor who(Account account) {
        return new Actor(
                Actor.Kind.PERSON,
                account.id(),
                List.copyOf(account.roles()),
                Asked.current().address());
    }
}
