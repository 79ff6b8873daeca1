package dev.ringwall.control;

import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.model.DoorCertificate;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When a certificate is renewed: at a random moment of the window that its authority suggests (RFC 9773 §4.2), or by our own rule where it
/// suggests none. Whoever speaks for the authority can make it earlier, but not as often as they like, and not too late.
final class AcmeRenewal {

    /// So many renewals within a day are made because the authority wants them before our own rule does.
    static final int EARLY_A_DAY_MAX = 3;

    /// So many renewals are made within a day, however short certificates live.
    static final int A_DAY_MAX = 100;

    /// It is not asked again sooner, whatever it says (RFC 9773 §4.3.2).
    static final Duration ASK_AGAIN_MIN = Duration.ofMinutes(1);

    /// It is asked again by then, whatever it says.
    static final Duration ASK_AGAIN_MAX = Duration.ofDays(1);

    /// So it is where it does not say when, or suggests nothing; and at the latest so long after a failure (RFC 9773 §4.3.3).
    static final Duration ASK_AGAIN_UNSAID = Duration.ofHours(6);

    static final Duration DAY = Duration.ofDays(1);

    private static final int SPREAD = 1_000;
    private static final int LIFE_LEFT_AT_LEAST = 10;
    private static final Logger LOG = LoggerFactory.getLogger(AcmeRenewal.class);

    private final AcmeKept kept;
    private final BiFunction<DoorCertificate.Acme, X509Certificate, AcmeSuggestion> authority;
    private final InstantSource clock;

    AcmeRenewal(
            AcmeKept kept,
            BiFunction<DoorCertificate.Acme, X509Certificate, AcmeSuggestion> authority,
            InstantSource clock) {
        this.kept = kept;
        this.authority = authority;
        this.clock = clock;
    }

    /// Whether it is time.
    sealed interface Due {
        /// It is not.
        record NotYet() implements Due {}

        /// It is.
        ///
        /// @param early because the authority wants it, before our own rule would
        record Now(boolean early) implements Due {}

        /// It would be, but it was done too often.
        ///
        /// @param news whether this was not said of this certificate before
        record Held(String why, boolean news) implements Due {}
    }

    /// Looks, and asks the authority where it is time to.
    Due look(DoorCertificate.Acme acme, ServerCertificate certificate) {
        Instant now = clock.instant();
        AcmeKept.Renewal known = known(acme, certificate);
        if (!now.isBefore(known.askAgain())) {
            known = asked(acme, certificate, known, now);
            kept.keep(acme.directory(), known);
        }
        Instant own = ownRule(certificate);
        Instant at = known.at();
        if (now.isBefore(at == null ? own : at)) {
            return new Due.NotYet();
        }
        AcmeKept.Orders lately = kept.orders(acme.directory()).since(now.minus(DAY));
        boolean early = now.isBefore(own);
        if (early && lately.early().size() >= EARLY_A_DAY_MAX) {
            Instant next = lately.early().getFirst().plus(DAY);
            return held(
                    acme,
                    known,
                    " wants it renewed early again, after "
                            + EARLY_A_DAY_MAX
                            + " early renewals within a day; it is renewed at "
                            + (next.isBefore(own) ? next : own).truncatedTo(ChronoUnit.SECONDS));
        }
        if (lately.all().size() >= A_DAY_MAX) {
            return held(
                    acme,
                    known,
                    " issues certificates that end too soon: "
                            + A_DAY_MAX
                            + " were issued within a day; it is renewed at "
                            + lately.all().getFirst().plus(DAY).truncatedTo(ChronoUnit.SECONDS));
        }
        return new Due.Now(early);
    }

    private Due held(DoorCertificate.Acme acme, AcmeKept.Renewal known, String why) {
        if (!known.held()) {
            kept.keep(acme.directory(), known.asHeld());
        }
        return new Due.Held(acme.directory() + why, !known.held());
    }

    /// A certificate was issued.
    void issued(DoorCertificate.Acme acme, boolean early) {
        Instant now = clock.instant();
        kept.keep(
                acme.directory(),
                kept.orders(acme.directory()).since(now.minus(DAY)).and(now, early, A_DAY_MAX));
    }

