package dev.ringwall.people;

import dev.ringwall.events.AdminAct;
import dev.ringwall.store.Store;
import java.util.Map;
import java.util.Optional;

/// How people who are signed in show an address of e-mail to be theirs.
public final class OwnAddress {

    private final Store store;
    private final MailBook book;
    private final MailFlows flows;
    private final LetterDesk desk;
    private final Rights rights;
    private final Ledger ledger;

    OwnAddress(
            Store store,
            MailBook book,
            MailFlows flows,
            LetterDesk desk,
            Rights rights,
            Ledger ledger) {
        this.store = store;
        this.book = book;
        this.flows = flows;
        this.desk = desk;
        this.rights = rights;
        this.ledger = ledger;
    }

    /// Somebody who is signed in says that the address is theirs.
    public ByMail.Asking claim(SignedIn person, String typed) {
        if (!desk.there()) {
            return new ByMail.Asking.Closed("nobody is written to");
        }
        if (person.outside()) {
            return new ByMail.Asking.Closed("sign in with your password first");
        }
        Optional<MailAddress> address = MailAddress.of(typed);
        if (address.isEmpty()) {
            return new ByMail.Asking.NoAddress();
        }
        Optional<ByMail.Asking> slow = desk.slow("claim " + person.account().id());
        if (slow.isPresent()) {
            return slow.get();
        }
        String code = MailFlows.code();
        return desk.begin(
                new MailFlows.Flow(
                        MailFlows.Kind.ADDRESS,
                        Optional.of(person.account().id()),
                        address.get().text(),
                        "",
                        MailFlows.hash(code),
                        ""),
                Optional.of(
                        desk.letter(
                                address.get().text(),
                                "Your address at " + rights.system(),
                                person.account().name(),
                                "to be written to at this address",
                                code)));
    }

    /// Gives the account the address that the code came to.
    public ByMail.Outcome claimed(SignedIn person, String secret, String code) {
        Account account = person.account();
        if (person.outside()) {
            return new ByMail.Outcome.Unusable("sign in with your password first");
        }
        Optional<MailFlows.Flow> flow =
                desk.right(MailFlows.Kind.ADDRESS, secret, code)
                        .filter(known -> known.account().filter(account.id()::equals).isPresent());
        if (flow.isEmpty() || !flows.end(secret)) {
            return new ByMail.Outcome.Wrong();
        }
        MailAddress address = MailAddress.of(flow.get().address()).orElseThrow();
        ledger.administered(AdminAct.ADDRESS_SET, person.actor(), account.id(), Map.of());
        desk.tell(
                account.id(),
                "Your address was changed",
                "Letters go to another address from now on.");
        return store.write(tx -> book.put(tx, account.id(), address))
                ? new ByMail.Outcome.Done(account)
                : new ByMail.Outcome.Unusable("another account has that address");
    }
}
