package dev.ringwall.shape;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The formats that are enforced (JSON Schema 2020-12 validation §7.3, OpenAPI format registry). Each looks at a text once.
final class Formats {

    private static final Map<String, Predicate<String>> TEXTS =
            Map.ofEntries(
                    Map.entry("date-time", Times::dateTime),
                    Map.entry("date", Times::date),
                    Map.entry("time", Times::time),
                    Map.entry("duration", Times::duration),
                    Map.entry("uuid", Formats::uuid),
                    Map.entry("email", Hosts::email),
                    Map.entry("hostname", Hosts::name),
                    Map.entry("ipv4", Hosts::ipv4),
                    Map.entry("ipv6", Hosts::ipv6),
                    Map.entry("uri", text -> Uris.fits(text, true)),
                    Map.entry("uri-reference", text -> Uris.fits(text, false)),
                    Map.entry("byte", Formats::base64),
                    // these two say how a text is shown or stored, not what is in it
                    Map.entry("binary", text -> true),
                    Map.entry("password", text -> true));

    private static final Map<String, Predicate<Value.Numeric>> NUMBERS =
            Map.of(
                    "int32", whole(BigDecimal.valueOf(Integer.MIN_VALUE), Integer.MAX_VALUE),
                    "int64", whole(BigDecimal.valueOf(Long.MIN_VALUE), Long.MAX_VALUE),
                    "float", within(BigDecimal.valueOf(Float.MAX_VALUE)),
                    "double", within(BigDecimal.valueOf(Double.MAX_VALUE)));

    private Formats() {}

    static @Nullable Predicate<String> ofTexts(String name) {
        return TEXTS.get(name);
    }

    static Predicate<Value.Numeric> ofNumbers(String name) {
        Predicate<Value.Numeric> format = NUMBERS.get(name);
        if (format == null) {
            throw new IllegalArgumentException("a format of " + name);
        }
        return format;
    }

    private static Predicate<Value.Numeric> whole(BigDecimal min, long max) {
        BigDecimal most = BigDecimal.valueOf(max);
        return number ->
                number.integral()
                        && number.exact().compareTo(min) >= 0
                        && number.exact().compareTo(most) <= 0;
    }

    private static Predicate<Value.Numeric> within(BigDecimal most) {
        return number -> number.exact().abs().compareTo(most) <= 0;
    }

    /// RFC 9562 §4, in either case.
    private static boolean uuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : !hexadecimal(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// RFC 4648 §4, with padding.
    private static boolean base64(String text) {
        int end = text.length();
        if (end % 4 != 0) {
            return false;
        }
        for (int i = 0; i < 2 && end > 0 && text.charAt(end - 1) == '='; i++) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!letterOrDigit(c) && c != '+' && c != '/') {
                return false;
            }
        }
        return true;
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean hexadecimal(char c) {
        return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean letterOrDigit(char c) {
        return letter(c) || digit(c);
    }
}
