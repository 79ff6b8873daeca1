package dev.ringwall.people;

import dev.ringwall.store.Personal;
import dev.ringwall.store.Tables;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Who may sign in, and who has. Secrets stand here as SHA-256, passwords as Argon2id.
final class PeopleTables implements Tables {

    /// What is over is remembered for a while longer, for clocks that differ.
    private static final Duration GRACE = Duration.ofMinutes(10);

    /// The table that a person's other tables are found by.
    static final String LOGINS = "login_session";

    private static final String OF_ACCOUNT = "account = ?";
    private static final String CREATED = "created";
    private static final String EXPIRES = "expires";
    private static final String MADE = "made";
    private static final String USED = "used";

    private static final List<String> STATEMENTS =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS account (
                      id VARCHAR(26) PRIMARY KEY, name VARCHAR(200) NOT NULL, name_key VARCHAR(200) NOT NULL UNIQUE,
                      password VARCHAR(300) NOT NULL, roles VARCHAR(4000) NOT NULL,
                      created BIGINT NOT NULL, disabled INTEGER NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS login_session (
                      hash CHAR(64) PRIMARY KEY, sid VARCHAR(26) NOT NULL UNIQUE, account VARCHAR(26) NOT NULL,
                      created BIGINT NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS login_method (
                      sid VARCHAR(26) PRIMARY KEY, methods VARCHAR(100) NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS login_method_expires ON login_method (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS login_place (
                      sid VARCHAR(26) PRIMARY KEY, address VARCHAR(64) NOT NULL, agent VARCHAR(200) NOT NULL,
                      expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS login_place_expires ON login_place (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS half_login (
                      hash CHAR(64) PRIMARY KEY, account VARCHAR(26) NOT NULL, name VARCHAR(1024) NOT NULL,
                      tries INTEGER NOT NULL, offer VARCHAR(4000), expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS half_login_account ON half_login (account)",
                    "CREATE INDEX IF NOT EXISTS half_login_expires ON half_login (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS factor_offer (
                      sid VARCHAR(26) PRIMARY KEY, sealed VARCHAR(4000) NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS factor_offer_expires ON factor_offer (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS device (
                      hash CHAR(64) PRIMARY KEY, account VARCHAR(26) NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS outside_link (
                      issuer VARCHAR(500) NOT NULL, subject VARCHAR(255) NOT NULL, account VARCHAR(26) NOT NULL,
                      provider VARCHAR(63) NOT NULL, created BIGINT NOT NULL, PRIMARY KEY (issuer, subject))\
                    """,
                    "CREATE INDEX IF NOT EXISTS outside_link_account ON outside_link (account)",
                    """
                    CREATE TABLE IF NOT EXISTS outside_login (
                      sid VARCHAR(26) PRIMARY KEY, provider VARCHAR(63) NOT NULL, issuer VARCHAR(500) NOT NULL,
                      subject VARCHAR(255) NOT NULL, outside VARCHAR(255), roles VARCHAR(4000) NOT NULL,
                      expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS outside_login_subject ON outside_login (subject)",
                    "CREATE INDEX IF NOT EXISTS outside_login_outside ON outside_login (outside) WHERE outside IS NOT NULL",
                    "CREATE INDEX IF NOT EXISTS outside_login_expires ON outside_login (expires)",
                    "CREATE INDEX IF NOT EXISTS device_account ON device (account)",
                    "CREATE INDEX IF NOT EXISTS device_expires ON device (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS totp (
                      account VARCHAR(26) PRIMARY KEY, sealed VARCHAR(4000) NOT NULL, confirmed BIGINT NOT NULL,
                      last_step BIGINT NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS passkey (
                      credential VARCHAR(1400) PRIMARY KEY, id VARCHAR(26) NOT NULL UNIQUE, account VARCHAR(26) NOT NULL,
                      name VARCHAR(200) NOT NULL, data VARCHAR(8000) NOT NULL, counter BIGINT NOT NULL,
                      eligible INTEGER NOT NULL, backed_up INTEGER NOT NULL, made BIGINT NOT NULL, used BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS passkey_account ON passkey (account)",
                    """
                    CREATE TABLE IF NOT EXISTS passkey_user (
                      account VARCHAR(26) PRIMARY KEY, handle VARCHAR(100) NOT NULL UNIQUE)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS answered_challenge (
                      hash CHAR(64) PRIMARY KEY, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS answered_challenge_expires ON answered_challenge (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS remembered_browser (
                      hash CHAR(64) PRIMARY KEY, id VARCHAR(26) NOT NULL UNIQUE, account VARCHAR(26) NOT NULL,
                      address VARCHAR(64) NOT NULL, agent VARCHAR(200) NOT NULL, made BIGINT NOT NULL,
                      used BIGINT NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS remembered_browser_account ON remembered_browser (account)",
                    "CREATE INDEX IF NOT EXISTS remembered_browser_expires ON remembered_browser (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS recovery_code (
                      hash CHAR(64) PRIMARY KEY, account VARCHAR(26) NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS recovery_code_account ON recovery_code (account)",
                    "CREATE INDEX IF NOT EXISTS login_session_account ON login_session (account)",
                    "CREATE INDEX IF NOT EXISTS login_session_expires ON login_session (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS account_mail (
                      account VARCHAR(26) PRIMARY KEY, address VARCHAR(200) NOT NULL, address_key VARCHAR(200) NOT NULL UNIQUE)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS account_profile (
                      account VARCHAR(26) PRIMARY KEY, external VARCHAR(200), attributes VARCHAR(8000) NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS account_profile_external ON account_profile (external)",
                    """
                    CREATE TABLE IF NOT EXISTS mail_flow (
                      hash CHAR(64) PRIMARY KEY, kind VARCHAR(10) NOT NULL, account VARCHAR(26), address VARCHAR(200) NOT NULL,
                      roles VARCHAR(4000) NOT NULL, code CHAR(64) NOT NULL, bound VARCHAR(64) NOT NULL,
                      tries INTEGER NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS mail_flow_account ON mail_flow (account)",
                    "CREATE INDEX IF NOT EXISTS mail_flow_expires ON mail_flow (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS outgoing (
                      id VARCHAR(64) PRIMARY KEY, sealed VARCHAR(20000) NOT NULL, tries INTEGER NOT NULL,
                      next BIGINT NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS outgoing_next ON outgoing (next)",
                    "CREATE INDEX IF NOT EXISTS outgoing_expires ON outgoing (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS machine_client (
                      id VARCHAR(64) PRIMARY KEY, secret CHAR(64) NOT NULL, role VARCHAR(63) NOT NULL,
                      created BIGINT NOT NULL, revoked INTEGER NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS client_keys (
                      client VARCHAR(64) PRIMARY KEY, keys VARCHAR(20000) NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS client_proof (
                      client VARCHAR(64) PRIMARY KEY, secret CHAR(64), keys VARCHAR(20000), changed BIGINT NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS client_certificate (
                      client VARCHAR(64) PRIMARY KEY, pem VARCHAR(20000) NOT NULL, name VARCHAR(300), changed BIGINT NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS api_key (
                      id VARCHAR(64) PRIMARY KEY, sha256 CHAR(64) NOT NULL, role VARCHAR(63) NOT NULL,
                      networks VARCHAR(4000) NOT NULL, created BIGINT NOT NULL, expires BIGINT, revoked INTEGER NOT NULL)\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS revocation (
                      kind VARCHAR(3) NOT NULL, value VARCHAR(100) NOT NULL, until BIGINT NOT NULL,
                      PRIMARY KEY (kind, value))\
                    """,
                    "CREATE INDEX IF NOT EXISTS revocation_until ON revocation (until)",
                    """
                    CREATE TABLE IF NOT EXISTS sign_in_failure (
                      subject CHAR(64) PRIMARY KEY, failures INTEGER NOT NULL, last BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS sign_in_failure_last ON sign_in_failure (last)");

    @Override
    public List<String> statements() {
        return Stream.concat(STATEMENTS.stream(), RegistrationTables.STATEMENTS.stream()).toList();
    }

    @Override
    public List<Personal> personal() {
        return List.of(
                new Personal(
                        "account",
                        "id = ?",
                        List.of("id", "name", "roles", CREATED, "disabled"),
                        List.of(CREATED)),
                new Personal(
                        LOGINS,
                        OF_ACCOUNT,
                        List.of("sid", CREATED, EXPIRES),
                        List.of(CREATED, EXPIRES)),
                new Personal(
                        "login_method",
                        "sid IN (SELECT sid FROM login_session WHERE account = ?)",
                        List.of("sid", "methods", EXPIRES),
                        List.of(EXPIRES)),
                new Personal(
                        "login_place",
                        "sid IN (SELECT sid FROM login_session WHERE account = ?)",
                        List.of("sid", "address", "agent", EXPIRES),
                        List.of(EXPIRES)),
                new Personal(
                        "factor_offer",
                        "sid IN (SELECT sid FROM login_session WHERE account = ?)",
                        List.of("sid", EXPIRES),
                        List.of(EXPIRES)),
                new Personal(
                        "outside_link",
                        OF_ACCOUNT,
                        List.of("provider", "issuer", "subject", CREATED),
                        List.of(CREATED)),
                new Personal(
                        "outside_login",
                        "sid IN (SELECT sid FROM login_session WHERE account = ?)",
                        List.of(
                                "sid",
                                "provider",
                                "issuer",
                                "subject",
                                "outside",
                                "roles",
                                EXPIRES),
                        List.of(EXPIRES)),
                new Personal("device", OF_ACCOUNT, List.of(EXPIRES), List.of(EXPIRES)),
                new Personal(
                        "account_profile",
                        OF_ACCOUNT,
                        List.of("external", "attributes"),
                        List.of()),
                new Personal("account_mail", OF_ACCOUNT, List.of("address"), List.of()),
                new Personal(
                        "mail_flow",
                        OF_ACCOUNT,
                        List.of("kind", "address", "roles", EXPIRES),
                        List.of(EXPIRES)),
                new Personal("half_login", OF_ACCOUNT, List.of("name", EXPIRES), List.of(EXPIRES)),
                new Personal("totp", OF_ACCOUNT, List.of("confirmed"), List.of("confirmed")),
                new Personal("recovery_code", OF_ACCOUNT, List.of("account"), List.of()),
                new Personal(
                        "passkey",
                        OF_ACCOUNT,
                        List.of("id", "name", "counter", "eligible", "backed_up", MADE, USED),
                        List.of(MADE, USED)),
                new Personal("passkey_user", OF_ACCOUNT, List.of("handle"), List.of()),
                new Personal(
                        "remembered_browser",
                        OF_ACCOUNT,
                        List.of("id", "address", "agent", MADE, USED, EXPIRES),
                        List.of(MADE, USED, EXPIRES)));
    }

    @Override
    public int forget(Transaction tx, Instant now) throws SQLException {
        long before = now.minus(GRACE).toEpochMilli();
        long familiar = now.minus(Throttle.FAMILIAR).toEpochMilli();
        return tx.forget(LOGINS, "hash", EXPIRES, before)
                + tx.forget("login_method", "sid", EXPIRES, before)
                + tx.forget("login_place", "sid", EXPIRES, before)
                + tx.change("DELETE FROM outside_login WHERE expires < ?", before)
                + tx.change("DELETE FROM factor_offer WHERE expires < ?", before)
                + tx.forget("device", "hash", EXPIRES, before)
                + tx.change("DELETE FROM mail_flow WHERE expires < ?", before)
                + tx.change("DELETE FROM outgoing WHERE expires < ?", before)
                + tx.forget("half_login", "hash", EXPIRES, before)
                + tx.forget("answered_challenge", "hash", EXPIRES, before)
                + tx.forget("remembered_browser", "hash", EXPIRES, before)
                + tx.change("DELETE FROM revocation WHERE until < ?", before)
                + tx.change("DELETE FROM sign_in_failure WHERE last < ?", familiar);
    }
}
