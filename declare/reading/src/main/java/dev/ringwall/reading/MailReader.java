package dev.ringwall.reading;

import dev.ringwall.model.Mail;
import dev.ringwall.model.Registration;
import dev.ringwall.model.Registration.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how people are written to, `{ server: smtp.example.com, from: shop@example.com, login: shop, secret: smtp-password }`, and who may
/// make an account, `{ who: open, role: shopper }`.
final class MailReader {

    static final List<String> KEYS = List.of("server", "from", "login", "secret");
    static final List<String> REGISTRATION_KEYS = List.of("who", "role");
    static final Map<String, Mode> MODES = Choice.words(Mode.values(), Mode::word);

    private static final Pattern SERVER = Pattern.compile("([a-z0-9.-]{1,253})(?::([0-9]{1,5}))?");
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,189}");

    private final Problems problems;

    MailReader(Problems problems) {
        this.problems = problems;
    }

    Optional<Mail> mail(Section top) {
        return top.value("mail")
                .flatMap(value -> Section.of(value, "`mail`", KEYS, problems))
                .flatMap(this::server);
    }

    private Optional<Mail> server(Section section) {
        Optional<Yaml.Text> server = section.requiredText("server", "smtp.example.com:587");
        Optional<Yaml.Text> from =
                section.requiredText("from", "shop@example.com").filter(this::address);
        Optional<Yaml.Text> login = section.text("login");
        Optional<Yaml.Text> secret =
                section.text("secret").filter(text -> Named.isName(text, problems));
        if (login.isPresent()) {
            section.require("secret", "smtp-password");
        }
        if (secret.isPresent()) {
            section.require("login", "shop@example.com");
        }
        Matcher parts = SERVER.matcher(server.map(Yaml.Text::value).orElse(""));
        boolean reachable = server.isPresent() && reachable(parts, server.get());
        if (from.isEmpty() || !reachable) {
            return Optional.empty();
        }
        return Optional.of(
                new Mail(
                        parts.group(1),
                        port(parts),
                        from.get().value(),
                        login.map(Yaml.Text::value),
                        secret.map(Yaml.Text::value),
                        section.line()));
    }

    private static int port(Matcher parts) {
        return parts.group(2) == null ? Mail.PORT_DEFAULT : Integer.parseInt(parts.group(2));
    }

    private boolean reachable(Matcher parts, Yaml.Text server) {
        if (parts.matches() && port(parts) > 0 && port(parts) <= Urls.PORT_MAX) {
            return true;
        }
        problems.unexpected(
                "bad-url",
                server,
                "a host name in small letters and maybe a port",
                "write it like `smtp.example.com:587`; TLS is always spoken");
        return false;
    }

    private boolean address(Yaml.Text text) {
        boolean address = ADDRESS.matcher(text.value()).matches();
        if (!address) {
            problems.unexpected(
                    "bad-contact", text, "a mail address", "write it like `shop@example.com`");
        }
        return address;
    }

    Registration registration(Section top) {
        return top.value("registration")
                .flatMap(value -> Section.of(value, "`registration`", REGISTRATION_KEYS, problems))
                .map(this::makers)
                .orElseGet(() -> Registration.closed(top.line()));
    }

    private Registration makers(Section section) {
        Mode mode =
                section.requiredText("who", "invite")
                        .flatMap(text -> Choice.of(text, MODES, problems))
                        .orElse(Mode.CLOSED);
        if (mode == Mode.OPEN) {
            section.require("role", "shopper");
        } else if (section.has("role")) {
            problems.error(
                    "not-for-this-kind",
                    section.lineOf("role"),
                    "`role` with `who: "
                            + mode.word()
                            + "` (expected: with `open` only; an invitation names its role)",
                    "take `role` out");
        }
        return new Registration(mode, section.text("role").map(Yaml.Text::value), section.line());
    }
}
