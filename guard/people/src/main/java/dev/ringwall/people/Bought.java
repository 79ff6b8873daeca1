package dev.ringwall.people;

import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;

/// What was bought with a login or by a client, which ends with it. Tokens are somebody else's matter; here it is said when they end.
public interface Bought {

    /// Ends what was bought in that login, as part of the change that ends the login.
    void endLogin(Transaction tx, String sid) throws SQLException;

    /// Ends what that client has, as part of the change that ends the client.
    void endClient(Transaction tx, String client) throws SQLException;

    /// Ends what a client has that people use, their tokens and what they allowed it, as part of the change that ends the client.
    void endRegistered(Transaction tx, String client) throws SQLException;

    /// Forgets what people allowed that client, as part of the change after which they must be asked again.
    void askAgain(Transaction tx, String client) throws SQLException;

    /// How long an access token that is out cannot be called back, and must be named as revoked.
    Duration accessLife();
}
