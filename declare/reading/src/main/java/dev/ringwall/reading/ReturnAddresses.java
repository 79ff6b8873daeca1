package dev.ringwall.reading;

import dev.ringwall.model.Client.Kind;
import java.util.regex.Pattern;

/// Where a browser may be sent with something worth stealing. Such an address is compared letter for letter (RFC 9700 §2.1), so it has
/// one spelling and no part that means more than one place.
final class ReturnAddresses {

    static final int CHARS_MAX = 500;

    private static final String HOST = "[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})*";
    private static final String PORT = ":[1-9][0-9]{0,4}";
    private static final String PATH =
            "(/[A-Za-z0-9._~!$&'()+,;=:@-]*)*/?(\\?[A-Za-z0-9._~!$&'()+,;=:@/-]*)?";

    private static final Pattern TLS =
            Pattern.compile("https://" + HOST + "(" + PORT + ")?" + PATH);

    /// A program that somebody develops on this machine; which port it has is part of the address.
    private static final Pattern DEVELOPED =
            Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1\\])" + PORT + PATH);

    /// A program that waits on a port which it gets when it needs one (RFC 8252 §7.3).
    private static final Pattern LOOPBACK = Pattern.compile("http://127\\.0\\.0\\.1" + PATH);

    /// A scheme that only the holder of a domain would choose (RFC 8252 §7.1).
    private static final Pattern OWN_SCHEME =
            Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+:" + PATH);

    private static final Pattern DOTS = Pattern.compile("/\\.{1,2}(/|\\?|$)");

    private ReturnAddresses() {}

    /// Whether people may be sent there; it is reported when not.
    static boolean good(Yaml.Text text, Kind kind, Problems problems) {
        String address = text.value();
        boolean plain = address.length() <= CHARS_MAX && !DOTS.matcher(address).find();
        boolean known =
                kind == Kind.NATIVE
                        ? fits(address, TLS) || fits(address, LOOPBACK) || fits(address, OWN_SCHEME)
                        : fits(address, TLS) || fits(address, DEVELOPED);
        if (!plain || !known) {
            problems.unexpected(
                    "bad-return",
                    text,
                    kind == Kind.NATIVE
                            ? "one plain address by https, http://127.0.0.1/… without a port, or a scheme like com.example.app:/"
                            : "one plain address by https, or http://localhost:PORT/… while it is developed",
                    kind == Kind.NATIVE
                            ? "write it like `http://127.0.0.1/callback` or `com.example.app:/callback`"
                            : "write it in full like `https://app.example.com/callback`, without `*`, `#`, `%` and `..`");
            return false;
        }
        return true;
    }

    private static boolean fits(String address, Pattern form) {
        return form.matcher(address).matches();
    }
}
