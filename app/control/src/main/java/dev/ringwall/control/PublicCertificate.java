package dev.ringwall.control;

import dev.ringwall.events.AdminAct;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.link.Messages;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.DoorCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that the public name has a certificate of the declared authority (RFC 8555): asks for the first one, and for the next when the
/// authority suggests it or while a third of its life is left. Until there is one, doors show that of the system's own authority.
final class PublicCertificate implements Upkeep.Look {

    /// After a failure it is asked again after so long, then twice as long, and so on. Authorities shut out who asks too often.
    static final Duration AGAIN_AFTER = Duration.ofMinutes(5);

    /// It is not waited longer than this, unless the authority says so.
    static final Duration AGAIN_AFTER_MAX = Duration.ofHours(12);

    /// However long the authority wants to be left alone.
    static final Duration LEFT_ALONE_MAX = Duration.ofDays(8);

    private static final int SPREAD = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(PublicCertificate.class);

    private final AcmeKept kept;
    private final Supplier<Declaration> declaration;
    private final Function<String, Optional<String>> secrets;
    private final DoorHandout handout;
    private final Journal journal;
    private final InstantSource clock;
    private final AcmeErrands errands;
    private final AcmeRenewal renewal;

    /// @param secrets the value of a secret, by name
    PublicCertificate(
            AcmeKept kept,
            AcmeErrands errands,
            Supplier<Declaration> declaration,
            Function<String, Optional<String>> secrets,
            DoorHandout handout,
            Journal journal,
            InstantSource clock) {
        this.kept = kept;
        this.errands = errands;
        this.renewal = new AcmeRenewal(kept, AcmeSuggestion::ask, clock);
        this.declaration = declaration;
        this.secrets = secrets;
        this.handout = handout;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void run() throws InterruptedException {
        Declaration now = declaration.get();
        if (now.door().certificate() instanceof DoorCertificate.Acme acme) {
            look(acme, new TreeSet<>(now.door().served(now.domain())));
        } else {
            handout.show(Optional.empty());
            handout.say(Optional.empty());
        }
    }

    private void look(DoorCertificate.Acme acme, Set<String> hosts) throws InterruptedException {
        Instant now = clock.instant();
        Optional<Messages.KeyPair> have = kept.certificate(acme.directory());
        Optional<ServerCertificate> good = have.flatMap(one -> read(one, now));
        handout.show(good.flatMap(_ -> have));
        good.ifPresent(one -> errands.obtained(acme.directory(), one));
        errands.run(acme);
        boolean early = false;
        if (good.isPresent()
                && good.get().missing(hosts).isEmpty()
                && !errands.replaces(acme.directory(), good.get())) {
            switch (renewal.look(acme, good.get())) {
                case AcmeRenewal.Due.NotYet _ -> {
                    handout.say(errands.lacking(acme.directory()));
                    return;
                }
                case AcmeRenewal.Due.Held(String why, boolean news) -> {
                    held(why, news);
                    return;
                }
                case AcmeRenewal.Due.Now(boolean wanted) -> early = wanted;
            }
        }
        String wanted = wanted(acme, hosts);
        AcmeKept.Attempt before = kept.attempt(wanted);
        if (now.isBefore(before.next())) {
            handout.say(Optional.of(before.why()));
            return;
        }
        handout.say(Optional.of(acme.directory() + " is being asked for a certificate"));
        int failures = before.failures() + 1;
        kept.keep(
                new AcmeKept.Attempt(
                        wanted,
                        failures,
                        now.plus(waitAfter(failures)),
                        acme.directory() + " was asked, and what came of it was lost"));
        switch (asked(acme, hosts, good)) {
            case AcmeOrder.Outcome.Issued(Messages.KeyPair certificate) -> {
                renewal.issued(acme, early);
                obtained(acme, hosts, certificate);
            }
            case AcmeOrder.Outcome.Failed(String why, Optional<Instant> notBefore) ->
                    failed(wanted, failures, acme.directory() + " " + why, notBefore);
        }
    }

    private AcmeOrder.Outcome asked(
            DoorCertificate.Acme acme, Set<String> hosts, Optional<ServerCertificate> before)
            throws InterruptedException {
        Optional<String> unsettled = errands.settle(acme);
        if (unsettled.isPresent()) {
            return new AcmeOrder.Outcome.Failed(unsettled.get(), Optional.empty());
        }
        Optional<String> external =
                acme.account().map(DoorCertificate.ExternalAccount::secret).flatMap(secrets);
        return checked(
                new AcmeOrder(
                                acme,
                                kept.account(acme.directory()),
                                external.map(String::strip),
                                before,
                                handout,
                                clock)
                        .obtain(hosts),
                hosts);
    }

    private void held(String why, boolean news) {
        handout.say(Optional.of(why));
        if (news) {
            LOG.atWarn().addKeyValue("why", why).log("the certificate is not renewed that often");
            journal.administered(AdminAct.RENEWAL_HELD, "door", Map.of("why", why));
        }
    }

    /// Whatever of it changes, what failed before says nothing of it.
    private static String wanted(DoorCertificate.Acme acme, Set<String> hosts) {
        return String.join(
                " ",
                acme.directory().toString(),
                acme.contact().orElse("-"),
                acme.agreed() ? "agreed" : "-",
                acme.trust().orElse("-"),
                acme.account().map(DoorCertificate.ExternalAccount::toString).orElse("-"),
                String.join(" ", hosts));
    }

    /// What an authority hands over is looked at before it is shown: a chain in order, for our key, for every host.
    private AcmeOrder.Outcome checked(AcmeOrder.Outcome outcome, Set<String> hosts) {
        if (!(outcome instanceof AcmeOrder.Outcome.Issued(Messages.KeyPair certificate))) {
            return outcome;
        }
        return switch (ServerCertificate.read(
                certificate.chain(), certificate.key(), clock.instant())) {
            case ServerCertificate.Read.Unfit(String why) ->
                    new AcmeOrder.Outcome.Failed(
                            "issued a certificate that is not fit: " + why, Optional.empty());
            case ServerCertificate.Read.Good(ServerCertificate good)
                    when !good.missing(hosts).isEmpty() ->
                    new AcmeOrder.Outcome.Failed(
                            "issued a certificate that is not for "
                                    + String.join(", ", good.missing(hosts)),
                            Optional.empty());
            case ServerCertificate.Read.Good _
                    when certificate.chain().length() > AcmeKept.CHARS_MAX ->
                    new AcmeOrder.Outcome.Failed(
                            "issued a chain of "
                                    + certificate.chain().length()
                                    + " characters (expected: at most "
                                    + AcmeKept.CHARS_MAX
                                    + ")",
                            Optional.empty());
            case ServerCertificate.Read.Good _ -> outcome;
        };
    }

    private void obtained(
            DoorCertificate.Acme acme, Set<String> hosts, Messages.KeyPair certificate) {
        journal.administered(
                AdminAct.CERTIFICATE_OBTAINED,
                "door",
                Map.of("authority", acme.directory().toString(), "hosts", String.join(",", hosts)));
        kept.keep(acme.directory(), certificate);
        kept.forgetAttempt();
        handout.show(Optional.of(certificate));
        read(certificate, clock.instant())
                .ifPresent(one -> errands.obtained(acme.directory(), one));
        handout.say(errands.lacking(acme.directory()));
        LOG.atInfo()
                .addKeyValue("authority", acme.directory())
                .log("the public name has a certificate");
    }

    private void failed(String wanted, int failures, String said, Optional<Instant> notBefore) {
        Instant now = clock.instant();
        Instant next = now.plus(waitAfter(failures));
        Instant latest = now.plus(LEFT_ALONE_MAX);
        if (notBefore.isPresent() && notBefore.get().isAfter(next)) {
            next = notBefore.get().isAfter(latest) ? latest : notBefore.get();
        }
        next = next.truncatedTo(ChronoUnit.SECONDS);
        String why = AcmeKept.printable(said) + "; it is asked again at " + next;
        kept.keep(new AcmeKept.Attempt(wanted, failures, next, why));
        handout.say(Optional.of(why));
        LOG.atError().addKeyValue("why", why).log("the public name got no certificate");
        journal.administered(
                AdminAct.CERTIFICATE_NOT_OBTAINED,
                "door",
                Map.of("why", why, "failures", Integer.toString(failures)));
    }

    /// From one to one and a quarter of the time that is doubled at each failure: systems that failed together do not come back together.
    static Duration waitAfter(int failures) {
        Duration plain = AGAIN_AFTER.multipliedBy(1L << Math.min(failures - 1, 16));
        Duration bounded = plain.compareTo(AGAIN_AFTER_MAX) > 0 ? AGAIN_AFTER_MAX : plain;
        return bounded.plus(
                bounded.dividedBy(4L * SPREAD)
                        .multipliedBy(new java.security.SecureRandom().nextInt(SPREAD)));
    }

    private static Optional<ServerCertificate> read(Messages.KeyPair pair, Instant now) {
        return ServerCertificate.read(pair.chain(), pair.key(), now)
                        instanceof ServerCertificate.Read.Good(ServerCertificate good)
                ? Optional.of(good)
                : Optional.empty();
    }
}
