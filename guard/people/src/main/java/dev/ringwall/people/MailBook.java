package dev.ringwall.people;

import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/// The addresses of e-mail that people have shown to be theirs. One address is of one account.
public final class MailBook {

    private final Store store;

    MailBook(Store store) {
        this.store = store;
    }

    /// The address of that account.
    public Optional<String> of(String account) {
        return store.read(tx ->
                tx.first(
                        row -> row.getString(1),
                        "SELECT address FROM account_mail WHERE account = ?",
                        account));
    }

    /// The account that has that address.
    Optional<String> account(MailAddress address) {
        return store.read(tx ->
                tx.first(
                        row -> row.getString(1),
                        "SELECT account FROM account_mail WHERE address_key = ?",
                        address.key()));
    }

    /// Gives the account that address in the place of another; false when another account has it.
    boolean put(Transaction tx, String account, MailAddress address) throws SQLException {
        Optional<String> other =
                tx.first(
                        row -> row.getString(1),
                        "SELECT account FROM account_mail WHERE address_key = ? AND account <> ?",
                        address.key(),
                        account);
        if (other.isPresent()) {
            return false;
        }
        tx.change("DELETE FROM account_mail WHERE account = ?", account);
        tx.change(
                "INSERT INTO account_mail (account, address, address_key) VALUES (?, ?, ?)",
                account,
                address.text(),
                address.key());
        return true;
    }
}
