package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerVerifierTest {

    @TempDir Path folder;

    private final HandClock clock = HandClock.atPresent();

    private CertificateAuthority authority() throws Exception {
        return Authorities.ready(
                CertificateAuthority.open(
                        folder, "shop", Authorities.VAULT, clock, Lifetimes.DEFAULT));
    }

    private PeerVerifier.Verdict verdict(
            CertificateAuthority authority, List<X509Certificate> chain) {
        return new PeerVerifier(authority.root(), clock).verify(chain, Purpose.CLIENT);
    }

    /// The JDK adds a common name to the names while it checks them, and two threads that check one certificate trip over that
    /// (`SwapUnderLoadTest` met it once in thousands of calls).
    @Test
    void nobodysCertificateHasACommonName() throws Exception {
        CertificateAuthority authority = authority();

        for (Profile profile :
                List.of(
                        new Profile.Workload(new SpiffeId("shop", "web"), Set.of()),
                        new Profile.Operator(),
                        new Profile.Documents(),
                        new Profile.Door(Set.of()))) {
            assertThat(authority.issue(profile).certificate().getSubjectX500Principal().getName())
                    .as(profile.toString())
                    .startsWith("OU=")
                    .doesNotContain("CN=");
        }
    }

    /// A leaf as the real issuing key would sign it if it were made to say anything.
    private List<X509Certificate> forged(
            CertificateAuthority authority, KeyUsage usage, GeneralName... names) throws Exception {
        assertThat(authority).isNotNull();
        LockedIdentity.Held issuing =
                (LockedIdentity.Held)
                        LockedIdentity.read(folder.resolve("issuing.pem"), Authorities.VAULT);
        Identity by = issuing.identity();
        KeyPair pair = Certificates.newKeyPair();
        JcaX509v3CertificateBuilder leaf =
                new JcaX509v3CertificateBuilder(
                        X500Name.getInstance(
                                by.certificate().getSubjectX500Principal().getEncoded()),
                        BigInteger.TEN,
                        Date.from(clock.instant().minusSeconds(60)),
                        Date.from(clock.instant().plusSeconds(600)),
                        new X500Name("CN=forged"),
                        pair.getPublic());
        leaf.addExtension(Extension.keyUsage, true, usage);
        leaf.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        if (names.length > 0) {
            leaf.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return List.of(
                Pem.certificate(
                        leaf.build(
                                        new JcaContentSignerBuilder("SHA256withECDSA")
                                                .build(by.privateKey()))
                                .getEncoded()),
                by.certificate());
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    private static final KeyUsage SIGNS = new KeyUsage(KeyUsage.digitalSignature);

    @Test
    void oneNameOfThisSystemIsBelieved() throws Exception {
        CertificateAuthority authority = authority();
        assertThat(verdict(authority, forged(authority, SIGNS, uri("spiffe://shop/orders"))))
                .isEqualTo(new PeerVerifier.Verdict.Trusted(new SpiffeId("shop", "orders")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://bank/orders",
                "spiffe://shop/",
                "spiffe://shop/orders/more",
                "spiffe://shop/Orders",
                "spiffe://shop/orders?x=1",
                "spiffe://shop:443/orders",
                "spiffe://user@shop/orders",
                "spiffe://SHOP/orders",
                "https://shop/orders",
                "spiffe:///orders",
                "shop/orders"
            })
    void anyOtherNameIsNobodys(String name) throws Exception {
        CertificateAuthority authority = authority();
        assertThat(verdict(authority, forged(authority, SIGNS, uri(name))))
                .isInstanceOf(PeerVerifier.Verdict.Untrusted.class);
    }

    @Test
    void twoNamesOrNoneAreNobodys() throws Exception {
        CertificateAuthority authority = authority();
        for (List<X509Certificate> chain :
                List.of(
                        forged(authority, SIGNS),
                        forged(authority, SIGNS, new GeneralName(GeneralName.dNSName, "orders")),
                        forged(authority, SIGNS, uri("spiffe://shop/a"), uri("spiffe://shop/b")),
                        forged(
                                authority,
                                new KeyUsage(KeyUsage.keyAgreement),
                                uri("spiffe://shop/a")))) {
            assertThat(verdict(authority, chain))
                    .isInstanceOf(PeerVerifier.Verdict.Untrusted.class);
        }
    }

    @Test
    void anythingButAChainFromLeafToRootIsNobodys() throws Exception {
        CertificateAuthority authority = authority();
        List<X509Certificate> good =
                authority.issue(Authorities.workload("shop", "orders")).chain();
        List<X509Certificate> whole = new ArrayList<>(good);
        whole.add(authority.root().certificate());
        assertThat(verdict(authority, good)).isInstanceOf(PeerVerifier.Verdict.Trusted.class);
        assertThat(verdict(authority, whole)).isInstanceOf(PeerVerifier.Verdict.Trusted.class);
        for (List<X509Certificate> bad :
                List.of(
                        List.<X509Certificate>of(),
                        good.subList(0, 1),
                        good.subList(1, 2),
                        good.reversed(),
                        List.of(authority.root().certificate()),
                        Collections.nCopies(PeerVerifier.CHAIN_MAX + 1, good.getFirst()))) {
            assertThat(verdict(authority, bad)).isInstanceOf(PeerVerifier.Verdict.Untrusted.class);
        }
    }

    @Test
    void aServiceCannotIssueToAnother() throws Exception {
        CertificateAuthority authority = authority();
        Identity orders = authority.issue(Authorities.workload("shop", "orders"));
        NewKey key = NewKey.make();
        X509Certificate child =
                Issuer.holding("shop", orders.certificate(), orders.privateKey())
                        .leaf(
                                Authorities.workload("shop", "payments"),
                                key.pair().getPublic(),
                                clock.instant(),
                                Lifetimes.DEFAULT);
        List<X509Certificate> chain = new ArrayList<>(orders.chain());
        chain.addFirst(child);
        assertThat(verdict(authority, chain)).isInstanceOf(PeerVerifier.Verdict.Untrusted.class);
    }

    @Test
    void aTwinOfTheAuthorityIsNotTheAuthority() throws Exception {
        CertificateAuthority authority = authority();
        KeyPair pair = Certificates.newKeyPair();
        ECPrivateKey key = (ECPrivateKey) pair.getPrivate();
        X509Certificate twin = Issuer.root("shop", pair.getPublic(), key, clock.instant());
        X509Certificate leaf =
                Issuer.holding("shop", twin, key)
                        .leaf(
                                Authorities.workload("shop", "orders"),
                                Certificates.newKeyPair().getPublic(),
                                clock.instant(),
                                Lifetimes.DEFAULT);
        assertThat(verdict(authority, List.of(leaf, twin)))
                .isInstanceOf(PeerVerifier.Verdict.Untrusted.class);
        assertThat(verdict(authority, List.of(leaf, authority.root().certificate())))
                .isInstanceOf(PeerVerifier.Verdict.Untrusted.class);
    }

    @Test
    void whatWasBelievedOnceIsHeldAgainstTheClockEachTime() throws Exception {
        CertificateAuthority authority = authority();
        PeerVerifier verifier = new PeerVerifier(authority.root(), clock);
        List<X509Certificate> chain =
                authority.issue(Authorities.workload("shop", "orders")).chain();
        assertThat(verifier.verify(chain, Purpose.CLIENT))
                .isInstanceOf(PeerVerifier.Verdict.Trusted.class);
        assertThat(verifier.verify(chain, Purpose.CLIENT))
                .isInstanceOf(PeerVerifier.Verdict.Trusted.class);
        assertThat(verifier.verify(chain, Purpose.DOCUMENTS))
                .isInstanceOf(PeerVerifier.Verdict.Untrusted.class);
        clock.advance(Duration.ofMinutes(61));
        assertThat(verifier.verify(chain, Purpose.CLIENT))
                .isInstanceOf(PeerVerifier.Verdict.Untrusted.class);
    }

    @Test
    void moreChainsThanAreRememberedAreStillTold() throws Exception {
        CertificateAuthority authority = authority();
        PeerVerifier verifier = new PeerVerifier(authority.root(), clock);
        for (int i = 0; i < PeerVerifier.REMEMBERED + 10; i++) {
            assertThat(
                            verifier.verify(
                                    authority.issue(Authorities.workload("shop", "orders")).chain(),
                                    Purpose.CLIENT))
                    .isInstanceOf(PeerVerifier.Verdict.Trusted.class);
        }
    }
}
