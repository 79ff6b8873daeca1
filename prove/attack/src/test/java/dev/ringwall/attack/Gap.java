package dev.ringwall.attack;

/// What the system of people does wrong when it is told to.
enum Gap {
    FACTOR_FORGOTTEN,
    CODE_TWICE,
    CODES_UNLIMITED,
    APP_OF_ANYBODY,
    RECOVERY_TWICE,
    HALF_ADDS_APP,
    APP_REMOVED_ANYWAY,
    STEP_UP_IGNORED,
    LOGINS_OF_ANYBODY,
    LOGINS_SHOWN,
    FORMS_OF_ANYBODY,
    OLD_PASSWORD_UNASKED,
    GUESSES_UNLIMITED,
    LOGINS_KEPT,
    SIGN_OUT_KEPT,
    ANY_PASSWORD,
    COOKIES_OPEN,
    PAGE_OPEN
}
