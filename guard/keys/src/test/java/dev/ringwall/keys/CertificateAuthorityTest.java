package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    @TempDir Path folder;

    private final HandClock clock = HandClock.atPresent();

    private CertificateAuthority.Opened open(Vault vault) throws IOException {
        return CertificateAuthority.open(
                folder.resolve("ca"), "shop", vault, clock, Lifetimes.DEFAULT);
    }

    private CertificateAuthority ready() throws IOException {
        return Authorities.ready(open(Authorities.VAULT));
    }

    private PeerVerifier.Verdict verdict(CertificateAuthority authority, Identity identity) {
        return new PeerVerifier(authority.root(), clock).verify(identity.chain(), Purpose.CLIENT);
    }

    @Test
    void itIsTheSameAuthorityAfterARestart() throws Exception {
        CertificateAuthority first = ready();
        Identity before = first.issue(Authorities.workload("shop", "orders"));
        CertificateAuthority second =
                Authorities.ready(
                        open(
                                Vault.under(
                                        Authorities.SECRET))); // derives anew, from the file's salt
        assertThat(second.root()).isEqualTo(first.root());
        assertThat(verdict(second, before))
                .isEqualTo(new PeerVerifier.Verdict.Trusted(new SpiffeId("shop", "orders")));
    }

    @Test
    void aWrongSecretOpensNothingAndChangesNothing() throws Exception {
        ready();
        List<byte[]> before = contents();
        assertThat(open(Vault.under(UnlockSecret.of("another secret, sixteen or more"))))
                .isInstanceOf(CertificateAuthority.Opened.WrongSecret.class);
        assertThat(contents()).usingRecursiveFieldByFieldElementComparator().isEqualTo(before);
    }

    @Test
    void onlyTheOwnerMayReadAndNoKeyLiesOpen() throws Exception {
        ready();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("ca"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder.resolve("ca"))) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> {
                        assertThat(
                                        PosixFilePermissions.toString(
                                                Files.getPosixFilePermissions(file)))
                                .isEqualTo("rw-------");
                        assertThat(Files.readString(file))
                                .contains("BEGIN ENCRYPTED PRIVATE KEY")
                                .doesNotContain("BEGIN PRIVATE KEY");
                    });
        }
    }

    @Test
    void aStartThatWasKilledBetweenTheFilesGoesOn() throws Exception {
        CertificateAuthority first = ready();
        Files.delete(folder.resolve("ca/issuing.pem"));
        Files.writeString(folder.resolve("ca/.issuing.pem123.new"), "half a fi");
        assertThat(ready().root()).isEqualTo(first.root());
    }

    @Test
    void aLostOrForeignRootIsToldAndNotReplaced() throws Exception {
        ready();
        assertThat(
                        CertificateAuthority.open(
                                folder.resolve("ca"),
                                "bank",
                                Authorities.VAULT,
                                clock,
                                Lifetimes.DEFAULT))
                .isInstanceOf(CertificateAuthority.Opened.Unusable.class);
        Files.delete(folder.resolve("ca/root.pem"));
        assertThat(open(Authorities.VAULT))
                .isInstanceOf(CertificateAuthority.Opened.Unusable.class);
        assertThat(folder.resolve("ca/root.pem")).doesNotExist();
    }

    @Test
    void anIssuingCertificateOfAnotherRootIsNotUsed() throws Exception {
        ready();
        Path other = folder.resolve("other");
        Authorities.ready(
                CertificateAuthority.open(
                        other, "shop", Authorities.VAULT, clock, Lifetimes.DEFAULT));
        Files.copy(
                other.resolve("issuing.pem"),
                folder.resolve("ca/issuing.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(open(Authorities.VAULT))
                .isInstanceOf(CertificateAuthority.Opened.Unusable.class);
    }

    @Test
    void theIssuingCertificateIsRenewedAndOldChainsStayGood() throws Exception {
        CertificateAuthority authority = ready();
        Identity before = authority.issue(Authorities.workload("shop", "orders"));
        authority.renewIssuing();
        Identity after = authority.issue(Authorities.workload("shop", "orders"));
        assertThat(after.chain().get(1)).isNotEqualTo(before.chain().get(1));
        assertThat(verdict(authority, before)).isInstanceOf(PeerVerifier.Verdict.Trusted.class);
        assertThat(verdict(authority, after)).isInstanceOf(PeerVerifier.Verdict.Trusted.class);
    }

    @Test
    void aSystemThatSleptForYearsRenewsWhatEnded() throws Exception {
        TrustRoot root = ready().root();
        clock.advance(Duration.ofDays(3 * 365));
        CertificateAuthority woken = ready();
        assertThat(woken.root()).isEqualTo(root);
        assertThat(verdict(woken, woken.issue(Authorities.workload("shop", "orders"))))
                .isInstanceOf(PeerVerifier.Verdict.Trusted.class);
    }

    @Test
    void aRequestDecidesNothingButTheKey() throws Exception {
        CertificateAuthority authority = ready();
        NewKey key = NewKey.make();
        Issued issued = authority.issue(key.request(), Authorities.workload("shop", "orders"));
        assertThat(issued).isInstanceOf(Issued.Certificate.class);
        Identity identity = key.certified(((Issued.Certificate) issued).pem());
        assertThat(identity.id()).contains(new SpiffeId("shop", "orders"));
        assertThat(identity.renewAt()).isBefore(identity.notAfter());
        assertThat(Duration.between(clock.instant(), identity.notAfter()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void requestsThatProveNothingAreRefused() throws Exception {
        CertificateAuthority authority = ready();
        Profile.Workload profile = Authorities.workload("shop", "orders");
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        var pair = rsa.generateKeyPair();
        String ofAnotherKind =
                Pem.write(
                        Pem.CERTIFICATE_REQUEST,
                        new JcaPKCS10CertificationRequestBuilder(
                                        new X500Name("CN=x"), pair.getPublic())
                                .build(
                                        new JcaContentSignerBuilder("SHA256withRSA")
                                                .build(pair.getPrivate()))
                                .getEncoded());
        String signedByAnother =
                Pem.write(
                        Pem.CERTIFICATE_REQUEST,
                        new JcaPKCS10CertificationRequestBuilder(
                                        new X500Name("CN=x"), Certificates.newKeyPair().getPublic())
                                .build(
                                        new JcaContentSignerBuilder("SHA256withECDSA")
                                                .build(Certificates.newKeyPair().getPrivate()))
                                .getEncoded());
        for (String bad :
                List.of(
                        "",
                        "nonsense",
                        Pem.write(Pem.CERTIFICATE_REQUEST, new byte[] {1, 2, 3}),
                        "x".repeat(CertificateRequests.LENGTH_MAX + 1),
                        ofAnotherKind,
                        signedByAnother)) {
            assertThat(authority.issue(bad, profile)).isInstanceOf(Issued.Refused.class);
        }
        assertThat(authority.issue(NewKey.make().request(), Authorities.workload("bank", "orders")))
                .isInstanceOf(Issued.Refused.class);
    }

    @Test
    void theDoorShowsTheDomainAndThisMachineToStrangers() throws Exception {
        Identity door = ready().issue(new Profile.Door(Set.of("shop.example.com")));
        assertThat(door.id()).isEmpty();
        assertThat(
                        door.certificate().getSubjectAlternativeNames().stream()
                                .map(name -> name.get(1))
                                .toList())
                .isEqualTo(
                        List.of("shop.example.com", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
        assertThat(Duration.between(clock.instant(), door.notAfter()))
                .isLessThanOrEqualTo(Duration.ofDays(90));
    }

    @Test
    void nothingOutlivesWhatSignedIt() throws Exception {
        CertificateAuthority authority = ready();
        clock.advance(Lifetimes.ISSUING.minus(Duration.ofMinutes(10)));
        Identity late = authority.issue(Authorities.workload("shop", "orders"));
        assertThat(late.notAfter()).isEqualTo(late.chain().get(1).getNotAfter().toInstant());
    }

    @Test
    void theRootNamesItsSystemAndTwoLevels() throws Exception {
        X509Certificate root = ready().root().certificate();
        assertThat(root.getBasicConstraints()).isEqualTo(1);
        assertThat(root.getCriticalExtensionOIDs()).contains("2.5.29.15", "2.5.29.19", "2.5.29.30");
    }

    @Test
    void anIdentityInAFileIsTheSameAndTheOwnersAlone() throws Exception {
        Identity identity = ready().issue(Authorities.workload("shop", "orders"));
        Path file = folder.resolve("node/identity.pem");
        identity.save(file);
        Identity read = Identity.load(file);
        assertThat(read.chain()).isEqualTo(identity.chain());
        assertThat(read.privateKey()).isEqualTo(identity.privateKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Identity other = ready().issue(Authorities.workload("shop", "orders"));
        assertThatThrownBy(() -> Identity.of(identity.chain(), other.privateKey()))
                .hasMessageContaining("does not belong");
    }

    @Test
    void noSecretIsEverPrinted() throws Exception {
        Identity identity =
                ready().issue(new Profile.Workload(new SpiffeId("shop", "a"), Set.of("localhost")));
        assertThat(identity.toString()).doesNotContain("PRIVATE").contains("spiffe://shop/a");
        assertThat(Authorities.SECRET.toString()).isEqualTo("UnlockSecret[…]");
        assertThat(Authorities.VAULT.toString()).isEqualTo("Vault[…]");
        assertThat(NewKey.make().toString()).isEqualTo("NewKey[…]");
        assertThatThrownBy(() -> UnlockSecret.of("short")).hasMessageNotContaining("short");
    }

    private List<byte[]> contents() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("ca"))) {
            return files.sorted()
                    .map(file -> {
                        try {
                            return Files.readAllBytes(file);
                        } catch (IOException broken) {
                            throw new AssertionError(broken);
                        }
                    })
                    .toList();
        }
    }
}
