package dev.ringwall.identity;

import dev.ringwall.people.Bought;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;

/// Tokens end with the login or the client that bought them.
final class BoughtTokens implements Bought {

    @Override
    public void endLogin(Transaction tx, String sid) throws SQLException {
        LogoutNotices.over(tx, sid);
        Families.endAllOf(tx, sid);
    }

    @Override
    public void endClient(Transaction tx, String client) throws SQLException {
        Families.endAllOfClient(tx, client);
    }

    @Override
    public void endRegistered(Transaction tx, String client) throws SQLException {
        Families.endAllOfRegistered(tx, client);
        askAgain(tx, client);
    }

    @Override
    public void askAgain(Transaction tx, String client) throws SQLException {
        tx.change("DELETE FROM consent WHERE client = ?", client);
    }

    @Override
    public Duration accessLife() {
        return TokenMint.ACCESS_LIFE;
    }
}
