package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import java.util.Optional;

/// Whether a caller holds the certificate that its token is bound to (RFC 8705 §3).
final class BoundCertificate {

    private BoundCertificate() {}

    /// The handshake has shown that the caller holds the key of the certificate that it showed.
    static DpopProofs.Checked shown(Exchange exchange, String thumbprint) {
        Optional<Outsider.Shown> shown =
                exchange.arrival().outsider().flatMap(Outsider::certificate);
        if (shown.isEmpty()) {
            return new DpopProofs.Checked.Bad(
                    Reason.CERTIFICATE_MISSING,
                    exchange.plan()
                            .snapshot()
                            .blueprint()
                            .declaration()
                            .door()
                            .mutualTls()
                            .map(name ->
                                    "no certificate was shown (expected: a call to "
                                            + name
                                            + " with it)")
                            .orElse(
                                    "no certificate is asked for: the declaration has no `mutual-tls`"));
        }
        return shown.get().thumbprint().equals(thumbprint)
                ? new DpopProofs.Checked.Good()
                : new DpopProofs.Checked.Bad(
                        Reason.CERTIFICATE_NOT_VALID,
                        "shown: " + shown.get().thumbprint() + ", bound to: " + thumbprint);
    }
}
