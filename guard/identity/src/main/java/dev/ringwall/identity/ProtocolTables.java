package dev.ringwall.identity;

import dev.ringwall.people.RegisteredClients;
import dev.ringwall.store.Personal;
import dev.ringwall.store.Tables;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What was asked for and what was bought. Secrets stand here as SHA-256.
final class ProtocolTables implements Tables {

    /// What is over is remembered for a while longer, for clocks that differ.
    private static final Duration GRACE = Duration.ofMinutes(10);

    private static final String OF_LOGIN =
            "sid IN (SELECT sid FROM login_session WHERE account = ?)";

    private static final List<String> STATEMENTS =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS token_family (
                      id VARCHAR(64) PRIMARY KEY, version BIGINT NOT NULL, client VARCHAR(64) NOT NULL,
                      account VARCHAR(26), sid VARCHAR(26), code CHAR(64), access CHAR(64), refresh CHAR(64),
                      expires BIGINT NOT NULL, body VARCHAR(20000) NOT NULL)\
                    """,
                    "CREATE UNIQUE INDEX IF NOT EXISTS token_family_code ON token_family (code) WHERE code IS NOT NULL",
                    "CREATE UNIQUE INDEX IF NOT EXISTS token_family_access ON token_family (access)",
                    "CREATE UNIQUE INDEX IF NOT EXISTS token_family_refresh ON token_family (refresh) WHERE refresh IS NOT NULL",
                    "CREATE INDEX IF NOT EXISTS token_family_sid ON token_family (sid) WHERE sid IS NOT NULL",
                    "CREATE INDEX IF NOT EXISTS token_family_account ON token_family (account) WHERE account IS NOT NULL",
                    "CREATE INDEX IF NOT EXISTS token_family_client ON token_family (client)",
                    "CREATE INDEX IF NOT EXISTS token_family_expires ON token_family (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS spent_refresh (
                      hash CHAR(64) PRIMARY KEY, family VARCHAR(64) NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS spent_refresh_family ON spent_refresh (family)",
                    "CREATE INDEX IF NOT EXISTS spent_refresh_expires ON spent_refresh (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS used_assertion (
                      hash CHAR(64) PRIMARY KEY, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS used_assertion_expires ON used_assertion (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS pushed_request (
                      hash CHAR(64) PRIMARY KEY, client VARCHAR(64) NOT NULL, parameters VARCHAR(20000) NOT NULL,
                      opened BIGINT, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS pushed_request_expires ON pushed_request (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS outside_flow (
                      state CHAR(64) PRIMARY KEY, browser CHAR(64) NOT NULL, provider VARCHAR(63) NOT NULL, sid VARCHAR(26),
                      onward VARCHAR(8000) NOT NULL, anew INTEGER NOT NULL, max_age BIGINT NOT NULL, twice INTEGER NOT NULL,
                      begun BIGINT NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS outside_flow_sid ON outside_flow (sid) WHERE sid IS NOT NULL",
                    "CREATE INDEX IF NOT EXISTS outside_flow_expires ON outside_flow (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS device_request (
                      device CHAR(64) PRIMARY KEY, shown CHAR(64) NOT NULL, client VARCHAR(64) NOT NULL,
                      scopes VARCHAR(8000) NOT NULL, address CHAR(64) NOT NULL, state VARCHAR(10) NOT NULL, sid VARCHAR(26),
                      pause BIGINT NOT NULL, polled BIGINT NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE UNIQUE INDEX IF NOT EXISTS device_request_shown ON device_request (shown)",
                    "CREATE INDEX IF NOT EXISTS device_request_sid ON device_request (sid) WHERE sid IS NOT NULL",
                    "CREATE INDEX IF NOT EXISTS device_request_address ON device_request (address)",
                    "CREATE INDEX IF NOT EXISTS device_request_expires ON device_request (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS device_guess (
                      subject CHAR(64) PRIMARY KEY, guesses INTEGER NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS device_guess_expires ON device_guess (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS login_client (
                      sid VARCHAR(26) NOT NULL, client VARCHAR(64) NOT NULL, account VARCHAR(26) NOT NULL,
                      expires BIGINT NOT NULL, PRIMARY KEY (sid, client))\
                    """,
                    "CREATE INDEX IF NOT EXISTS login_client_expires ON login_client (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS logout_notice (
                      id VARCHAR(64) PRIMARY KEY, client VARCHAR(64) NOT NULL, account VARCHAR(26) NOT NULL,
                      sid VARCHAR(26) NOT NULL, attempts INTEGER NOT NULL, due BIGINT NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS logout_notice_account ON logout_notice (account)",
                    "CREATE INDEX IF NOT EXISTS logout_notice_due ON logout_notice (due)",
                    "CREATE INDEX IF NOT EXISTS logout_notice_expires ON logout_notice (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS consent (
                      account VARCHAR(26) NOT NULL, client VARCHAR(64) NOT NULL, scopes VARCHAR(20000) NOT NULL,
                      given BIGINT NOT NULL, PRIMARY KEY (account, client))\
                    """,
                    "CREATE INDEX IF NOT EXISTS consent_client ON consent (client)");

    @Override
    public List<String> statements() {
        return STATEMENTS;
    }

    @Override
    public List<Personal> personal() {
        return List.of(
                new Personal(
                        "token_family",
                        "account = ?",
                        List.of("id", "client", "sid", "expires"),
                        List.of("expires")),
                new Personal(
                        "spent_refresh",
                        "family IN (SELECT id FROM token_family WHERE account = ?)",
                        List.of("family", "expires"),
                        List.of("expires")),
                new Personal(
                        "device_request",
                        OF_LOGIN,
                        List.of("client", "scopes", "expires"),
                        List.of("expires")),
                new Personal(
                        "outside_flow",
                        OF_LOGIN,
                        List.of("provider", "begun", "expires"),
                        List.of("begun", "expires")),
                new Personal(
                        "login_client",
                        OF_LOGIN,
                        List.of("client", "expires"),
                        List.of("expires"),
                        false),
                new Personal(
                        "consent",
                        "account = ?",
                        List.of("client", "scopes", "given"),
                        List.of("given")),
                new Personal("logout_notice", "account = ?", List.of("client"), List.of(), false));
    }

    @Override
    public int forget(Transaction tx, Instant now) throws SQLException {
        long before = now.minus(GRACE).toEpochMilli();
        return tx.forget("token_family", "id", "expires", before)
                + tx.forget("spent_refresh", "hash", "expires", before)
                + tx.forget("used_assertion", "hash", "expires", before)
                + tx.forget("login_client", "(sid, client)", "expires", before)
                + tx.change(
                        "DELETE FROM logout_notice WHERE expires > 0 AND expires < ?",
                        now.toEpochMilli())
                + tx.change("DELETE FROM device_request WHERE expires < ?", before)
                + tx.change("DELETE FROM outside_flow WHERE expires < ?", now.toEpochMilli())
                + tx.change("DELETE FROM device_guess WHERE expires < ?", now.toEpochMilli())
                + tx.change(
                        "DELETE FROM consent WHERE client IN (SELECT id FROM registered_client WHERE expires < ?)",
                        before)
                + RegisteredClients.forget(tx, before)
                + tx.forget("pushed_request", "hash", "expires", now.toEpochMilli());
    }
}
