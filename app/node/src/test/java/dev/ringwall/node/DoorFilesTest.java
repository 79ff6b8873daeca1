package dev.ringwall.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.model.DoorCertificate;
import dev.ringwall.model.Line;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A certificate that somebody else puts into files and renews there.
class DoorFilesTest {

    private static final Set<String> HOSTS = Set.of("shop.example.com", "www.shop.example.com");

    @TempDir private Path folder;
    private final HandClock clock = HandClock.atPresent();
    private CertificateAuthority authority;
    private DoorCertificate.Pair pair;
    private ShownAtDoor shown;
    private DoorFiles files;
    private Identity own;

    @BeforeEach
    void begin() throws Exception {
        authority =
                ((CertificateAuthority.Opened.Ready)
                                CertificateAuthority.open(
                                        folder.resolve("ca"),
                                        "shop",
                                        Vault.under(
                                                UnlockSecret.of("a secret that only tests know")),
                                        clock,
                                        Lifetimes.DEFAULT))
                        .authority();
        own = authority.issue(new Profile.Door(Set.of()));
        shown = new ShownAtDoor(() -> own);
        files =
                new DoorFiles(
                        () -> {
                            throw new AssertionError("the declaration is handed in");
                        },
                        shown,
                        clock);
        pair =
                new DoorCertificate.Pair(
                        folder.resolve("chain.pem").toString(),
                        folder.resolve("key.pem").toString(),
                        new Line("ringwall.yaml", 1, 1));
    }

    private Identity renew(Set<String> hosts) throws IOException {
        Identity next = authority.issue(new Profile.Door(hosts));
        Files.writeString(Path.of(pair.chain()), next.chainPem());
        key(next, "rw-------");
        return next;
    }

    private void key(Identity of, String mode) throws IOException {
        Files.writeString(Path.of(pair.key()), of.dangerousKeyPem());
        Files.setPosixFilePermissions(Path.of(pair.key()), PosixFilePermissions.fromString(mode));
    }

    private void look() {
        files.look(List.of(pair), HOSTS);
    }

    private void shows(Identity identity) {
        assertThat(shown.get().all().getFirst().chain()).isEqualTo(identity.chain());
    }

    @Test
    void whatIsRenewedIsShownAtTheNextLook() throws IOException {
        shows(own);
        Identity first = renew(HOSTS);
        look();
        shows(first);
        assertThat(files.lacking()).isEmpty();
        Identity second = renew(HOSTS);
        look();
        shows(second);
    }

    @Test
    void whatIsUnfitIsNotShownAndSaysWhy() throws IOException {
        look();
        shows(own);
        assertThat(files.lacking().orElseThrow()).contains(pair.key()).contains("is not there");
        Identity good = renew(HOSTS);
        look();
        Identity other = authority.issue(new Profile.Door(HOSTS));
        key(other, "rw-------");
        look();
        shows(good);
        assertThat(files.lacking().orElseThrow())
                .contains(pair.chain())
                .contains("does not belong to the certificate");
        for (String mode : List.of("rw-r--r--", "rw----r--", "rw-rw----")) {
            key(good, mode);
            look();
            assertThat(files.lacking().orElseThrow()).as(mode).contains("chmod 600 " + pair.key());
        }
        renew(Set.of("shop.example.com"));
        look();
        shows(good);
        assertThat(files.lacking().orElseThrow()).contains("is not for www.shop.example.com");
        Files.writeString(Path.of(pair.chain()), "nothing");
        look();
        assertThat(files.lacking().orElseThrow()).contains("0 certificates");
        Identity next = renew(HOSTS);
        look();
        shows(next);
        assertThat(files.lacking()).isEmpty();
    }

    @Test
    void whatHasEndedIsShownNoMore() throws IOException {
        Identity good = renew(HOSTS);
        look();
        clock.advance(Duration.between(clock.instant(), good.notAfter()));
        look();
        shows(own);
        assertThat(files.lacking().orElseThrow()).contains("expired at");
    }

    @Test
    void aCertificateIsForItsHostsAndForOneLabelWhereItSaysSo() throws IOException {
        Identity good = authority.issue(new Profile.Door(Set.of("shop.example.com")));
        ServerCertificate certificate = ServerCertificate.of(good);
        assertThat(certificate.covers("shop.example.com")).isTrue();
        assertThat(certificate.covers("SHOP.example.com")).isTrue();
        assertThat(certificate.covers("www.shop.example.com")).isFalse();
        assertThat(certificate.covers("example.com")).isFalse();
    }
}
