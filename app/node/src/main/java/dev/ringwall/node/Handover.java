package dev.ringwall.node;

import dev.ringwall.audit.Shipment;
import dev.ringwall.gateway.Delivery;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.link.EventLines;
import dev.ringwall.link.Messages;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/// Hands what was recorded to the control plane, over the connections of the data plane: they carry much of it for little. Shows the newest
/// identity; what is shown first after a change goes over a new connection. Blocks.
final class Handover {

    private final URI control;
    private final SpiffeId receiver;
    private final Supplier<Identity> speaker;
    private final Function<Delivery, CompletionStage<Delivery.Outcome>> plane;

    /// @param receiver who must answer there
    /// @param speaker  as whom this node speaks for itself now
    Handover(
            URI control,
            SpiffeId receiver,
            Supplier<Identity> speaker,
            Function<Delivery, CompletionStage<Delivery.Outcome>> plane) {
        this.control = control;
        this.receiver = receiver;
        this.speaker = speaker;
        this.plane = plane;
    }

    ControlLink.Reply<Messages.Ack> events(Shipment shipment) {
        URI to =
                control.resolve(
                        Messages.EVENTS
                                + "?spool="
                                + shipment.spool()
                                + "&first="
                                + shipment.first());
        Delivery delivery =
                new Delivery(
                        to,
                        receiver,
                        speaker.get(),
                        EventLines.MEDIA_TYPE,
                        shipment.lines(),
                        ControlLink.ANSWER_WITHIN);
        try {
            return switch (plane.apply(delivery).toCompletableFuture().get()) {
                case Delivery.Outcome.Answered(int status, byte[] body) ->
                        ControlLink.understood(status, body, Messages.Ack.class);
                case Delivery.Outcome.Unanswered(String why) ->
                        new ControlLink.Reply.Unavailable<>(why);
            };
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new ControlLink.Reply.Unavailable<>("interrupted");
        } catch (ExecutionException unforeseen) {
            throw new IllegalStateException("nothing is handed over", unforeseen);
        }
    }
}
