package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.model.Registration;
import dev.ringwall.store.Store;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// How people make accounts for themselves: whoever reads the letters of an address, where the declaration lets everybody or who is invited.
/// There is no account before the code is right.
public final class NewAccounts {

    private final Store store;
    private final Accounts accounts;
    private final MailBook book;
    private final MailFlows flows;
    private final Outbox outbox;
    private final LetterDesk desk;
    private final Rights rights;
    private final Ledger ledger;

    NewAccounts(
            Store store,
            Accounts accounts,
            MailBook book,
            MailFlows flows,
            Outbox outbox,
            LetterDesk desk,
            Rights rights,
            Ledger ledger) {
        this.store = store;
        this.accounts = accounts;
        this.book = book;
        this.flows = flows;
        this.outbox = outbox;
        this.desk = desk;
        this.rights = rights;
        this.ledger = ledger;
    }

    /// Somebody would have an account with that address.
    public ByMail.Asking register(String typed) {
        if (desk.registration() != Registration.Mode.OPEN || !desk.there()) {
            return new ByMail.Asking.Closed("accounts are not made here");
        }
        Optional<MailAddress> address = MailAddress.of(typed);
        if (address.isEmpty()) {
            return new ByMail.Asking.NoAddress();
        }
        Optional<ByMail.Asking> slow = desk.slow("register " + address.get().key());
        if (slow.isPresent()) {
            return slow.get();
        }
        String code = MailFlows.code();
        String to = address.get().text();
        Letter letter =
                book.account(address.get()).isPresent()
                        ? new Letter(
                                to,
                                "You have an account at " + rights.system(),
                                "Somebody at "
                                        + Asked.current().address()
                                        + " asked to make an account with this address, which has one already.\n\n"
                                        + "If it was you and the password is forgotten, ask for a new one at the login page.\n")
                        : desk.letter(
                                to,
                                "Your account at " + rights.system(),
                                "",
                                "to make an account",
                                code);
        return desk.begin(
                new MailFlows.Flow(
                        MailFlows.Kind.REGISTER,
                        Optional.empty(),
                        to,
                        rights.registration().role().orElse(""),
                        MailFlows.hash(code),
                        ""),
                Optional.of(letter));
    }

    /// Makes the account that the code was asked for.
    public ByMail.Outcome registered(String secret, String code, String name, String password) {
        Optional<MailFlows.Flow> flow =
                desk.registration() == Registration.Mode.OPEN
                        ? desk.right(MailFlows.Kind.REGISTER, secret, code)
                        : Optional.empty();
        return flow.map(known -> make(secret, known, name, password))
                .orElseGet(ByMail.Outcome.Wrong::new);
    }

    private ByMail.Outcome make(String secret, MailFlows.Flow flow, String name, String password) {
        MailAddress address = MailAddress.of(flow.address()).orElseThrow();
        if (book.account(address).isPresent()) {
            return new ByMail.Outcome.Wrong();
        }
        List<String> roles = List.of(flow.roles().split(" ", -1));
        return switch (accounts.create(
                name, roles, password, Actor.stranger(Asked.current().address()))) {
            case Accounts.Outcome.Done(Account account) -> {
                flows.end(secret);
                store.write(tx -> book.put(tx, account.id(), address));
                yield new ByMail.Outcome.Done(account);
            }
            case Accounts.Outcome.NameTaken(String taken) ->
                    new ByMail.Outcome.Unusable("somebody else is called " + taken);
            case Accounts.Outcome.Unusable(String why) -> new ByMail.Outcome.Unusable(why);
            case Accounts.Outcome.Unknown(String unknown) -> new ByMail.Outcome.Unusable(unknown);
        };
    }

    /// Invites whoever reads the letters of that address to make an account with these roles.
    public ByMail.Asking invite(String typed, Collection<String> roles, String door, Actor by) {
        if (desk.registration() == Registration.Mode.CLOSED || !desk.there()) {
            return new ByMail.Asking.Closed(
                    "nobody is invited by this declaration; `registration: { who: invite }` and `mail` let it be done");
        }
        Optional<MailAddress> address = MailAddress.of(typed);
        if (address.isEmpty()) {
            return new ByMail.Asking.NoAddress();
        }
        Optional<String> objection = accounts.roleObjection(roles);
        if (objection.isPresent()) {
            return new ByMail.Asking.Closed(objection.get());
        }
        String code = MailFlows.code();
        ledger.administered(
                AdminAct.ACCOUNT_INVITED,
                by,
                Secrets.sha256(address.get().key()).substring(0, 16),
                Map.of("roles", String.join(",", new TreeSet<>(roles))));
        String secret = invited(address.get(), code);
        store.write(tx -> {
            flows.begin(
                    tx,
                    secret,
                    new MailFlows.Flow(
                            MailFlows.Kind.INVITE,
                            Optional.empty(),
                            address.get().text(),
                            String.join(" ", new TreeSet<>(roles)),
                            MailFlows.hash(code),
                            ""),
                    MailFlows.INVITED);
            outbox.add(
                    tx,
                    Optional.of(
                            new Letter(
                                    address.get().text(),
                                    "You are invited to " + rights.system(),
                                    """
                                    You are invited to have an account at %s.

                                    Open %s and type this address and this code:

                                        %s

                                    It is good for %d days, once.
                                    """
                                            .formatted(
                                                    rights.system(),
                                                    door,
                                                    MailFlows.shown(code),
                                                    MailFlows.INVITED.toDays()))));
            return true;
        });
        return new ByMail.Asking.Begun(secret);
    }

    /// An invitation is held by no browser: the address and the code together are what it is found by.
    private static String invited(MailAddress address, String code) {
        return "invited\n" + address.key() + "\n" + MailFlows.hash(code);
    }

    /// Makes the account that somebody was invited to.
    public ByMail.Outcome accept(String typed, String code, String name, String password) {
        Optional<MailAddress> address =
                MailAddress.of(typed)
                        .filter(_ -> desk.registration() != Registration.Mode.CLOSED)
                        .filter(_ -> desk.slow("invited " + typed).isEmpty());
        return address.map(known -> invited(known, code))
                .flatMap(secret ->
                        desk.right(MailFlows.Kind.INVITE, secret, code)
                                .map(flow -> make(secret, flow, name, password)))
                .orElseGet(ByMail.Outcome.Wrong::new);
    }
}
