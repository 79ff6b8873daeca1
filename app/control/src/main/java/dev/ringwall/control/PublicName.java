package dev.ringwall.control;

import dev.ringwall.link.Messages;
import dev.ringwall.model.Declaration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The certificate of the public name, from asking for it to handing it out, as long as the control plane runs.
final class PublicName implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private final DoorHandout handout;
    private final PublicNameInterface asked;
    private final Upkeep upkeep;

    private PublicName(DoorHandout handout, PublicNameInterface asked, Upkeep upkeep) {
        this.handout = handout;
        this.asked = asked;
        this.upkeep = upkeep;
    }

    static PublicName start(ControlPlane control, SecretStore secrets, Journal journal) {
        InstantSource clock = control.settings().clock();
        DoorHandout handout = new DoorHandout(clock);
        AcmeKept kept = new AcmeKept(control.store(), control.keys().sealer());
        AcmeErrands errands = new AcmeErrands(kept, journal, clock);
        Supplier<Declaration> declaration = () -> control.declared().blueprint().declaration();
        return new PublicName(
                handout,
                new PublicNameInterface(kept, errands, declaration, journal, clock),
                Upkeep.start(
                        LOOK_EVERY,
                        new PublicCertificate(
                                kept,
                                errands,
                                declaration,
                                secrets::opened,
                                handout,
                                journal,
                                clock)));
    }

    /// What gateways and the command line may ask.
    Map<String, Exchange.Handler> handlers() {
        Map<String, Exchange.Handler> handlers = new HashMap<>(asked.handlers());
        handlers.put("GET " + Messages.DOOR, handout.handler());
        return handlers;
    }

    @Override
    public void close() {
        upkeep.close();
        handout.close();
    }
}
