package dev.ringwall.control;

import dev.ringwall.link.Messages;
import java.time.Duration;
import java.util.Map;

/// The certificate of the public name, from asking for it to handing it out, as long as the control plane runs.
final class PublicName implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private final DoorHandout handout;
    private final Upkeep upkeep;

    private PublicName(DoorHandout handout, Upkeep upkeep) {
        this.handout = handout;
        this.upkeep = upkeep;
    }

    static PublicName start(ControlPlane control, SecretStore secrets, Journal journal) {
        DoorHandout handout = new DoorHandout(control.settings().clock());
        return new PublicName(
                handout,
                Upkeep.start(
                        LOOK_EVERY,
                        new PublicCertificate(
                                new AcmeKept(control.store(), control.keys().sealer()),
                                () -> control.declared().blueprint().declaration(),
                                secrets::opened,
                                handout,
                                journal,
                                control.settings().clock())));
    }

    /// What gateways may ask.
    Map<String, Exchange.Handler> handlers() {
        return Map.of("GET " + Messages.DOOR, handout.handler());
    }

    @Override
    public void close() {
        upkeep.close();
        handout.close();
    }
}
