package dev.ringwall.identity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// The rows of the lists on the account page, each with a button or with none.
///
/// @param form the secret that the forms of the page carry
record AccountRows(String form) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private static final Pages ROW = Pages.part("account-row");
    private static final Pages PASSKEY = Pages.part("account-passkey");
    private static final Pages BUTTON = Pages.part("account-button");

    static String time(Instant time) {
        return TIME.format(time);
    }

    String row(String what, String detail) {
        return ROW.with(Map.of("what", what, "detail", detail), Map.of("button", ""));
    }

    /// A row with a button.
    ///
    /// @param which what the act is about, where there are several
    /// @param label what the button is for, to who does not see the row
    String row(
            String what, String detail, AccountAct act, String which, String word, String label) {
        return ROW.with(
                Map.of("what", what, "detail", detail),
                Map.of("button", button(act, which, word, label)));
    }

    /// The row of a passkey, with a place for another name.
    String passkey(String which, String name, String detail) {
        return PASSKEY.with(
                Map.of(
                        "name",
                        name,
                        "detail",
                        detail,
                        "form",
                        form,
                        "act",
                        AccountAct.RENAME_PASSKEY.word(),
                        "which",
                        which),
                Map.of(
                        "button",
                        button(
                                AccountAct.REMOVE_PASSKEY,
                                which,
                                "Remove",
                                "Remove the passkey " + name)));
    }

    String button(AccountAct act, String which, String word, String label) {
        return BUTTON.with(
                Map.of(
                        "form",
                        form,
                        "act",
                        act.word(),
                        "which",
                        which,
                        "word",
                        word,
                        "label",
                        label));
    }
}
