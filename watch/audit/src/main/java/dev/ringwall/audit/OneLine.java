package dev.ringwall.audit;

/// Text that strangers may have chosen, made fit for a terminal: what would move the cursor, break the line or turn the direction of writing
/// is shown as `\u001b`.
final class OneLine {

    private OneLine() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    int type = Character.getType(c);
                    boolean harmless =
                            type != Character.CONTROL
                                    && type != Character.FORMAT
                                    && type != Character.LINE_SEPARATOR
                                    && type != Character.PARAGRAPH_SEPARATOR
                                    && type != Character.SURROGATE;
                    if (harmless) {
                        line.appendCodePoint(c);
                    } else {
                        line.append(String.format("\\u%04x", c));
                    }
                });
        return line.toString();
    }
}
