package dev.ringwall.node;

import dev.ringwall.audit.Shipment;
import dev.ringwall.audit.Spool;
import dev.ringwall.audit.SpoolReader;
import dev.ringwall.link.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.function.Function;

/// Hands what the spool holds to the control plane, in order, and drops from the spool what has arrived in the log.
final class Shipper implements Loop.Round {

    /// How long it waits for an event before it looks whether all is as it was.
    private static final Duration NOTHING_FOR = Duration.ofSeconds(1);

    /// So long it waits behind the first event, for those that come with it.
    private static final Duration TOGETHER = Duration.ofMillis(20);

    /// A batch of so many events shows that much happens.
    private static final int MANY = 50;

    /// So long the next one waits then, unless as many wait already: what a batch takes besides its events is the same for fifty of them
    /// as for a thousand, and at both ends.
    static final Duration GATHERING = Duration.ofMillis(120);

    private final Spool spool;
    private final SpoolReader reader;
    private final Function<Shipment, ControlLink.Reply<Messages.Ack>> control;
    private volatile long shipped;

    Shipper(Spool spool, Function<Shipment, ControlLink.Reply<Messages.Ack>> control) {
        this.spool = spool;
        this.reader = spool.reader();
        this.control = control;
        this.shipped = spool.acknowledged();
    }

    /// The sequence up to which everything has arrived.
    long shipped() {
        return shipped;
    }

    @Override
    public boolean run() throws InterruptedException {
        try {
            Shipment batch = reader.after(shipped);
            if (batch.count() == 0) {
                spool.awaitAfter(shipped, NOTHING_FOR);
                Thread.sleep(TOGETHER);
                return true;
            }
            return switch (control.apply(batch)) {
                case ControlLink.Reply.Answered<Messages.Ack>(Messages.Ack ack) -> {
                    shipped = Math.min(ack.sequence(), batch.last());
                    spool.acknowledge(shipped);
                    long waiting = spool.syncedUpTo() - shipped;
                    if (batch.count() >= MANY && waiting < batch.count()) {
                        Thread.sleep(GATHERING);
                    }
                    yield true;
                }
                case ControlLink.Reply.Refused<Messages.Ack> _,
                        ControlLink.Reply.Unavailable<Messages.Ack> _ ->
                        false;
            };
        } catch (ClosedByInterruptException stopping) {
            throw new InterruptedException("the node is stopping");
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }
}
