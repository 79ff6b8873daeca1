package dev.ringwall.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;

/// Issues every certificate of one system.
///
/// Two files in its folder, each a certificate with its private key locked in a [Vault]: `root.pem` for ten years, and `issuing.pem`,
/// which the root signed and which signs everything else. The root's key is opened only to make the next issuing one.
/// Any thread may use it. One process at a time owns the folder.
public final class CertificateAuthority {

    private static final String ROOT = "root.pem";
    private static final String ISSUING = "issuing.pem";

    private final Path folder;
    private final Vault vault;
    private final InstantSource clock;
    private final Lifetimes lifetimes;
    private final TrustRoot root;
    private final Rotating<Identity> issuing;

    private CertificateAuthority(
            Path folder,
            Vault vault,
            InstantSource clock,
            Lifetimes lifetimes,
            TrustRoot root,
            Identity issuing) {
        this.folder = folder;
        this.vault = vault;
        this.clock = clock;
        this.lifetimes = lifetimes;
        this.root = root;
        this.issuing = new Rotating<>(issuing);
    }

    /// What became of opening an authority.
    public sealed interface Opened {
        /// It is at work.
        record Ready(CertificateAuthority authority) implements Opened {}

        /// The unlock secret does not open this file; nothing was changed.
        record WrongSecret(Path file) implements Opened {}

        /// What lies in the folder is not an authority of this system.
        record Unusable(String why) implements Opened {}
    }

    /// Opens the authority in that folder, or makes one where there is none.
    ///
    /// @throws IOException when the disk fails
    public static Opened open(
            Path folder, String system, Vault vault, InstantSource clock, Lifetimes lifetimes)
            throws IOException {
        Path file = folder.resolve(ROOT);
        if (!SpiffeId.canName(system)) {
            return new Opened.Unusable(system + " cannot be a trust domain");
        }
        if (!Files.exists(file) && Files.exists(folder.resolve(ISSUING))) {
            return new Opened.Unusable(file + " is gone; bring it back from a backup");
        }
        try {
            if (!Files.exists(file)) {
                KeyPair pair = Certificates.newKeyPair();
                ECPrivateKey key = (ECPrivateKey) pair.getPrivate();
                LockedIdentity.write(
                        file,
                        vault,
                        Issuer.root(system, pair.getPublic(), key, clock.instant()),
                        key);
            }
            TrustRoot root = TrustRoot.parse(KeyFiles.read(file));
            if (!root.system().equals(system)) {
                return new Opened.Unusable(
                        file + " is the root of " + root.system() + ", not of " + system);
            }
            root.certificate().checkValidity(Date.from(clock.instant()));
            return withRoot(folder, root, vault, clock, lifetimes);
        } catch (GeneralSecurityException unfit) {
            return new Opened.Unusable(folder + ": " + unfit.getMessage());
        }
    }

    private static Opened withRoot(
            Path folder, TrustRoot root, Vault vault, InstantSource clock, Lifetimes lifetimes)
            throws IOException, GeneralSecurityException {
        Path file = folder.resolve(ISSUING);
        LockedIdentity known =
                Files.exists(file)
                        ? LockedIdentity.read(file, vault)
                        : nextIssuing(folder, root, vault, clock);
        if (known instanceof LockedIdentity.Held(Identity held)
                && !clock.instant().isBefore(held.renewAt())) {
            known = nextIssuing(folder, root, vault, clock);
        }
        return switch (known) {
            case LockedIdentity.StaysLocked(Path locked) -> new Opened.WrongSecret(locked);
            case LockedIdentity.Unusable(String why) -> new Opened.Unusable(why);
            case LockedIdentity.Held(Identity issuing) -> {
                issuing.certificate().verify(root.certificate().getPublicKey());
                yield new Opened.Ready(
                        new CertificateAuthority(folder, vault, clock, lifetimes, root, issuing));
            }
        };
    }

    private static LockedIdentity nextIssuing(
            Path folder, TrustRoot root, Vault vault, InstantSource clock)
            throws IOException, GeneralSecurityException {
        LockedIdentity opened = LockedIdentity.read(folder.resolve(ROOT), vault);
        if (!(opened instanceof LockedIdentity.Held(Identity holder))) {
            return opened;
        }
        KeyPair pair = Certificates.newKeyPair();
        return new LockedIdentity.Held(
                LockedIdentity.write(
                        folder.resolve(ISSUING),
                        vault,
                        Issuer.holding(root.system(), holder.certificate(), holder.privateKey())
                                .issuing(pair.getPublic(), clock.instant()),
                        (ECPrivateKey) pair.getPrivate()));
    }

    /// What everybody in the system pins.
    public TrustRoot root() {
        return root;
    }

    /// When the issuing certificate should be renewed, [#renewIssuing].
    public Instant renewAt() {
        return issuing.current().renewAt();
    }

    /// Makes the next issuing certificate. Chains under the one before stay good until they end.
    ///
    /// @throws IOException when the disk fails
    /// @throws GeneralSecurityException when the root's key does not open any more
    public void renewIssuing() throws IOException, GeneralSecurityException {
        switch (nextIssuing(folder, root, vault, clock)) {
            case LockedIdentity.Held(Identity next) -> issuing.swap(next);
            case LockedIdentity.StaysLocked(Path file) ->
                    throw new GeneralSecurityException(
                            file + " does not open with the unlock secret");
            case LockedIdentity.Unusable(String why) -> throw new GeneralSecurityException(why);
        }
    }

    /// A certificate for whoever sent the request (PKCS#10 in PEM). The caller has made sure who that is; the profile says so.
    public Issued issue(String request, Profile profile) {
        return switch (CertificateRequests.read(request)) {
            case CertificateRequests.Read.Unproved(String why) -> new Issued.Refused(why);
            case CertificateRequests.Read.Proved(PublicKey key) -> sign(key, profile);
        };
    }

    /// A certificate with a key that is made here, for the control plane's own use.
    public Identity issue(Profile profile) {
        NewKey key = NewKey.make();
        return switch (sign(key.pair().getPublic(), profile)) {
            case Issued.Refused(String why) -> throw new IllegalArgumentException(why);
            case Issued.Certificate granted -> {
                try {
                    yield key.certified(granted.pem());
                } catch (GeneralSecurityException ownKey) {
                    throw new IllegalStateException(
                            "a certificate that was just issued does not fit", ownKey);
                }
            }
        };
    }

    private Issued sign(PublicKey key, Profile profile) {
        if (profile instanceof Profile.Workload(SpiffeId id, var _, var _)
                && !id.system().equals(root.system())) {
            return new Issued.Refused(id + " (expected: a name of " + root.system() + ")");
        }
        try {
            Identity by = issuing.current();
            Issuer issuer = Issuer.holding(root.system(), by.certificate(), by.privateKey());
            return new Issued.Certificate(
                    List.of(
                            issuer.leaf(profile, key, clock.instant(), lifetimes),
                            by.certificate()));
        } catch (GeneralSecurityException cannotSign) {
            throw new IllegalStateException("the issuing key does not sign", cannotSign);
        }
    }
}
