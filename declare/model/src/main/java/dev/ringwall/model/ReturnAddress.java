package dev.ringwall.model;

import java.util.regex.Pattern;

/// Where a browser may be sent with something worth stealing. Such an address is compared letter for letter (RFC 9700 §2.1), so it has
/// one spelling and no part that means more than one place: no user before the host, no fragment, no `*`, no `%`, no `..`.
public final class ReturnAddress {

    /// The longest that there may be.
    public static final int CHARS_MAX = 500;

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

    private ReturnAddress() {}

    /// Whether people may be sent there by a client of that kind.
    public static boolean good(String address, Client.Kind kind) {
        return inEarnest(address, kind)
                || (kind != Client.Kind.NATIVE && plain(address) && fits(address, DEVELOPED));
    }

    /// The same, but for what is only for development: by TLS, or to where no network lies between.
    public static boolean inEarnest(String address, Client.Kind kind) {
        return plain(address)
                && (fits(address, TLS)
                        || (kind == Client.Kind.NATIVE
                                && (fits(address, LOOPBACK) || fits(address, OWN_SCHEME))));
    }

    private static boolean plain(String address) {
        return address.length() <= CHARS_MAX && !DOTS.matcher(address).find();
    }

    private static boolean fits(String address, Pattern form) {
        return form.matcher(address).matches();
    }
}
