package dev.ringwall.people;

import dev.ringwall.model.Registration;
import java.time.Duration;

/// What people do with a code out of a letter: set a new password, make an account, show an address to be theirs.
///
/// Whether a name or an address is known shows nowhere: each request writes the same rows in one transaction, and what is in the letter is
/// decided by who reads it. A code opens nothing but what it was asked for, once, in the browser that asked, while the account is as it was.
/// It takes the place of the password and of nothing else: the second factor is asked for at the login that follows.
public final class ByMail {

    private final LetterDesk desk;
    private final ForgottenPassword forgottenPassword;
    private final NewAccounts newAccounts;
    private final OwnAddress ownAddress;

    ByMail(
            LetterDesk desk,
            ForgottenPassword forgottenPassword,
            NewAccounts newAccounts,
            OwnAddress ownAddress) {
        this.desk = desk;
        this.forgottenPassword = forgottenPassword;
        this.newAccounts = newAccounts;
        this.ownAddress = ownAddress;
    }

    /// What became of a wish for a letter.
    public sealed interface Asking {
        /// The browser is to hold this secret; if there is anybody to write to, a letter is on its way.
        record Begun(String secret) implements Asking {
            @Override
            public String toString() {
                return "Begun[…]";
            }
        }

        /// Too many letters were asked for.
        record Slow(Duration pause) implements Asking {}

        /// That is no address of e-mail.
        record NoAddress() implements Asking {}

        /// The declaration does not provide for it.
        record Closed(String why) implements Asking {}
    }

    /// What became of a code.
    public sealed interface Outcome {
        /// It is done; this is the account.
        record Done(Account account) implements Outcome {}

        /// That is not the code, or it is good no more.
        record Wrong() implements Outcome {}

        /// The code is right, and what was typed with it does not do.
        record Unusable(String why) implements Outcome {}
    }

    /// Whether people are written to at all.
    public boolean there() {
        return desk.there();
    }

    /// Who may make an account.
    public Registration.Mode registration() {
        return desk.registration();
    }

    /// How a new password is set for one that was forgotten.
    public ForgottenPassword forgottenPassword() {
        return forgottenPassword;
    }

    /// How people make accounts.
    public NewAccounts newAccounts() {
        return newAccounts;
    }

    /// How people show an address to be theirs.
    public OwnAddress ownAddress() {
        return ownAddress;
    }
}
