package dev.ringwall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.SignedDocument;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.link.Bundle;
import dev.ringwall.link.Json;
import dev.ringwall.link.Roster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodTest {

    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir private static Path authorities;
    private static CertificateAuthority authority;
    private static CertificateAuthority stranger;

    @TempDir private Path folder;
    private LastGood lastGood;

    @BeforeAll
    static void makeTwoAuthoritiesOfTheSameName() throws IOException {
        authority = authority("ours");
        stranger = authority("theirs");
    }

    private static CertificateAuthority authority(String name) throws IOException {
        return ((CertificateAuthority.Opened.Ready)
                        CertificateAuthority.open(
                                authorities.resolve(name),
                                "shop",
                                Vault.under(UnlockSecret.random()),
                                CLOCK,
                                Lifetimes.DEFAULT))
                .authority();
    }

    @BeforeEach
    void begin() {
        lastGood = new LastGood(folder, new PeerVerifier(authority.root(), CLOCK));
    }

    @Test
    void aBundleOfTheControlPlaneIsTakenAndANewerOneAfterIt() throws IOException {
        assertThat(lastGood.takeBundle(bundle(3))).isInstanceOf(LastGood.Taken.Accepted.class);
        assertThat(lastGood.takeBundle(bundle(4))).isInstanceOf(LastGood.Taken.Accepted.class);
        assertThat(lastGood.bundleNumber()).isEqualTo(4);
    }

    @Test
    void anAlteredBundleIsRefusedAndTheOneBeforeStays() throws IOException {
        lastGood.takeBundle(bundle(3));
        String next = bundle(4);
        int payload = next.indexOf('.') + 40;

        refused(lastGood.takeBundle(flipped(next, payload)));
        refused(lastGood.takeBundle(flipped(next, next.length() - 20)));
        refused(lastGood.takeBundle(next.substring(0, next.lastIndexOf('.') + 1)));
        refused(lastGood.takeBundle("no document"));
        assertThat(lastGood.bundleNumber()).isEqualTo(3);
    }

    @Test
    void anOlderBundleAndTheSameAgainAreRefused() throws IOException {
        lastGood.takeBundle(bundle(3));

        refused(lastGood.takeBundle(bundle(2)), "number 2", "above 3");
        refused(lastGood.takeBundle(bundle(3)), "number 3");
    }

    @Test
    void anOlderRosterWouldBringRevokedKeysBackAndIsRefused() throws IOException {
        lastGood.takeRoster(roster(7));

        refused(lastGood.takeRoster(roster(6)), "number 6", "above 7");
        assertThat(lastGood.rosterNumber()).isEqualTo(7);
    }

    @Test
    void aBundleOfAnotherAuthorityOfTheSameNameIsRefused() throws IOException {
        refused(lastGood.takeBundle(signed(stranger.issue(new Profile.Documents()), bundleOf(3))));
    }

    @Test
    void aBundleSignedByAServiceIsRefused() throws IOException {
        Identity orders =
                authority.issue(
                        new Profile.Workload(
                                SpiffeId.parse("spiffe://shop/orders").orElseThrow(), Set.of()));

        refused(lastGood.takeBundle(signed(orders, bundleOf(3))));
    }

    @Test
    void aRosterIsNotTakenForABundle() throws IOException {
        refused(lastGood.takeBundle(roster(9)));
        refused(lastGood.takeRoster(bundle(9)));
    }

    @Test
    void aNodeThatStartsAgainTakesWhatItHad() throws IOException {
        lastGood.takeBundle(bundle(3));
        lastGood.takeRoster(roster(7));

        LastGood again = new LastGood(folder, new PeerVerifier(authority.root(), CLOCK));
        again.load();

        assertThat(again.bundleNumber()).isEqualTo(3);
        assertThat(again.rosterNumber()).isEqualTo(7);
        refused(again.takeBundle(bundle(2)), "above 3");
    }

    @Test
    void whatWasAlteredOnDiskIsNamed() throws IOException {
        lastGood.takeBundle(bundle(3));
        Path file = folder.resolve("bundle.jws");
        String text = Files.readString(file);
        Files.writeString(file, flipped(text, text.indexOf('.') + 40));

        assertThatThrownBy(new LastGood(folder, new PeerVerifier(authority.root(), CLOCK))::load)
                .hasMessageContaining("bundle.jws");
    }

    private static void refused(LastGood.Taken taken, String... why) {
        assertThat(taken)
                .isInstanceOfSatisfying(
                        LastGood.Taken.Refused.class,
                        refused ->
                                assertThat(List.of(why))
                                        .allSatisfy(
                                                word -> assertThat(refused.why()).contains(word)));
    }

    private static String flipped(String text, int at) {
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static String bundle(long number) {
        return signed(authority.issue(new Profile.Documents()), bundleOf(number));
    }

    private static Bundle bundleOf(long number) {
        return new Bundle(
                number,
                "shop",
                Instant.parse("2026-11-23T10:00:00Z"),
                "ringwall.yaml",
                Map.of("ringwall.yaml", "ringwall: 1\nsystem: shop\n"),
                "https://localhost/auth",
                "https://localhost",
                "{\"keys\":[]}",
                Map.of());
    }

    private static String signed(Identity signer, Bundle bundle) {
        return SignedDocument.sign(Bundle.TYPE, Json.write(bundle), signer);
    }

    private static String roster(long number) {
        Roster roster =
                new Roster(
                        number,
                        "shop",
                        Instant.parse("2026-11-23T10:00:00Z"),
                        List.of(),
                        List.of());
        return SignedDocument.sign(
                Roster.TYPE, Json.write(roster), authority.issue(new Profile.Documents()));
    }
}
