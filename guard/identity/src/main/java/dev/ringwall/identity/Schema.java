package dev.ringwall.identity;

import java.util.List;

/// The tables. Times are milliseconds since 1970; secrets stand here as SHA-256, passwords as Argon2id.
final class Schema {

    static final List<String> STATEMENTS =
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
                    "CREATE INDEX IF NOT EXISTS login_session_account ON login_session (account)",
                    "CREATE INDEX IF NOT EXISTS login_session_expires ON login_session (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS token_family (
                      id VARCHAR(64) PRIMARY KEY, version BIGINT NOT NULL, client VARCHAR(64) NOT NULL,
                      account VARCHAR(26), sid VARCHAR(26), code CHAR(64), access CHAR(64), refresh CHAR(64),
                      expires BIGINT NOT NULL, body VARCHAR(20000) NOT NULL)\
                    """,
                    "CREATE UNIQUE INDEX IF NOT EXISTS token_family_code ON token_family (code)",
                    "CREATE UNIQUE INDEX IF NOT EXISTS token_family_access ON token_family (access)",
                    "CREATE UNIQUE INDEX IF NOT EXISTS token_family_refresh ON token_family (refresh)",
                    "CREATE INDEX IF NOT EXISTS token_family_sid ON token_family (sid)",
                    "CREATE INDEX IF NOT EXISTS token_family_client ON token_family (client)",
                    "CREATE INDEX IF NOT EXISTS token_family_expires ON token_family (expires)",
                    """
                    CREATE TABLE IF NOT EXISTS spent_refresh (
                      hash CHAR(64) PRIMARY KEY, family VARCHAR(64) NOT NULL, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS spent_refresh_family ON spent_refresh (family)",
                    "CREATE INDEX IF NOT EXISTS spent_refresh_expires ON spent_refresh (expires)",
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
                    CREATE TABLE IF NOT EXISTS used_assertion (
                      hash CHAR(64) PRIMARY KEY, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS used_assertion_expires ON used_assertion (expires)",
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
                    """
                    CREATE TABLE IF NOT EXISTS pushed_request (
                      hash CHAR(64) PRIMARY KEY, client VARCHAR(64) NOT NULL, parameters VARCHAR(20000) NOT NULL,
                      opened BIGINT, expires BIGINT NOT NULL)\
                    """,
                    "CREATE INDEX IF NOT EXISTS pushed_request_expires ON pushed_request (expires)",
                    "CREATE INDEX IF NOT EXISTS sign_in_failure_last ON sign_in_failure (last)");

    private Schema() {}
}
