package dev.ringwall.control;

import dev.ringwall.events.AdminAct;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.link.Certifying;
import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.DoorCertificate;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What the command line may ask about the certificate of the public name, with the operator's certificate. What is wanted is recorded
/// before it happens, and what the authority says of it after.
final class PublicNameInterface {

    /// The authority is waited for so long; what takes longer is done later.
    private static final Duration DONE_WITHIN = Duration.ofSeconds(30);

    private final AcmeKept kept;
    private final AcmeErrands errands;
    private final Supplier<Declaration> declaration;
    private final Journal journal;
    private final InstantSource clock;

    PublicNameInterface(
            AcmeKept kept,
            AcmeErrands errands,
            Supplier<Declaration> declaration,
            Journal journal,
            InstantSource clock) {
        this.kept = kept;
        this.errands = errands;
        this.declaration = declaration;
        this.journal = journal;
        this.clock = clock;
    }

    Map<String, Exchange.Handler> handlers() {
        Map<String, Exchange.Handler> handlers = new HashMap<>();
        handlers.put("POST " + Certifying.PUBLIC_NAME, this::replace);
        handlers.put("POST " + Certifying.ACCOUNT, this::changeKey);
        return OperatorInterface.operatorOnly(handlers);
    }

    private Exchange.Answer replace(Exchange exchange) throws InterruptedException {
        if (!(exchange.body(Certifying.NewCertificate.class)
                instanceof
                Json.Parsed.Value<Certifying.NewCertificate>(Certifying.NewCertificate wanted))) {
            return Exchange.unusable(
                    "not a wish for a certificate (expected: reason and confirmed)");
        }
        String reason = wanted.reason();
        if (reason != null && !Certifying.REASONS.contains(reason)) {
            return Exchange.unusable(
                    "`"
                            + reason
                            + "` is no reason to revoke (expected: one of "
                            + String.join(", ", Certifying.REASONS)
                            + ")");
        }
        Optional<URI> authority = authority();
        if (authority.isEmpty()) {
            return nobody();
        }
        URI directory = authority.get();
        Optional<Messages.KeyPair> have = kept.certificate(directory);
        if (have.isEmpty()
                || !(ServerCertificate.read(have.get().chain(), have.get().key(), clock.instant())
                        instanceof ServerCertificate.Read.Good(ServerCertificate certificate))) {
            return Exchange.unusable(
                    directory
                            + " has issued no certificate that is in force (`ringwall doctor` says what became of asking)");
        }
        String serial = AcmeRenewal.serial(certificate);
        if (reason != null && !wanted.confirmed()) {
            return Exchange.done(
                    new Certifying.Certificate(
                            directory.toString(),
                            serial,
                            certificate.notAfter(),
                            "no",
                            null,
                            null));
        }
        journal.administered(
                AdminAct.PUBLIC_NAME_ROTATED,
                OperatorInterface.operator(exchange),
                "door",
                Map.of(
                        "authority",
                        directory.toString(),
                        "certificate",
                        serial,
                        "revoke",
                        reason == null ? "no" : reason));
        Optional<AcmeErrand.Replacement> errand =
                errands.replace(directory, serial, have.get(), reason);
        if (errand.isEmpty()) {
            return Exchange.unusable(
                    "another certificate is on its way already (`ringwall doctor` says what is the matter)");
        }
        AcmeErrand.Replacement now =
                errands.await(
                        () -> kept.replacement(directory).orElse(errand.get()),
                        AcmeErrand.Replacement::over,
                        DONE_WITHIN);
        return Exchange.done(
                new Certifying.Certificate(
                        directory.toString(),
                        serial,
                        certificate.notAfter(),
                        switch (now.revocation()) {
                            case UNASKED -> "no";
                            case WANTED -> "not yet";
                            case DONE -> "yes";
                            case REFUSED -> "refused";
                        },
                        now.by(),
                        now.said()));
    }

    private Exchange.Answer changeKey(Exchange exchange) throws InterruptedException {
        Optional<URI> authority = authority();
        if (authority.isEmpty()) {
            return nobody();
        }
        URI directory = authority.get();
        journal.administered(
                AdminAct.ACME_ACCOUNT_ROTATED,
                OperatorInterface.operator(exchange),
                "door",
                Map.of("authority", directory.toString()));
        Optional<AcmeErrand.AccountKey> errand = errands.changeKey(directory);
        AcmeErrand.AccountKey now =
                errands.await(
                        () -> kept.accountKey(directory).or(() -> errand).orElseThrow(),
                        one -> one.state() != AcmeErrand.State.WANTED || one.said() != null,
                        DONE_WITHIN);
        return now.state() == AcmeErrand.State.REFUSED
                ? Exchange.unusable(directory + " " + now.said())
                : Exchange.done(
                        new Certifying.Account(
                                directory.toString(),
                                now.state() == AcmeErrand.State.DONE,
                                now.said()));
    }

    private Optional<URI> authority() {
        return declaration.get().door().certificate() instanceof DoorCertificate.Acme acme
                ? Optional.of(acme.directory())
                : Optional.empty();
    }

    private static Exchange.Answer nobody() {
        return Exchange.unusable(
                "the declaration has no authority certify the public name (expected: `door: { certificate: { acme: … } }`)");
    }
}
