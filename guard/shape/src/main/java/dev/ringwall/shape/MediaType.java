package dev.ringwall.shape;

import java.util.Locale;

/// The type of a body without its parameters, of which only the character set matters, and only UTF-8 is read.
final class MediaType {

    static final String FORM = "application/x-www-form-urlencoded";

    private MediaType() {}

    /// `image/*` for `image/png`.
    static String range(String type) {
        int slash = type.indexOf('/');
        return slash < 0 ? type : type.substring(0, slash) + "/*";
    }

    /// `application/json`; empty when the text names no type, or a character set other than UTF-8.
    static String of(String contentType) {
        if (contentType.indexOf(',') >= 0) {
            return ""; // two types in one, of which each program takes another
        }
        int semicolon = contentType.indexOf(';');
        if (semicolon < 0) {
            return contentType.strip().toLowerCase(Locale.ROOT);
        }
        for (String parameter : contentType.substring(semicolon + 1).split(";", -1)) {
            String plain = parameter.strip().toLowerCase(Locale.ROOT);
            boolean charset = plain.startsWith("charset");
            if (charset && !plain.equals("charset=utf-8") && !plain.equals("charset=\"utf-8\"")) {
                return "";
            }
        }
        return contentType.substring(0, semicolon).strip().toLowerCase(Locale.ROOT);
    }
}
