package dev.ringwall.events;

/// What happened at the identity provider. Stable words: they stand in the audit log and are never renamed.
public enum IdentityAct {
    SIGNED_IN,
    SIGN_IN_FAILED,
    SIGNED_OUT,
    NEW_DEVICE,
    PASSKEY_COPIED,
    CODE_ISSUED,
    CODE_REPLAYED,
    TOKEN_ISSUED,
    TOKEN_REFUSED,
    TOKEN_REFRESHED,
    REFRESH_REUSED,
    TOKEN_REVOKED,
    CLIENT_REFUSED,
    CLIENT_REGISTERED,
    CLIENT_CHANGED,
    CLIENT_REMOVED,
    REGISTRATION_REFUSED,
    DEVICE_ALLOWED,
    DEVICE_REFUSED,
    CONSENT_GIVEN,
    CONSENT_REFUSED,
    CONSENT_WITHDRAWN,
    LOGOUT_HEARD,
    LOGOUT_REFUSED,
    LOGOUT_TOLD,
    LOGOUT_UNTOLD
}
