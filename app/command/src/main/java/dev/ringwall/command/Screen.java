package dev.ringwall.command;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a command prints: results to one stream, progress and complaints to the other, colour only for eyes.
record Screen(PrintStream out, PrintStream err, boolean colour) {

    /// The terminal. No colour when `NO_COLOR` is set (no-color.org), when `TERM` is `dumb`, or when output is piped.
    static Screen terminal() {
        boolean eyes = console().isPresent();
        boolean colour =
                eyes && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new Screen(
                new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out),
                        true,
                        StandardCharsets.UTF_8),
                new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.err),
                        true,
                        StandardCharsets.UTF_8),
                colour);
    }

    /// The console that a person sits at; empty where there is none.
    @SuppressWarnings("SystemConsoleNull") // it is null again where input or output is piped
    static Optional<Console> console() {
        Console console = System.console();
        return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
    }

    /// A result.
    void print(String line) {
        out.println(line);
    }

    /// Progress or a complaint.
    void say(String line) {
        err.println(line);
    }

    /// Progress that takes the place of what stood there before; nothing where nobody watches.
    void progress(String line) {
        if (colour) {
            err.print("\r\u001b[K" + harmless(line));
            err.flush();
        }
    }

    /// The line of progress is done with.
    void progressEnds() {
        if (colour) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    String good(String text) {
        return painted("32", text);
    }

    String bad(String text) {
        return painted("31;1", text);
    }

    String faint(String text) {
        return painted("2", text);
    }

    String strong(String text) {
        return painted("1", text);
    }

    private String painted(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /// The text without control characters, so that what a peer said cannot steer the terminal.
    static String harmless(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point ->
                        safe.appendCodePoint(
                                Character.isISOControl(point) && point != '\n' ? 0xFFFD : point));
        return safe.toString();
    }
}
