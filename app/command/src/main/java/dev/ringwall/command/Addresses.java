package dev.ringwall.command;

import java.net.InetSocketAddress;

/// Reads `HOST:PORT`.
final class Addresses {

    private Addresses() {}

    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                InetSocketAddress address =
                        new InetSocketAddress(
                                text.substring(0, colon),
                                Integer.parseInt(text.substring(colon + 1)));
                if (!address.isUnresolved()) {
                    return address;
                }
            }
        } catch (IllegalArgumentException notOne) {
            // told below
        }
        throw new Unusable(
                "`" + text + "` is no address (expected: HOST:PORT, such as 127.0.0.1:8443)");
    }
}
