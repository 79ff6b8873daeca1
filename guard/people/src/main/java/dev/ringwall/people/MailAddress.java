package dev.ringwall.people;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address of e-mail of the plain sort: nothing in it can end a header or name a second recipient.
///
/// @param text as it was typed
record MailAddress(String text) {

    private static final Pattern FORM =
            Pattern.compile(
                    "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");
    private static final int CHARACTERS_MAX = 200;

    static Optional<MailAddress> of(String typed) {
        String clean = typed.strip();
        return clean.length() <= CHARACTERS_MAX && FORM.matcher(clean).matches()
                ? Optional.of(new MailAddress(clean))
                : Optional.empty();
    }

    /// By which two are the same.
    String key() {
        return text.toLowerCase(Locale.ROOT);
    }
}
