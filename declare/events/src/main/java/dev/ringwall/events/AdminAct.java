package dev.ringwall.events;

/// What somebody with power over the system did. Stable words: they stand in the audit log and are never renamed.
public enum AdminAct {
    ACCOUNT_CREATED,
    ACCOUNT_CHANGED,
    ACCOUNT_DISABLED,
    ACCOUNT_INVITED,
    ACCOUNT_LINKED,
    ACCOUNT_UNLINKED,
    ADDRESS_SET,
    ACCOUNT_EXPORTED,
    ACCOUNT_ERASED,
    /// Somebody who may administer tried to give, or to act on, more than they hold themselves.
    ADMINISTRATION_REFUSED,
    PASSWORD_SET,
    FACTOR_ADDED,
    FACTORS_REMOVED,
    FACTOR_RENAMED,
    RECOVERY_CODES_MADE,
    BROWSERS_FORGOTTEN,
    LOGINS_ENDED,
    KEY_CREATED,
    KEY_REVOKED,
    CLIENT_CREATED,
    CLIENT_INVITED,
    CLIENT_REVOKED,
    CLIENT_SECRET_SET,
    CLIENT_KEYS_SET,
    CLIENT_CERTIFICATE_SET,
    SECRET_SET,
    SIGNING_KEY_ROTATED,
    JOIN_TOKEN_CREATED,
    NODE_JOINED,
    NODE_REFUSED,
    CERTIFICATE_ISSUED,
    CERTIFICATE_OBTAINED,
    CERTIFICATE_NOT_OBTAINED,
    /// An authority has confirmed that a certificate which it issued counts no more.
    CERTIFICATE_REVOKED,
    CERTIFICATE_NOT_REVOKED,
    /// An operator wants another certificate for the public name.
    PUBLIC_NAME_ROTATED,
    /// An authority wants its certificate renewed more often than is done.
    RENEWAL_HELD,
    /// An operator wants another key for the account with an authority.
    ACME_ACCOUNT_ROTATED,
    /// An authority has confirmed that the account has another key.
    ACME_KEY_CHANGED,
    ACME_KEY_NOT_CHANGED,
    BUNDLE_PUBLISHED,
    BUNDLE_REFUSED,
    ENDPOINTS_CHANGED,
    CONTROL_STARTED,
    CONTROL_STOPPED
}
