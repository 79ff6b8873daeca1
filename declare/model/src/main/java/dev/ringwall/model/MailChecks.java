package dev.ringwall.model;

/// What the words about letters and registration say of each other and of roles.
final class MailChecks {

    private final Declaration declaration;
    private final Findings findings;

    MailChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
    }

    void run() {
        Registration registration = declaration.registration();
        if (registration.mode() != Registration.Mode.CLOSED && declaration.mail().isEmpty()) {
            findings.error(
                    "mail-missing",
                    registration.line(),
                    "`registration: "
                            + registration.mode().word()
                            + "` without `mail` (expected: a server, since an account is opened by a code in a letter)",
                    "add `mail: { server: smtp.example.com, from: shop@example.com }`");
        }
        registration.role().ifPresent(name -> role(name, registration.line()));
    }

    private void role(String name, Line line) {
        Role role = declaration.roles().get(name);
        if (role == null) {
            findings.error(
                    "unknown-role",
                    line,
                    "`" + name + "` (expected: a role that is declared)",
                    Nearest.hint(
                            name,
                            declaration.roles().keySet(),
                            "declare it under `roles`, or name another"));
        } else if (role.login() != Role.Login.PASSWORD) {
            findings.error(
                    "role-not-for-people",
                    line,
                    "`%s` has `login: %s` (expected: a role with `login: password`, for who registers)"
                            .formatted(name, role.login().word()),
                    "name a role with `login: password`");
        }
    }
}
