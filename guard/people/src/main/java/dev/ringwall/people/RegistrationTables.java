package dev.ringwall.people;

import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.util.List;

/// The clients that registered themselves, and who may do so. Secrets stand here as SHA-256.
final class RegistrationTables {

    static final List<String> STATEMENTS =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS registered_client (
                      id VARCHAR(64) PRIMARY KEY, kind VARCHAR(10) NOT NULL, method VARCHAR(30) NOT NULL,
                      title VARCHAR(100) NOT NULL, redirects VARCHAR(8000) NOT NULL, leaving VARCHAR(8000) NOT NULL,
                      scopes VARCHAR(20000) NOT NULL, refreshes INTEGER NOT NULL, secret CHAR(64), keys VARCHAR(20000),
                      access CHAR(64) NOT NULL, created BIGINT NOT NULL, used BIGINT NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS registered_choice (
                      client VARCHAR(64) PRIMARY KEY, subject VARCHAR(10) NOT NULL, told VARCHAR(10) NOT NULL, proves VARCHAR(10),
                      asks VARCHAR(10), keys_at VARCHAR(500))\
                    """,
                    "CREATE INDEX IF NOT EXISTS registered_client_expires ON registered_client (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS client_invitation (
                      hash CHAR(64) PRIMARY KEY, id VARCHAR(64) NOT NULL UNIQUE, uses INTEGER NOT NULL,
                      created BIGINT NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS client_invitation_expires ON client_invitation (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS registration_count (
                      subject CHAR(64) PRIMARY KEY, made INTEGER NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS registration_count_expires ON registration_count (expires)");

    private RegistrationTables() {}

    /// Deletes what was over before that, and says how many rows that were.
    static int forget(Transaction tx, long before) throws SQLException {
        return tx.change(
                        "DELETE FROM registered_choice WHERE client IN (SELECT id FROM registered_client WHERE expires < ?)",
                        before)
                + tx.change("DELETE FROM registered_client WHERE expires < ?", before)
                + tx.change("DELETE FROM client_invitation WHERE expires < ?", before)
                + tx.change("DELETE FROM registration_count WHERE expires < ?", before);
    }
}
