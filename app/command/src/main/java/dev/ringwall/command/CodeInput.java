package dev.ringwall.command;

import dev.ringwall.attack.SecondFactor;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where the code of the operator's authenticator app comes from, for a role with `mfa: always`: the terminal, or a line of standard input. As any
/// secret it is never an argument, which other users of the machine can see.
final class CodeInput {

    @Option(
            names = "--code-stdin",
            description =
                    "Read the code of the authenticator app, which roles with `mfa: always` show, from standard input (default: ask at the terminal).")
    private boolean piped;

    /// What the operator's account of that role shows besides its password.
    SecondFactor of(String role, Screen screen) {
        return new Asked(
                role,
                screen,
                Screen.console().filter(_ -> !piped),
                piped
                        ? Optional.of(
                                new BufferedReader(
                                        new InputStreamReader(System.in, StandardCharsets.UTF_8)))
                        : Optional.empty());
    }

    private record Asked(
            String role, Screen screen, Optional<Console> console, Optional<BufferedReader> lines)
            implements SecondFactor {

        @Override
        public String code() throws IOException {
            if (console.isPresent()) {
                return typed(console.get().readLine("code of the app of dev-%s: ", role));
            }
            if (lines.isPresent()) {
                return typed(lines.get().readLine());
            }
            throw new Unusable(
                    "`"
                            + role
                            + "` shows a second factor, and there is no terminal to ask for it"
                            + " (expected: the code on standard input, with --code-stdin)");
        }

        private String typed(String line) {
            if (line == null || line.isBlank()) {
                throw new Unusable(
                        "no code of the authenticator app came (expected: the six digits that it shows for dev-"
                                + role
                                + ", each good once)");
            }
            return line.strip();
        }

        @Override
        public void add(String key) {
            if (console.isEmpty()) {
                throw new Unusable(
                        "dev-"
                                + role
                                + " has no authenticator app yet; add one at a terminal: `ringwall token --as "
                                + role
                                + "` shows its key");
            }
            screen.say("dev-" + role + " must have an authenticator app. Type this key into one:");
            screen.say("  " + Screen.harmless(key));
        }

        @Override
        public void keep(List<String> recoveryCodes) {
            screen.say("Recovery codes, shown this once; each does for one code of the app:");
            recoveryCodes.forEach(code -> screen.say("  " + Screen.harmless(code)));
        }
    }
}
