package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/// One listener of a node: where it listens, and what stands before and behind it.
public sealed interface Place {

    /// Where it listens; port 0 picks a free one.
    InetSocketAddress address();

    /// The public door. Callers prove themselves by tokens and keys; behind it are the sidecars and the identity provider.
    ///
    /// @param certificate what strangers see
    /// @param identity    what sidecars and the control plane see
    record Door(
            InetSocketAddress address, Supplier<Identity> certificate, Supplier<Identity> identity)
            implements Place {}

    /// Before a service. Peers prove themselves by certificates and transaction tokens; behind it is the service, on loopback.
    ///
    /// @param upstream where the service listens
    /// @param entry    the secret that tells the service that a call came through here
    record Inbound(
            InetSocketAddress address,
            String service,
            Supplier<Identity> identity,
            InetSocketAddress upstream,
            String entry)
            implements Place {
        @Override
        public String toString() {
            return "Inbound[" + service + ", " + address + "]";
        }
    }

    /// A service's way to one callee: another service, or a third party. It listens on loopback, for that service alone.
    record Outbound(
            InetSocketAddress address, String service, String callee, Supplier<Identity> identity)
            implements Place {}

    /// The word for it in events: `gateway`, `orders`, `orders>payments`.
    default String hop() {
        return switch (this) {
            case Door _ -> "gateway";
            case Inbound inbound -> inbound.service();
            case Outbound outbound -> outbound.service() + ">" + outbound.callee();
        };
    }
}