    private AcmeKept.Renewal known(DoorCertificate.Acme acme, ServerCertificate certificate) {
        String serial = serial(certificate);
        return kept.renewal(acme.directory())
                .filter(one -> one.certificate().equals(serial))
                .orElse(AcmeKept.Renewal.unknown(serial));
    }

    private AcmeKept.Renewal asked(
            DoorCertificate.Acme acme,
            ServerCertificate certificate,
            AcmeKept.Renewal known,
            Instant now) {
        return switch (authority.apply(acme, certificate.chain().getFirst())) {
            case AcmeSuggestion.NotOffered _ ->
                    AcmeKept.Renewal.unknown(known.certificate())
                            .askedAgainAt(now.plus(ASK_AGAIN_UNSAID));
            case AcmeSuggestion.Failed(String why) -> {
                LOG.atWarn()
                        .addKeyValue("authority", acme.directory())
                        .addKeyValue("why", AcmeKept.printable(why))
                        .log("the authority did not say when the certificate is to be renewed");
                yield known.failedUntil(now.plus(waitAfter(known.failures() + 1)));
            }
            case AcmeSuggestion.Window(Instant start, Instant end, Optional<Instant> again) ->
                    suggested(certificate, known, start, end)
                            .askedAgainAt(
                                    within(
                                            again.orElse(now.plus(ASK_AGAIN_UNSAID)),
                                            now.plus(ASK_AGAIN_MIN),
                                            now.plus(ASK_AGAIN_MAX)));
        };
    }

    /// What was chosen of a window stays as long as the window does: who chooses anew each time mostly ends up at its beginning.
    private static AcmeKept.Renewal suggested(
            ServerCertificate certificate, AcmeKept.Renewal known, Instant start, Instant end) {
        Instant first = from(certificate);
        Instant last = latest(certificate);
        Instant opens = within(start, first, last);
        Instant closes = within(end, first, last);
        if (known.at() != null && opens.equals(known.start()) && closes.equals(known.end())) {
            return known;
        }
        long millis = Duration.between(opens, closes).toMillis();
        Instant at = millis == 0 ? opens : opens.plusMillis(new SecureRandom().nextLong(millis));
        return known.renewedAt(opens, closes, at);
    }

    private static Instant within(Instant one, Instant first, Instant last) {
        return one.isBefore(first) ? first : one.isAfter(last) ? last : one;
    }

    /// One minute, doubled at each failure, up to six hours.
    private static Duration waitAfter(int failures) {
        Duration plain = ASK_AGAIN_MIN.multipliedBy(1L << Math.min(failures - 1, 16));
        return plain.compareTo(ASK_AGAIN_UNSAID) > 0 ? ASK_AGAIN_UNSAID : plain;
    }

    /// When two thirds of its life are over, or up to a twentieth of its life earlier, by its serial number: so certificates of one hour
    /// are not all renewed in one.
    static Instant ownRule(ServerCertificate certificate) {
        X509Certificate leaf = certificate.chain().getFirst();
        Instant from = from(certificate);
        Duration life = Duration.between(from, certificate.notAfter());
        long earlier = Math.floorMod(leaf.getSerialNumber().hashCode(), SPREAD);
        return from.plus(life.multipliedBy(2).dividedBy(3))
                .minus(life.dividedBy(20L * SPREAD).multipliedBy(earlier));
    }

    /// When a tenth of its life is left: nobody can suggest that it end first.
    static Instant latest(ServerCertificate certificate) {
        Duration life = Duration.between(from(certificate), certificate.notAfter());
        return certificate.notAfter().minus(life.dividedBy(LIFE_LEFT_AT_LEAST));
    }

    /// The number that its authority knows it by, as authorities write it.
    static String serial(ServerCertificate certificate) {
        return certificate.chain().getFirst().getSerialNumber().toString(16);
    }

    private static Instant from(ServerCertificate certificate) {
        return certificate.chain().getFirst().getNotBefore().toInstant();
    }
}
