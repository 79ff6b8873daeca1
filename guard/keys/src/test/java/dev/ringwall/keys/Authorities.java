package dev.ringwall.keys;

import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/// Authorities for tests, each in a folder of its own under one secret.
final class Authorities {

    static final UnlockSecret SECRET = UnlockSecret.of("a secret that only tests know");
    static final Vault VAULT = Vault.under(SECRET);
    static final HandClock PRESENT = HandClock.atPresent();

    private Authorities() {}

    static CertificateAuthority of(String system) {
        return of(system, PRESENT, Lifetimes.DEFAULT);
    }

    static CertificateAuthority of(String system, InstantSource clock, Lifetimes lifetimes) {
        try {
            Path folder = Files.createTempDirectory("authority");
            folder.toFile().deleteOnExit();
            return ready(CertificateAuthority.open(folder, system, VAULT, clock, lifetimes));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    static CertificateAuthority ready(CertificateAuthority.Opened opened) {
        if (opened instanceof CertificateAuthority.Opened.Ready(CertificateAuthority authority)) {
            return authority;
        }
        throw new AssertionError("not ready: " + opened);
    }

    static Profile.Workload workload(String system, String name) {
        return new Profile.Workload(new SpiffeId(system, name), Set.of());
    }
}
