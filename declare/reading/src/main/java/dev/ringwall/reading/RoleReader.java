package dev.ringwall.reading;

import dev.ringwall.model.Limit;
import dev.ringwall.model.Network;
import dev.ringwall.model.Role;
import dev.ringwall.model.Role.Login;
import dev.ringwall.model.Role.Mfa;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one role: `{ login: api-key, rotate: 90d, from: [203.0.113.0/24], limit: 5000/day }`.
final class RoleReader {

    static final List<String> KEYS = List.of("login", "mfa", "session", "rotate", "from", "limit");

    static final Map<String, Login> LOGINS = Choice.words(Login.values(), Login::word);

    static final Map<String, Mfa> MFA =
            Choice.words(Mfa.values(), mfa -> mfa == Mfa.ALWAYS ? "always" : "never");

    /// Words that stand for callers who have no role.
    static final Set<String> TAKEN = Set.of("anyone", "nobody");

    private static final Set<Login> PEOPLE = Set.of(Login.PASSWORD, Login.SSO);

    private final Problems problems;

    RoleReader(Problems problems) {
        this.problems = problems;
    }

    Optional<Role> read(Yaml.Entry entry) {
        if (TAKEN.contains(entry.key().value())) {
            problems.unexpected(
                    "reserved-name",
                    entry.key(),
                    "a name that has no meaning yet",
                    "choose another name");
        }
        return Section.of(entry.value(), "a role", KEYS, problems)
                .map(section -> read(entry.key(), section));
    }

    private Role read(Yaml.Text name, Section section) {
        Optional<Login> login =
                section.requiredText("login", "password")
                        .flatMap(text -> Choice.of(text, LOGINS, problems));
        Mfa mfa =
                section.text("mfa")
                        .flatMap(text -> Choice.of(text, MFA, problems))
                        .orElse(Mfa.NEVER);
        login.ifPresent(known -> {
            only(section, known, "session", PEOPLE, "a login of people");
            only(section, known, "mfa", PEOPLE, "a login of people");
            only(section, known, "rotate", Set.of(Login.API_KEY), "`login: api-key`");
            only(section, known, "from", Set.of(Login.API_KEY), "`login: api-key`");
        });
        return new Role(
                name.value(),
                login.orElse(Login.PASSWORD),
                mfa,
                time(section, "session", Durations.Range.SESSION).orElse(Role.SESSION_DEFAULT),
                time(section, "rotate", Durations.Range.ROTATE),
                networks(section),
                limits(section),
                name.line());
    }

    /// What cannot be enforced for this login must not be written as if it were.
    private void only(Section section, Login login, String key, Set<Login> good, String words) {
        if (section.has(key) && !good.contains(login)) {
            problems.error(
                    "not-for-this-login",
                    section.lineOf(key),
                    "`"
                            + key
                            + "` with `login: "
                            + login.word()
                            + "` (expected: with "
                            + words
                            + " only)",
                    "take `" + key + "` out");
        }
    }

    private Optional<Duration> time(Section section, String key, Durations.Range range) {
        return section.text(key).flatMap(text -> Durations.read(text, range, problems));
    }

    private List<Network> networks(Section section) {
        List<Network> networks = new ArrayList<>();
        for (Yaml.Text text : section.oneOrMore("from")) {
            Network.parse(text.value())
                    .ifPresentOrElse(
                            networks::add,
                            () ->
                                    problems.unexpected(
                                            "bad-network",
                                            text,
                                            "an address or a block of addresses with nothing set past its prefix",
                                            "write it like `203.0.113.0/24` or `2001:db8::/32`"));
        }
        return networks;
    }

    private List<Limit> limits(Section section) {
        List<Limit> limits = Limits.read(section.oneOrMore("limit"), Limit.Key.CALLER, problems);
        for (Limit limit : limits) {
            if (limit.key() == Limit.Key.OPERATION) {
                problems.error(
                        "bad-limit",
                        limit.line(),
                        "`per operation` on a role (expected: per caller, per role or per address)",
                        "move it to the operation, or leave `per operation` out");
            }
        }
        return limits;
    }
}
