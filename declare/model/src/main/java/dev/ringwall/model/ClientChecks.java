package dev.ringwall.model;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;

/// Clients stand for roles that exist and that fit them.
final class ClientChecks {

    private final Declaration declaration;
    private final Findings findings;

    ClientChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
    }

    void run() {
        declaration.clients().values().forEach(this::check);
    }

    private void check(Client client) {
        client.roles().forEach((role, line) -> role(client, role, line));
        client.actsFor().forEach((role, line) -> actsFor(client, role, line));
        client.returnTo()
                .forEach((address, line) -> {
                    if (address.startsWith("http:") && client.profile() == Client.Profile.FAPI_2) {
                        findings.error(
                                "profile-needs-tls",
                                line,
                                "`"
                                        + address
                                        + "` (expected: https, since the profile asks for it)",
                                "name an address with https, or take `profile` out");
                    } else if (address.startsWith("http:") && client.kind() != Client.Kind.NATIVE) {
                        findings.note(
                                "return-without-tls",
                                line,
                                "`"
                                        + client.name()
                                        + "` is sent codes without TLS, on this machine",
                                "name the real one before the system is used in earnest");
                    }
                });
        administering(client);
        if (client.proof() == Client.Proof.CERTIFICATE
                && declaration.door().mutualTls().isEmpty()) {
            findings.error(
                    "nobody-asks-for-certificates",
                    client.line(),
                    "`"
                            + client.name()
                            + "` proves itself by a certificate, and no host of the door asks for one",
                    "write `door: { mutual-tls: mtls.example.com }`, or `proof: keys`");
        }
        if (client.profile() == Client.Profile.FAPI_2
                && client.signedWith() == SigningAlgorithm.RS256) {
            findings.error(
                    "weak-signature",
                    client.line(),
                    "`"
                            + client.name()
                            + "` is told in RS256 (expected: ES256, PS256 or EdDSA, since the profile asks for it)",
                    "take `signed-with` out");
        }
        sector(client);
        client.logout()
                .frontChannel()
                .filter(page -> client.returnTo().keySet().stream().noneMatch(sameOrigin(page)))
                .ifPresent(page ->
                        findings.error(
                                "logout-elsewhere",
                                client.line(),
                                "`"
                                        + page
                                        + "` (expected: an address of an origin that people return to)",
                                "name a page of `" + client.name() + "` itself"));
    }

    /// Whatever a service puts into a page at the door could sign an administrator in through such a client, without a question.
    private void administering(Client client) {
        Set<String> administrators = new TreeSet<>(client.roles().keySet());
        administrators.retainAll(declaration.administrators());
        if (administrators.isEmpty()) {
            return;
        }
        for (String address : declaration.besideServices(client)) {
            findings.warning(
                    "administration-beside-services",
                    client.name(),
                    client.returnTo().getOrDefault(address, client.line()),
                    "`%s` is for `%s`, who administer, and `%s` is of the same origin as the pages of services, so its tokens never administer"
                            .formatted(client.name(), String.join("`, `", administrators), address),
                    "let its people return to a host of its own, or administer at `/auth/administration`");
        }
    }

    private void actsFor(Client client, String name, Line line) {
        findings.role(name, line)
                .filter(role -> !role.login().forPeople())
                .ifPresent(role ->
                        findings.error(
                                "role-not-for-client",
                                line,
                                "`%s` has `login: %s`, and `%s` acts for people (expected: a role that people sign in with)"
                                        .formatted(name, role.login().word(), client.name()),
                                "take it out"));
    }

    private void role(Client client, String name, Line line) {
        findings.role(name, line)
                .filter(role -> !client.kind().fits(role.login()))
                .ifPresent(role ->
                        findings.error(
                                "role-not-for-client",
                                line,
                                "`%s` has `login: %s`, and `%s` is a client of kind `%s` (expected: %s)"
                                        .formatted(
                                                name,
                                                role.login().word(),
                                                client.name(),
                                                client.kind().word(),
                                                client.kind().fitting()),
                                "take it out, or write another `kind`"));
    }

    /// Ids of its own belong to somebody, and which client shares them with which must be clear.
    private void sector(Client client) {
        boolean own = client.subject() == Client.Subject.PAIRWISE;
        if (!own || client.ownSector().isPresent()) {
            return;
        }
        if (client.hosts().size() > 1) {
            findings.error(
                    "several-sectors",
                    client.line(),
                    "`"
                            + client.name()
                            + "` knows people by ids of its own, but has several hosts: "
                            + String.join(", ", client.hosts()),
                    "say whose ids they are: `sector: app.example.com`; or let people return to one host");
        } else {
            findings.error(
                    "no-sector",
                    client.line(),
                    "`"
                            + client.name()
                            + "` knows people by ids of its own, and has no host by which others could be told apart from it",
                    "say whose ids they are: `sector: app.example.com`");
        }
    }

    private static java.util.function.Predicate<String> sameOrigin(URI page) {
        return address -> {
            URI other = URI.create(address);
            return page.getScheme().equals(other.getScheme())
                    && page.getRawAuthority().equals(other.getRawAuthority());
        };
    }
}
