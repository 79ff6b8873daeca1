package dev.ringwall.attack;

/// A service's own workload identity, in the hands of whoever broke into the service.
///
/// @param certificatesPem the chain, leaf first
/// @param keyPem          the leaf's private key, PKCS#8
public record Insider(String certificatesPem, String keyPem) {

    @Override
    public String toString() {
        return "Insider[…]";
    }
}
