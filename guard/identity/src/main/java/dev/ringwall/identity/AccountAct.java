package dev.ringwall.identity;

import java.util.Locale;

/// What a form on the account page asks for.
enum AccountAct {
    PASSWORD,
    NEW_CODES,
    REMOVE_APP,
    RENAME_PASSKEY,
    REMOVE_PASSKEY,
    FORGET_BROWSER,
    FORGET_BROWSERS,
    END_LOGIN,
    END_OTHERS,
    END_CLIENT,
    /// Nothing that is known.
    NONE;

    /// As it stands in the form.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static AccountAct of(String word) {
        for (AccountAct act : values()) {
            if (act.word().equals(word)) {
                return act;
            }
        }
        return NONE;
    }
}
