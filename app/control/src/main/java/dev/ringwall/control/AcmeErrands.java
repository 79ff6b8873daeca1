package dev.ringwall.control;

import dev.ringwall.events.AdminAct;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.link.Messages;
import dev.ringwall.model.DoorCertificate;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.RevocationReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the errands of operators to authorities. One thread runs them; any may want some, or wait for what becomes of them.
final class AcmeErrands {

    private static final Logger LOG = LoggerFactory.getLogger(AcmeErrands.class);

    private final AcmeKept kept;
    private final Journal journal;
    private final InstantSource clock;

    AcmeErrands(AcmeKept kept, Journal journal, InstantSource clock) {
        this.kept = kept;
        this.journal = journal;
        this.clock = clock;
    }

    /// Another certificate is wanted in place of that one; empty where one is on its way already of which more is wanted than that.
    ///
    /// @param reason why it is revoked; null where it is not
    synchronized Optional<AcmeErrand.Replacement> replace(
            URI directory, String serial, Messages.KeyPair pair, @Nullable String reason) {
        Optional<AcmeErrand.Replacement> before =
                kept.replacement(directory).filter(one -> !one.over());
        if (before.isPresent() && (reason == null || before.get().reason() != null)) {
            return Optional.empty();
        }
        AcmeErrand.Replacement wanted = AcmeErrand.Replacement.of(serial, pair, reason);
        kept.keep(directory, wanted);
        kept.forgetAttempt();
        return Optional.of(wanted);
    }

    /// Another key is wanted for the account; empty where one is wanted already.
    synchronized Optional<AcmeErrand.AccountKey> changeKey(URI directory) {
        if (kept.accountKey(directory).filter(AcmeErrands::wanted).isPresent()) {
            return Optional.empty();
        }
        AcmeErrand.AccountKey fresh = AcmeErrand.AccountKey.fresh();
        kept.keep(directory, fresh);
        return Optional.of(fresh);
    }

