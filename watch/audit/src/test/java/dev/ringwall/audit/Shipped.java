package dev.ringwall.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a control plane would be sent out of a spool, event by event.
final class Shipped {

    private Shipped() {}

    static Batch after(Spool spool, long sequence) throws IOException {
        return batch(spool.reader().after(sequence));
    }

    static Batch batch(Shipment shipment) {
        List<byte[]> events = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < shipment.lines().limit(); at++) {
            if (shipment.lines().get(at) == '\n') {
                byte[] event = new byte[at - from];
                shipment.lines().get(from, event);
                events.add(event);
                from = at + 1;
            }
        }
        if (events.size() != shipment.count() || from != shipment.lines().limit()) {
            throw new AssertionError(shipment + " with " + events.size() + " lines");
        }
        return new Batch(shipment.spool(), shipment.first(), events);
    }
}
