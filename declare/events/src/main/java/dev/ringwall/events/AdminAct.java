package dev.ringwall.events;

/// What somebody with power over the system did. Stable words: they stand in the audit log and are never renamed.
public enum AdminAct {
    ACCOUNT_CREATED,
    ACCOUNT_CHANGED,
    ACCOUNT_DISABLED,
    PASSWORD_SET,
    FACTOR_ADDED,
    FACTORS_REMOVED,
    RECOVERY_CODES_MADE,
    LOGINS_ENDED,
    KEY_CREATED,
    KEY_REVOKED,
    CLIENT_CREATED,
    CLIENT_REVOKED,
    CLIENT_SECRET_SET,
    CLIENT_KEYS_SET,
    SECRET_SET,
    SIGNING_KEY_ROTATED,
    JOIN_TOKEN_CREATED,
    NODE_JOINED,
    NODE_REFUSED,
    CERTIFICATE_ISSUED,
    BUNDLE_PUBLISHED,
    BUNDLE_REFUSED,
    ENDPOINTS_CHANGED,
    CONTROL_STARTED,
    CONTROL_STOPPED
}
