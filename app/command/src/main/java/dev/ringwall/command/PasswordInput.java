package dev.ringwall.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads a secret without showing it: hidden at a terminal, one line from a pipe. Secrets are never taken from arguments, which other
/// users of the machine can see.
final class PasswordInput {

    private PasswordInput() {}

    static String read() {
        Optional<Console> console = Screen.console();
        if (console.isPresent()) {
            char[] typed = console.get().readPassword("secret: ");
            if (typed == null || typed.length == 0) {
                throw new Unusable("nothing was typed (expected: a secret)");
            }
            return new String(typed);
        }
        try {
            String line =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                            .readLine();
            if (line == null || line.isEmpty()) {
                throw new Unusable("standard input is empty (expected: the secret on one line)");
            }
            return line;
        } catch (IOException unreadable) {
            throw new Unusable("cannot read standard input", unreadable);
        }
    }
}
