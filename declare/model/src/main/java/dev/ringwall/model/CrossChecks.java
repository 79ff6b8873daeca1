package dev.ringwall.model;

import java.util.List;

/// What must hold between the parts of a declaration, as a reviewer with an eye for attacks would look at it.
///
/// Each rule has a stable word; `docs/reference/findings.md` explains them one by one.
final class CrossChecks {

    private CrossChecks() {}

    static List<Problem> of(Declaration declaration) {
        Findings findings = new Findings(declaration);
        declaration
                .unenforced()
                .forEach((line, word) ->
                        findings.error(
                                "not-enforced-yet",
                                line,
                                "`"
                                        + word
                                        + "` is understood, but this version does not enforce it",
                                "take the line out, so that nobody relies on it"));
        if (declaration.door().certificate() instanceof DoorCertificate.Acme acme) {
            if (declaration.door().served(declaration.domain()).isEmpty()) {
                findings.error(
                        "bad-certificate",
                        acme.line(),
                        "`acme` for a door without a host name (expected: a name that the authority can ask after)",
                        "add `domain: shop.example.com`, or `names` to `door`");
            }
        }
        new NameChecks(declaration, findings).run();
        new ClientChecks(declaration, findings).run();
        new ProviderChecks(declaration, findings).run();
        new MailChecks(declaration, findings).run();
        new ClientRegistrationChecks(declaration, findings).run();
        new DataChecks(declaration, findings).run();
        new RouteChecks(declaration, findings).run();
        new AccessChecks(declaration, findings).run();
        new RequiresChecks(declaration, findings).run();
        new LimitChecks(declaration, findings).run();
        new OutsideChecks(declaration, findings).run();
        return findings.problems();
    }
}
