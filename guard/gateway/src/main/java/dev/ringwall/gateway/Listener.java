package dev.ringwall.gateway;

import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.Identity;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/// Where the data plane takes calls, and as whom it answers and calls on. Identities are asked for anew at each use, so that they can be
/// exchanged under traffic.
public sealed interface Listener {

    /// Where to listen; port 0 takes any that is free.
    InetSocketAddress address();

    /// As whom calls go on to other nodes.
    Supplier<Identity> identity();

    /// The word for this hop in events and metrics: `gateway`, `orders`, `orders>`.
    String hop();

    /// The node's name in events: `gateway`, `orders`.
    String node();

    /// The public door: HTTPS for strangers.
    ///
    /// @param certificates what strangers see
    /// @param identity     `spiffe://<system>/gateway`, which sidecars see
    record Door(
            InetSocketAddress address,
            Supplier<DoorCertificates> certificates,
            Supplier<Identity> identity)
            implements Listener {
        @Override
        public String hop() {
            return "gateway";
        }

        @Override
        public String node() {
            return "gateway";
        }
    }

    /// The sidecar before a service: mutual TLS with other nodes, plain HTTP to the service on the loopback.
    ///
    /// @param upstream where the service listens
    /// @param entry    a secret that only this sidecar and the service know; sent as `Ringwall-Entry`
    record Inbound(
            String service,
            InetSocketAddress address,
            Supplier<Identity> identity,
            InetSocketAddress upstream,
            String entry)
            implements Listener {
        @Override
        public String hop() {
            return service;
        }

        @Override
        public String node() {
            return service;
        }

        @Override
        public String toString() {
            return "Inbound[" + service + ", " + address + " to " + upstream + "]";
        }
    }

    /// The sidecar's way out to one callee, a service or a third party: plain HTTP on the loopback for the service alone.
    record Outbound(
            String service, String callee, InetSocketAddress address, Supplier<Identity> identity)
            implements Listener {
        @Override
        public String hop() {
            return service + ">";
        }

        @Override
        public String node() {
            return service;
        }
    }
}
