package dev.ringwall.gateway;

/// What the parser found odd. It never leaves the connection that it was found on: [TransportRing] turns it into a refusal.
final class OddRequest extends RuntimeException {

    OddRequest(String what) {
        super(what, null, false, false);
    }
}
