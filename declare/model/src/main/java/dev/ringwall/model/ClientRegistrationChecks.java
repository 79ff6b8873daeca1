package dev.ringwall.model;

import dev.ringwall.model.Client.Kind;
import java.util.Map;

/// Clients that register themselves have roles that exist and fit what they may be; and nobody makes a program that speaks for itself
/// without having been asked.
final class ClientRegistrationChecks {

    private final Declaration declaration;
    private final Findings findings;

    ClientRegistrationChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
    }

    void run() {
        declaration.clientRegistration().ifPresent(this::check);
    }

    private void check(ClientRegistration says) {
        says.roles().forEach((role, line) -> role(says, role, line));
        says.kinds().forEach((kind, line) -> kind(says, kind, line));
    }

    private void role(ClientRegistration says, String name, Line line) {
        findings.role(name, line)
                .filter(role ->
                        says.kinds().keySet().stream().noneMatch(kind -> kind.fits(role.login())))
                .ifPresent(role ->
                        findings.error(
                                "role-not-for-client",
                                line,
                                "`%s` has `login: %s`, and no client of `kinds` is for such a role"
                                                .formatted(name, role.login().word())
                                        + " (expected: `machine` for `login: client`, `web`, `browser` or `native` for people)",
                                "take it out, or add a kind"));
    }

    private void kind(ClientRegistration says, Kind kind, Line line) {
        if (kind == Kind.MACHINE && says.mode() == Registration.Mode.OPEN) {
            findings.error(
                    "open-to-machines",
                    line,
                    "`machine` with `who: open` (expected: `who: invite`, since such a client needs no person to get its rights)",
                    "write `who: invite`, or take `machine` out");
        }
        Map<String, Role> roles = declaration.roles();
        boolean none =
                says.roles().keySet().stream()
                        .map(roles::get)
                        .noneMatch(role -> role == null || kind.fits(role.login()));
        if (none) {
            findings.error(
                    "kind-without-role",
                    line,
                    "`%s` without a role that clients of that kind are for (expected: %s)"
                            .formatted(kind.word(), kind.fitting()),
                    "add such a role, or take `" + kind.word() + "` out");
        }
    }
}
