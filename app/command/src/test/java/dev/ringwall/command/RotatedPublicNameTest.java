package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What an operator has a real authority do: revoke (RFC 8555 §7.6) and change the key of the account (§7.3.5).
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RotatedPublicNameTest {

    @TempDir private static Path folder;

    private static CertifiedSystem system;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Pebble.isInstalled(), "pebble is missing");
        system = CertifiedSystem.under(folder);
        system.await(system::certified);
    }

    @AfterAll
    static void stop() throws Exception {
        if (system != null) {
            system.close();
        }
    }

    @Test
    @Order(1)
    void anotherCertificateHasAnotherKeyAndTheOneBeforeStaysInForce() throws Exception {
        var before = system.shown();

        ShopUnderTest.Ended ended = system.run("rotate", "public-name");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        system.await(() -> !system.shown().equals(before));
        assertThat(ended.out())
                .isEqualTo(
                        "rotated   "
                                + before.getSerialNumber().toString(16)
                                + " → "
                                + system.serial()
                                + "\n");
        assertThat(system.shown().getPublicKey()).isNotEqualTo(before.getPublicKey());
        assertThat(system.pebble().status(before.getSerialNumber().toString(16)))
                .contains("\"Valid\"");
        assertThat(system.events("public-name-rotated")).hasSize(1);
    }

    @Test
    @Order(2)
    void nothingIsRevokedUnlessItIsMeant() throws Exception {
        String before = system.serial();

        ShopUnderTest.Ended ended =
                system.run("rotate", "public-name", "--revoke", "key-compromise");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).contains("there is  " + before).contains("add --yes to do it");
        assertThat(system.serial()).isEqualTo(before);
        assertThat(system.pebble().status(before)).contains("\"Valid\"");
        assertThat(system.events("public-name-rotated")).hasSize(1);
    }

    @Test
    @Order(3)
    void aReasonThatThereIsNotIsNamedWithThoseThatThereAre() {
        ShopUnderTest.Ended ended =
                system.run("rotate", "public-name", "--revoke", "boredom", "--yes");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains("`boredom` is no reason to revoke")
                .contains("key-compromise, superseded");
    }

    @Test
    @Order(4)
    void aCompromisedKeyIsRevokedAndTheDoorShowsAnother() throws Exception {
        String before = system.serial();

        ShopUnderTest.Ended ended =
                system.run(
                        "rotate",
                        "public-name",
                        "--revoke",
                        "key-compromise",
                        "--yes",
                        "-o",
                        "json");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out())
                .contains("\"certificate\":\"" + before + "\"")
                .contains("\"revoked\":\"yes\"");
        assertThat(system.pebble().status(before))
                .contains("\"Revoked\"")
                .contains("\"Reason\": 1,");
        system.await(() -> !system.serial().equals(before));
        assertThat(system.pebble().status(system.serial())).contains("\"Valid\"");
        assertThat(system.events("certificate-revoked").getLast())
                .contains("key-compromise")
                .contains(before);
    }

    @Test
    @Order(5)
    void oneThatWasSupersededIsRevokedByTheAccount() throws Exception {
        String before = system.serial();

        ShopUnderTest.Ended ended =
                system.run("rotate", "public-name", "--revoke", "superseded", "--yes");

        assertThat(ended.out()).contains("revoked   " + before + "   superseded");
        assertThat(system.pebble().status(before))
                .contains("\"Revoked\"")
                .contains("\"Reason\": 4,");
        system.await(() -> !system.serial().equals(before));
    }

    @Test
    @Order(6)
    void whatTheAuthorityDoesNotRevokeIsSaidAndReplacedAllTheSame() throws Exception {
        String before = system.serial();
        system.front().refuses =
                asked ->
                        asked.startsWith(PebbleFront.REVOKE)
                                ? new PebbleFront.Refusal(403, "unauthorized")
                                : null;

        ShopUnderTest.Ended ended =
                system.run("rotate", "public-name", "--revoke", "superseded", "--yes");

        system.front().refuses = _ -> null;
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).contains("refused   " + before + " is not revoked: https");
        assertThat(system.pebble().status(before)).contains("\"Valid\"");
        assertThat(system.events("certificate-not-revoked")).hasSize(1);
        system.await(() -> !system.serial().equals(before));
    }

    @Test
    @Order(7)
    void anAuthorityThatIsAwayIsAskedToRevokeUntilItDoesAlsoAfterAStart() throws Exception {
        String before = system.serial();
        system.front().refuses =
                asked ->
                        asked.startsWith(PebbleFront.REVOKE)
                                ? new PebbleFront.Refusal(500, "serverInternal")
                                : null;
        ShopUnderTest.Ended ended =
                system.run("rotate", "public-name", "--revoke", "key-compromise", "--yes");
        assertThat(ended.out()).contains("not yet   " + before + " is revoked as soon as");
        system.await(() -> system.doctor().contains(before + " is not revoked yet"));

        system.restart();
        system.front().refuses = _ -> null;
        system.putForward(Duration.ofMinutes(2));

        system.await(() -> system.pebble().status(before).contains("\"Revoked\""));
        system.await(() -> !system.doctor().contains("is not revoked yet"));
        assertThat(system.serial()).isNotEqualTo(before);
    }

    @Test
    @Order(8)
    void theAccountHasAnotherKeyAndGoesOn() throws Exception {
        ShopUnderTest.Ended ended = system.run("rotate", "acme-account");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .isEqualTo(
                        "rotated  the key of the account with "
                                + system.front().directory()
                                + "\n");
        assertThat(system.front().reached(PebbleFront.KEY_CHANGE)).isEqualTo(1);
        assertThat(system.events("acme-account-rotated")).hasSize(1);
        assertThat(system.events("acme-key-changed")).hasSize(1);
        anotherCertificateOfTheOneAccount();
    }

    @Test
    @Order(9)
    void aChangeWhoseAnswerIsLostIsFoundOutAfterAStartAndNotMadeTwice() throws Exception {
        system.front().loses = PebbleFront.KEY_CHANGE;
        ShopUnderTest.Ended ended = system.run("rotate", "acme-account");
        assertThat(ended.out()).startsWith("not yet  ");
        assertThat(system.events("acme-key-changed")).hasSize(1);

        system.front().loses = "";
        system.restart();
        system.putForward(Duration.ofMinutes(2));

        system.await(() -> system.events("acme-key-changed").size() == 2);
        assertThat(system.front().reached(PebbleFront.KEY_CHANGE)).isEqualTo(2);
        anotherCertificateOfTheOneAccount();
    }

    @Test
    @Order(10)
    void aKeyThatTheAuthorityRefusesLeavesTheOneBefore() throws Exception {
        system.front().refuses =
                asked ->
                        asked.startsWith(PebbleFront.KEY_CHANGE)
                                ? new PebbleFront.Refusal(409, "malformed")
                                : null;

        ShopUnderTest.Ended ended = system.run("rotate", "acme-account");

        system.front().refuses = _ -> null;
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("refuses");
        assertThat(system.events("acme-key-not-changed")).hasSize(1);
        anotherCertificateOfTheOneAccount();
    }

    @Test
    @Order(11)
    void whereNoAuthorityIsDeclaredThereIsNothingToRotate() throws Exception {
        system.publish(false);

        for (String what : new String[] {"public-name", "acme-account"}) {
            ShopUnderTest.Ended ended = system.run("rotate", what);
            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err())
                    .contains("the declaration has no authority certify the public name");
        }
    }

    private static void anotherCertificateOfTheOneAccount() throws Exception {
        String before = system.serial();
        assertThat(system.run("rotate", "public-name").out()).startsWith("rotated   " + before);
        system.await(() -> !system.serial().equals(before));
        assertThat(system.pebble().log())
                .contains("There are now 1 accounts in memory")
                .doesNotContain("There are now 2 accounts in memory");
    }
}
