package dev.ringwall.shape;

/// Names and addresses of hosts, and of mail boxes on them.
final class Hosts {

    private static final int NAME_CHARS_MAX = 253;
    private static final int LABEL_CHARS_MAX = 63;
    private static final int LOCAL_PART_CHARS_MAX = 64;
    private static final String LOCAL_PART_MARKS = "!#$%&'*+-/=?^_`{|}~.";

    private Hosts() {}

    /// RFC 1123 §2.1.
    static boolean name(String text) {
        if (text.isEmpty() || text.length() > NAME_CHARS_MAX) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            boolean good =
                    !label.isEmpty()
                            && label.length() <= LABEL_CHARS_MAX
                            && label.charAt(0) != '-'
                            && label.charAt(label.length() - 1) != '-'
                            && label.chars()
                                    .allMatch(c -> Formats.letterOrDigit((char) c) || c == '-');
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /// RFC 5321 §4.1.2 with a dot-string and a domain; no quoted strings, no address literals.
    static boolean email(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at > LOCAL_PART_CHARS_MAX || !name(text.substring(at + 1))) {
            return false;
        }
        String local = text.substring(0, at);
        return !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && local.chars()
                        .allMatch(c ->
                                Formats.letterOrDigit((char) c)
                                        || LOCAL_PART_MARKS.indexOf(c) >= 0);
    }

    /// RFC 2673 §3.2. No leading zeros, which some programs read as octal.
    static boolean ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (text.length() > 15 || parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean good =
                    !part.isEmpty()
                            && part.length() <= 3
                            && part.chars().allMatch(c -> Formats.digit((char) c))
                            && (part.length() == 1 || part.charAt(0) != '0')
                            && Integer.parseInt(part) <= 255;
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /// RFC 4291 §2.2, without a zone.
    static boolean ipv6(String text) {
        if (text.length() < 2 || text.length() > 45) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /// How many groups of 16 bits the text is; -1 when it is none.
    private static int groups(String text, boolean last) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int groups = 0;
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (last && i == parts.length - 1 && part.indexOf('.') >= 0) {
                return ipv4(part) ? groups + 2 : -1;
            }
            boolean good =
                    !part.isEmpty()
                            && part.length() <= 4
                            && part.chars().allMatch(c -> Formats.hexadecimal((char) c));
            if (!good) {
                return -1;
            }
            groups++;
        }
        return groups;
    }
}
