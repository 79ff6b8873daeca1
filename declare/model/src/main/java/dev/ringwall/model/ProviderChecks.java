package dev.ringwall.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Outside providers stand for roles that exist and fit them, and are believed no further than they can know.
final class ProviderChecks {

    /// What people can often choose by themselves at a provider, or get from somebody who had it before them.
    private static final Set<String> NO_PROOF =
            Set.of(
                    "email",
                    "preferred_username",
                    "upn",
                    "unique_name",
                    "name",
                    "given_name",
                    "family_name",
                    "nickname",
                    "phone_number",
                    "profile",
                    "website",
                    "locale");

    private final Declaration declaration;
    private final Findings findings;

    ProviderChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
    }

    void run() {
        Set<String> given = new TreeSet<>();
        Map<String, OutsideProvider> issuers = new HashMap<>();
        for (OutsideProvider provider : declaration.providers().values()) {
            given.addAll(provider.roles().keySet());
            OutsideProvider other = issuers.putIfAbsent(provider.issuer(), provider);
            if (other != null) {
                findings.error(
                        "same-issuer",
                        provider.line(),
                        "`%s` has the issuer of `%s` (expected: each provider once)"
                                .formatted(provider.name(), other.name()),
                        "put the roles of both into one");
            }
            check(provider);
        }
        for (Role role : declaration.roles().values()) {
            if (role.login() == Role.Login.SSO && !given.contains(role.name())) {
                findings.error(
                        "role-without-provider",
                        role.line(),
                        "`"
                                + role.name()
                                + "` has `login: sso`, and no provider gives it (expected: one that does)",
                        "add `identity-providers: { acme: { issuer: https://login.example.com, client: "
                                + declaration.system()
                                + ", secret: acme-client, roles: { "
                                + role.name()
                                + ": [groups=…] } } }`");
            }
        }
    }

    private void check(OutsideProvider provider) {
        provider.roles().forEach((role, mapping) -> role(provider, role, mapping));
        provider.exchange().forEach((client, line) -> exchange(provider, client, line));
        if (provider.issuer().startsWith("http:")) {
            findings.note(
                    "issuer-without-tls",
                    provider.line(),
                    "`" + provider.name() + "` is on this machine and without TLS: a stand-in",
                    "name the real one before the system is used in earnest");
        }
    }

    private void role(OutsideProvider provider, String name, OutsideProvider.Mapping mapping) {
        Role role = findings.role(name, mapping.line()).orElse(null);
        if (role == null) {
            return;
        }
        if (role.login() != Role.Login.SSO) {
            findings.error(
                    "role-not-for-provider",
                    mapping.line(),
                    "`%s` has `login: %s` (expected: a role with `login: sso`, for who comes from `%s`)"
                            .formatted(name, role.login().word(), provider.name()),
                    "declare a role of its own with `login: sso`");
            return;
        }
        if (role.mfa() == Role.Mfa.ALWAYS && !provider.secondFactor().known()) {
            findings.error(
                    "no-second-factor",
                    mapping.line(),
                    "`%s` has `mfa: always`, and nothing that `%s` says counts as a second factor"
                            .formatted(name, provider.name()),
                    "add what it says when somebody showed one: `amr: [mfa]` or `acr: […]`");
        }
        if (mapping.everyone()) {
            findings.warning(
                    "provider-gives-everyone",
                    provider.name(),
                    mapping.line(),
                    "whoever has an account at `%s` may come in as `%s`"
                            .formatted(provider.issuer(), name),
                    "name a claim that your organisation alone gives, such as `[groups=staff]` or `[hd=example.com]`");
        }
        for (OutsideProvider.Claim claim : mapping.claims()) {
            if (NO_PROOF.contains(claim.name())) {
                findings.error(
                        "claim-proves-nothing",
                        mapping.line(),
                        "`%s` gives `%s` (expected: a claim that people cannot choose for themselves)"
                                .formatted(claim.name(), name),
                        "map a group or a role of the provider, such as `[groups=staff]`");
            }
        }
    }

    private void exchange(OutsideProvider provider, String name, Line line) {
        Client client = declaration.clients().get(name);
        if (client == null) {
            findings.error(
                    "unknown-client",
                    line,
                    "`" + name + "` (expected: a client that is declared)",
                    Nearest.hint(
                            name,
                            declaration.clients().keySet(),
                            "declare it under `clients`, or take it out here"));
        } else if (client.actsFor().keySet().stream().noneMatch(provider.roles()::containsKey)) {
            findings.error(
                    "exchange-for-nobody",
                    line,
                    "`%s` acts for none of the roles that `%s` gives"
                            .formatted(name, provider.name()),
                    "add `acts-for: ["
                            + String.join(", ", provider.roles().keySet())
                            + "]` to the client");
        }
    }
}