    /// Waits until that is so, at most that long, and says how it is then.
    synchronized <T> T await(Supplier<T> look, Predicate<T> over, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        T seen = look.get();
        while (!over.test(seen)) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                break;
            }
            wait(leftMillis);
            seen = look.get();
        }
        return seen;
    }

    /// Runs what is due.
    void run(DoorCertificate.Acme acme) {
        Instant now = clock.instant();
        kept.accountKey(acme.directory())
                .filter(one -> wanted(one) && !now.isBefore(one.next()))
                .ifPresent(one -> changeKey(acme, one));
        kept.replacement(acme.directory())
                .filter(one ->
                        one.revocation() == AcmeErrand.State.WANTED && !now.isBefore(one.next()))
                .ifPresent(one -> revoke(acme, one));
    }

    /// Makes sure that the account's key is known before the account is used: who orders with a key that is none any more gets another
    /// account.
    ///
    /// @return why it is not known; empty where it is
    Optional<String> settle(DoorCertificate.Acme acme) {
        kept.accountKey(acme.directory())
                .filter(AcmeErrands::wanted)
                .ifPresent(one -> changeKey(acme, one));
        return kept.accountKey(acme.directory())
                .filter(AcmeErrands::wanted)
                .map(one -> "may have another key for our account or not: it " + one.said());
    }

    /// Whether another certificate is wanted in place of that one.
    boolean replaces(URI directory, ServerCertificate certificate) {
        return kept.replacement(directory)
                .filter(one ->
                        one.by() == null
                                && one.certificate().equals(AcmeRenewal.serial(certificate)))
                .isPresent();
    }

    /// That one is there now.
    synchronized void obtained(URI directory, ServerCertificate certificate) {
        String serial = AcmeRenewal.serial(certificate);
        kept.replacement(directory)
                .filter(one -> one.by() == null && !one.certificate().equals(serial))
                .ifPresent(one -> kept.keep(directory, one.replacedBy(serial)));
        notifyAll();
    }

    /// What is the matter with an errand that is not done.
    Optional<String> lacking(URI directory) {
        return kept.replacement(directory)
                .filter(one -> one.revocation() == AcmeErrand.State.WANTED && one.said() != null)
                .map(one ->
                        "certificate "
                                + one.certificate()
                                + " is not revoked yet: "
                                + directory
                                + " "
                                + one.said())
                .or(() ->
                        kept.accountKey(directory)
                                .filter(one -> wanted(one) && one.said() != null)
                                .map(one ->
                                        "the account's key is not known to be changed: "
                                                + directory
                                                + " "
                                                + one.said()));
    }

    private static boolean wanted(AcmeErrand.AccountKey one) {
        return one.state() == AcmeErrand.State.WANTED;
    }

    private void revoke(DoorCertificate.Acme acme, AcmeErrand.Replacement wanted) {
        Messages.KeyPair pair = wanted.pair();
        String reason = wanted.reason();
        if (pair == null
                || reason == null
                || !(ServerCertificate.read(pair.chain(), pair.key(), clock.instant())
                        instanceof ServerCertificate.Read.Good(ServerCertificate certificate))) {
            keep(acme, one -> one.revoked(AcmeErrand.State.REFUSED, "it has ended"));
            return;
        }
        Instant again = again(wanted.failures());
        keep(acme, one -> one.failed(null, again));
        AcmeAccount.Answer answer =
                new AcmeAccount(acme, kept.account(acme.directory()))
                        .revoke(certificate, reason(reason));
        Map<String, String> details =
                Map.of(
                        "authority",
                        acme.directory().toString(),
                        "certificate",
                        wanted.certificate(),
                        "reason",
                        reason);
        switch (answer) {
            case AcmeAccount.Answer.Done _ -> {
                journal.administered(AdminAct.CERTIFICATE_REVOKED, "door", details);
                keep(acme, one -> one.revoked(AcmeErrand.State.DONE, null));
            }
            case AcmeAccount.Answer.Refused(String said) -> {
                String why = AcmeKept.printable(said);
                journal.administered(
                        AdminAct.CERTIFICATE_NOT_REVOKED, "door", with(details, "why", why));
                keep(acme, one -> one.revoked(AcmeErrand.State.REFUSED, why));
            }
            case AcmeAccount.Answer.Unknown(String said) -> {
                String why = AcmeKept.printable(said);
                LOG.atError().addKeyValue("why", why).log("the certificate is not revoked yet");
                keep(acme, one -> one.saying(why));
            }
        }
    }

    private void changeKey(DoorCertificate.Acme acme, AcmeErrand.AccountKey wanted) {
        String jwk = wanted.jwk();
        if (jwk == null) {
            throw new IllegalStateException("a key is wanted, and there is none");
        }
        URI directory = acme.directory();
        Instant again = again(wanted.failures());
        kept.keep(directory, wanted.failed(null, again));
        AcmeAccount.Answer answer =
                new AcmeAccount(acme, kept.account(directory)).changeKey(AcmeKept.key(jwk));
        Map<String, String> details = Map.of("authority", directory.toString());
        switch (answer) {
            case AcmeAccount.Answer.Done _ -> {
                journal.administered(AdminAct.ACME_KEY_CHANGED, "door", details);
                kept.keepAccount(directory, jwk, wanted.done());
            }
            case AcmeAccount.Answer.Refused(String said) -> {
                String why = AcmeKept.printable(said);
                journal.administered(
                        AdminAct.ACME_KEY_NOT_CHANGED, "door", with(details, "why", why));
                kept.keep(directory, wanted.refused(why));
            }
            case AcmeAccount.Answer.Unknown(String said) -> {
                String why = AcmeKept.printable(said);
                LOG.atError().addKeyValue("why", why).log("the account's key is not changed yet");
                kept.keep(directory, wanted.failed(why, again));
            }
        }
        told();
    }

    /// It is tried again later also where what comes of it is lost.
    private Instant again(int failures) {
        return clock.instant().plus(AcmeErrand.waitAfter(failures + 1));
    }

    /// The errand is read again first: meanwhile more may be wanted.
    private synchronized void keep(
            DoorCertificate.Acme acme, UnaryOperator<AcmeErrand.Replacement> change) {
        kept.replacement(acme.directory())
                .ifPresent(one -> kept.keep(acme.directory(), change.apply(one)));
        notifyAll();
    }

    private synchronized void told() {
        notifyAll();
    }

    private static Map<String, String> with(
            Map<String, String> details, String name, String value) {
        Map<String, String> more = new HashMap<>(details);
        more.put(name, value);
        return more;
    }

    /// A reason as commands write it.
    static RevocationReason reason(String word) {
        return RevocationReason.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
