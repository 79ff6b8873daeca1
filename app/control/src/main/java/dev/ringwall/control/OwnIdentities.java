package dev.ringwall.control;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.Rotating;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/// The certificates that the control plane shows and signs with, issued by its own authority and renewed at half of their lives.
final class OwnIdentities {

    private final CertificateAuthority authority;
    private final InstantSource clock;
    private final Rotating<Identity> workload;
    private final Rotating<Identity> documents;
    private final Rotating<Identity> administration;

    private OwnIdentities(CertificateAuthority authority, InstantSource clock) {
        this.authority = authority;
        this.clock = clock;
        this.workload = new Rotating<>(freshWorkload(authority));
        this.documents = new Rotating<>(authority.issue(new Profile.Documents()));
        this.administration = new Rotating<>(freshAdministration(authority));
    }

    static OwnIdentities issuedBy(CertificateAuthority authority, InstantSource clock) {
        return new OwnIdentities(authority, clock);
    }

    private static Identity freshWorkload(CertificateAuthority authority) {
        SpiffeId self = SpiffeId.control(authority.root().system());
        return authority
                .issue(new Profile.Workload(self, Set.of("localhost", "127.0.0.1")))
                .withRoot(authority.root());
    }

    private static Identity freshAdministration(CertificateAuthority authority) {
        SpiffeId self = new SpiffeId(authority.root().system(), Service.BUILT_IN);
        return authority.issue(new Profile.Workload(self, Set.of())).withRoot(authority.root());
    }

    /// What gateways see where the control plane answers as the service `ringwall`.
    Identity administration() {
        return administration.current();
    }

    /// What nodes and the command line see in TLS.
    Identity workload() {
        return workload.current();
    }

    /// What signs bundle and roster.
    Identity documents() {
        return documents.current();
    }

    /// Renews what is due; returns whether documents are signed by another certificate now.
    boolean renew() throws IOException, GeneralSecurityException {
        Instant now = clock.instant();
        if (!authority.renewAt().isAfter(now)) {
            authority.renewIssuing();
        }
        if (!workload().renewAt().isAfter(now)) {
            workload.swap(freshWorkload(authority));
        }
        if (!administration().renewAt().isAfter(now)) {
            administration.swap(freshAdministration(authority));
        }
        if (documents().renewAt().isAfter(now)) {
            return false;
        }
        documents.swap(authority.issue(new Profile.Documents()));
        return true;
    }
}
