package dev.ringwall.people;

import dev.ringwall.model.Registration;
import dev.ringwall.store.Store;
import java.time.Duration;
import java.util.Optional;

/// Where letters are written, and the codes in them are looked at.
final class LetterDesk {

    private final Store store;
    private final MailBook book;
    private final MailFlows flows;
    private final Outbox outbox;
    private final Throttle throttle;
    private final Rights rights;
    private final Post post;

    LetterDesk(
            Store store,
            MailBook book,
            MailFlows flows,
            Outbox outbox,
            Throttle throttle,
            Rights rights,
            Post post) {
        this.store = store;
        this.book = book;
        this.flows = flows;
        this.outbox = outbox;
        this.throttle = throttle;
        this.rights = rights;
        this.post = post;
    }

    boolean there() {
        return post.there();
    }

    Registration.Mode registration() {
        return rights.registration().mode();
    }

    /// Counts a wish for a letter; says how long to wait where there were too many.
    Optional<ByMail.Asking> slow(String what) {
        String from = Asked.current().address();
        Optional<Duration> wait = throttle.wait(what, from);
        throttle.failed(what, from);
        return wait.map(ByMail.Asking.Slow::new);
    }

    /// Begins to wait for a code, with a letter or with none.
    ByMail.Asking begin(MailFlows.Flow flow, Optional<Letter> letter) {
        String secret = Secrets.random();
        store.write(tx -> {
            flows.begin(tx, secret, flow, MailFlows.LASTS);
            outbox.add(tx, letter);
            return true;
        });
        return new ByMail.Asking.Begun(secret);
    }

    /// A letter with a code.
    Letter letter(String to, String subject, String name, String what, String code) {
        return new Letter(
                to,
                subject,
                """
                Somebody at %s asked %s%s.

                If it was you, type this code into the page that you have open:

                    %s

                It is good for %d minutes. If it was not you, do nothing: without this letter nobody gets any further.
                """
                        .formatted(
                                Asked.current().address(),
                                what,
                                name.isEmpty() ? "" : " as " + name,
                                MailFlows.shown(code),
                                MailFlows.LASTS.toMinutes()));
    }

    /// What waits for whoever holds that secret, where that is the code; takes a try.
    Optional<MailFlows.Flow> right(MailFlows.Kind kind, String secret, String code) {
        return flows.attempt(kind, secret)
                .filter(flow -> Secrets.same(flow.code(), MailFlows.hash(code)));
    }

    /// Tells the account's owner of an app that was added.
    void appAdded(String account) {
        tell(
                account,
                "An authenticator app was added",
                "An authenticator app was added to your account: its codes are asked for when somebody signs in.");
    }

    /// Writes to the account's owner, where there is an address.
    void tell(String account, String subject, String text) {
        send(
                account,
                subject,
                text
                        + "\n\nThis came from "
                        + Asked.current().address()
                        + ". If it was not you, set a new password and look at your account.\n");
    }

    /// Writes to the account's owner of what somebody with power did to it: from where is not the owner's matter.
    void tellOfPower(String account, String subject, String text) {
        send(
                account,
                subject,
                text
                        + "\n\nThis was done by whoever administers "
                        + rights.system()
                        + ". If you did not ask for it, tell them.\n");
    }

    private void send(String account, String subject, String text) {
        Optional<Letter> letter =
                book.of(account)
                        .filter(_ -> there())
                        .map(to -> new Letter(to, subject + " (" + rights.system() + ")", text));
        letter.ifPresent(one ->
                store.write(tx -> {
                    outbox.add(tx, Optional.of(one));
                    return true;
                }));
    }
}
