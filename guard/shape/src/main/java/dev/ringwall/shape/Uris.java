package dev.ringwall.shape;

/// URIs (RFC 3986).
final class Uris {

    private static final String MARKS = "-._~:/?#[]@!$&'()*+,;=%";

    private Uris() {}

    /// @param absolute whether it must have a scheme
    static boolean fits(String text, boolean absolute) {
        int colon = text.indexOf(':');
        if (absolute && !scheme(text, colon)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Formats.letterOrDigit(c) && MARKS.indexOf(c) < 0) {
                return false;
            }
            if (c == '%' && !escape(text, i)) {
                return false;
            }
        }
        int fragment = text.indexOf('#');
        if (fragment >= 0 && text.indexOf('#', fragment + 1) >= 0) {
            return false;
        }
        return wellFormed(text);
    }

    private static boolean wellFormed(String text) {
        try {
            return java.net.URI.create(text).toString().equals(text);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean scheme(String text, int colon) {
        if (colon < 1 || !Formats.letter(text.charAt(0)) || colon + 1 == text.length()) {
            return false;
        }
        for (int i = 1; i < colon; i++) {
            char c = text.charAt(i);
            if (!Formats.letterOrDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean escape(String text, int at) {
        return at + 2 < text.length()
                && Formats.hexadecimal(text.charAt(at + 1))
                && Formats.hexadecimal(text.charAt(at + 2));
    }
}
