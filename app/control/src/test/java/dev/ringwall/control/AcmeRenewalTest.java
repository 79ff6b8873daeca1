package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.Sealer;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.model.DoorCertificate;
import dev.ringwall.model.Line;
import dev.ringwall.store.Database;
import dev.ringwall.testkit.HandClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a certificate is renewed that an authority suggests a window for (RFC 9773), whatever it suggests.
class AcmeRenewalTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir private Path folder;

    private final HandClock clock = HandClock.atPresent();
    private CertificateAuthority authority;
    private SuggestingServer server;
    private ControlStore store;
    private AcmeKept kept;
    private DoorCertificate.Acme acme;
    private ServerCertificate certificate;

    @BeforeEach
    void begin() throws Exception {
        Vault vault = Vault.under(UnlockSecret.of("a secret that only tests know"));
        authority =
                ((CertificateAuthority.Opened.Ready)
                                CertificateAuthority.open(
                                        folder.resolve("ca"),
                                        "shop",
                                        vault,
                                        clock,
                                        Lifetimes.DEFAULT))
                        .authority();
        Path trust = Files.writeString(folder.resolve("trust.pem"), authority.root().pem());
        server = SuggestingServer.knownBy(authority);
        store = ControlStore.open(new Database.Embedded(folder.resolve("control.db")));
        Sealer sealer =
                ((Sealer.Opened.Ready) Sealer.open(folder.resolve("sealer.json"), vault)).sealer();
        kept = new AcmeKept(store, sealer);
        acme =
                new DoorCertificate.Acme(
                        server.at("/dir"),
                        Optional.empty(),
                        true,
                        Optional.of(trust.toString()),
                        Optional.empty(),
                        new Line("ringwall.yaml", 1, 1));
        certificate = issued();
    }

    @AfterEach
    void end() {
        server.close();
        store.close();
    }

    private ServerCertificate issued() {
        return ServerCertificate.of(authority.issue(new Profile.Door(Set.of("shop.example.com"))));
    }

    private AcmeRenewal renewal() {
        return new AcmeRenewal(kept, AcmeSuggestion::ask, clock);
    }

    private AcmeRenewal.Due look() {
        return renewal().look(acme, certificate);
    }

    private void suggest(Duration from, Duration until) {
        server.opens = clock.instant().plus(from);
        server.closes = clock.instant().plus(until);
    }

    @Test
    void itIsRenewedAtAMomentOfTheWindowThatStaysTheSameWhenItIsAskedAgain() {
        suggest(DAY.multipliedBy(10), DAY.multipliedBy(12));

        assertThat(look()).isEqualTo(new AcmeRenewal.Due.NotYet());
        Instant at = kept.renewal(acme.directory()).orElseThrow().at();
        assertThat(at).isBetween(server.opens, server.closes);
        clock.advance(DAY);
        look();
        assertThat(server.asked()).hasValue(2);
        assertThat(kept.renewal(acme.directory()).orElseThrow().at()).isEqualTo(at);

        clock.advance(Duration.between(clock.instant(), at).minusSeconds(1));
        assertThat(look()).isEqualTo(new AcmeRenewal.Due.NotYet());
        clock.advance(Duration.ofSeconds(2));
        assertThat(look()).isEqualTo(new AcmeRenewal.Due.Now(true));
    }

    @Test
    void aWindowThatIsMovedForwardIsFollowedWhenTheAuthoritySaidThatItIsToBeAskedAgain() {
        suggest(DAY.multipliedBy(10), DAY.multipliedBy(12));
        server.again = Optional.of(clock.instant().plus(Duration.ofHours(2)));
        look();

        suggest(Duration.ofHours(-1), Duration.ofSeconds(-1));
        clock.advance(Duration.ofHours(2).minusSeconds(1));
        assertThat(look()).isEqualTo(new AcmeRenewal.Due.NotYet());
        clock.advance(Duration.ofSeconds(1));

        assertThat(look()).isEqualTo(new AcmeRenewal.Due.Now(true));
    }

    /// What the authority says, and after how long it is asked again.
    @ParameterizedTest
    @CsvSource({"PT0S, PT1M", "-PT24H, PT1M", "PT30M, PT30M", "PT240H, PT24H", ", PT6H"})
    void itIsAskedAgainAsTheAuthoritySaysWithinBounds(Duration said, Duration asksAgainAfter) {
        suggest(DAY.multipliedBy(10), DAY.multipliedBy(12));
        server.again = Optional.ofNullable(said).map(clock.instant()::plus);
        look();

        clock.advance(asksAgainAfter.minusSeconds(1));
        look();
        assertThat(server.asked()).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        look();
        assertThat(server.asked()).hasValue(2);
    }

    @Test
    void whereNothingIsOfferedTheOwnRuleHolds() {
        server.offers = false;

        assertThat(look()).isEqualTo(new AcmeRenewal.Due.NotYet());
        clock.advance(
                Duration.between(clock.instant(), AcmeRenewal.ownRule(certificate)).plusSeconds(1));

        assertThat(look()).isEqualTo(new AcmeRenewal.Due.Now(false));
        assertThat(server.asked()).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"500, PT1H, PT2H", "404, PT1H, PT2H", "200, PT2H, PT1H", "200, PT1H, PT1H"})
    void whatFailsOrMakesNoSenseLeavesTheOwnRuleAndIsAskedAgainLaterAndLater(
            int answered, Duration from, Duration until) {
        server.status = answered;
        suggest(from, until);

        for (int i = 0; i < 12; i++) {
            assertThat(look()).isEqualTo(new AcmeRenewal.Due.NotYet());
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(server.asked().get()).isBetween(4, 8);
        clock.advance(
                Duration.between(clock.instant(), AcmeRenewal.ownRule(certificate)).plusSeconds(1));

        assertThat(look()).isEqualTo(new AcmeRenewal.Due.Now(false));
    }

    @Test
    void aWindowThatIsKnownStaysInForceWhileTheAuthorityCannotBeAsked() {
        suggest(DAY, DAY.multipliedBy(2));
        look();
        server.status = 500;

        clock.advance(DAY.multipliedBy(2));

        assertThat(look()).isEqualTo(new AcmeRenewal.Due.Now(true));
    }

    @Test
    void nobodyCanSuggestThatItEndFirst() {
        server.opens = Instant.parse("9000-01-01T00:00:00Z");
        server.closes = Instant.parse("9999-01-01T00:00:00Z");
        look();

        clock.advance(
                Duration.between(clock.instant(), AcmeRenewal.latest(certificate)).minusSeconds(1));
        assertThat(look()).isEqualTo(new AcmeRenewal.Due.NotYet());
        clock.advance(Duration.ofSeconds(2));

        assertThat(look()).isEqualTo(new AcmeRenewal.Due.Now(false));
    }

    @Test
    void whoWantsItAtOnceEachTimeIsFollowedSoOftenADayAndItIsSaidOnce() {
        suggest(Duration.ofDays(-2), Duration.ofDays(-1));
        server.again = Optional.of(Instant.EPOCH);

        for (int day = 1; day <= 3; day++) {
            int renewed = 0;
            int said = 0;
            for (int minute = 0; minute < 24 * 60; minute += 10) {
                switch (look()) {
                    case AcmeRenewal.Due.Now(boolean early) -> {
                        assertThat(early).isTrue();
                        renewed++;
                        renewal().issued(acme, early);
                        certificate = issued();
                    }
                    case AcmeRenewal.Due.Held(String why, boolean news) -> {
                        assertThat(why).contains("after 3 early renewals within a day");
                        said += news ? 1 : 0;
                    }
                    case AcmeRenewal.Due.NotYet _ ->
                            throw new AssertionError("the window is over, and nothing is said");
                }
                clock.advance(Duration.ofMinutes(10));
            }
            assertThat(renewed).isEqualTo(AcmeRenewal.EARLY_A_DAY_MAX);
            assertThat(said).isEqualTo(1);
        }
    }

    @Test
    void whereNobodyCountsWhatWasIssuedTheSameAuthorityIsFollowedWithoutEnd() {
        suggest(Duration.ofDays(-2), Duration.ofDays(-1));

        for (int i = 0; i < 20; i++) {
            assertThat(look()).isEqualTo(new AcmeRenewal.Due.Now(true));
            certificate = issued();
        }
    }

    @Test
    void certificatesThatEndTooSoonAreNotRenewedWithoutEnd() {
        server.offers = false;
        clock.advance(
                Duration.between(clock.instant(), AcmeRenewal.ownRule(certificate)).plusSeconds(1));
        kept.keep(
                acme.directory(),
                new AcmeKept.Orders(
                        Collections.nCopies(AcmeRenewal.A_DAY_MAX, clock.instant()), List.of()));

        assertThat(look())
                .isInstanceOfSatisfying(
                        AcmeRenewal.Due.Held.class,
                        held -> assertThat(held.why()).contains("that end too soon"));
        clock.advance(DAY);
        assertThat(look()).isEqualTo(new AcmeRenewal.Due.Now(false));
    }
}
