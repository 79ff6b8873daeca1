package dev.ringwall.shape;

/// JSON pointers for people (RFC 6901): names may be an attacker's, so they are shortened and control characters are taken out.
final class Pointer {

    /// The longest pointer that is shown, in characters.
    static final int CHARS_MAX = 200;

    private Pointer() {}

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static String clipped(String pointer) {
        String shown =
                pointer.length() <= CHARS_MAX ? pointer : pointer.substring(0, CHARS_MAX) + "…";
        StringBuilder plain = new StringBuilder(shown.length());
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            boolean odd =
                    Character.isISOControl(c)
                            || Character.isSurrogate(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.LINE_SEPARATOR
                            || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
            plain.append(odd ? '?' : c);
        }
        return plain.toString();
    }
}
