package dev.ringwall.federation;

import dev.ringwall.model.Network;
import dev.ringwall.model.OutsideProvider;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where a provider may be asked, so that what it says about itself cannot lead into networks that only we can reach (RFC 9700 §4.9,
/// "server-side request forgery"): by https, and at public addresses, or in a network that the declaration names. A stand-in on this machine may name
/// places on this machine.
///
/// A name that leads elsewhere between the look and the call meets TLS, whose certificate must still be of the name.
record Reach(boolean standIn, List<Network> networks) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /// What looks public to Java and is not (RFC 6890), and what carries other addresses inside.
    private static final List<Network> NOT_PUBLIC =
            Stream.of(
                            "0.0.0.0/8",
                            "100.64.0.0/10",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "240.0.0.0/4",
                            "::/96",
                            "64:ff9b::/96",
                            "64:ff9b:1::/48",
                            "100::/64",
                            "2001::/32",
                            "2001:db8::/32",
                            "2002::/16",
                            "fc00::/7",
                            "fec0::/10")
                    .map(Network::parse)
                    .flatMap(Optional::stream)
                    .toList();

    Reach {
        networks = List.copyOf(networks);
    }

    static Reach of(OutsideProvider provider) {
        return new Reach(isHere(URI.create(provider.issuer())), provider.networks());
    }

    /// Whether the address names this machine.
    static boolean isHere(URI address) {
        return THIS_MACHINE.contains(String.valueOf(address.getHost()));
    }

    /// The address that a provider says, if browsers or we may be sent there at all.
    URI address(String text) throws Untrusted {
        try {
            URI address = new URI(text);
            boolean tls = "https".equals(address.getScheme());
            boolean here = standIn && THIS_MACHINE.contains(String.valueOf(address.getHost()));
            Untrusted.unless(
                    address.getHost() != null
                            && address.getRawUserInfo() == null
                            && address.getRawFragment() == null
                            && (tls || (here && "http".equals(address.getScheme()))),
                    "metadata-not-valid");
            return address;
        } catch (java.net.URISyntaxException none) {
            throw new Untrusted("metadata-not-valid", none);
        }
    }

    /// Looks where the address leads before we go there.
    void allows(URI address) throws Untrusted {
        String host = Objects.requireNonNull(address.getHost());
        try {
            for (InetAddress one : InetAddress.getAllByName(host)) {
                Untrusted.unless(allows(one), "address-not-allowed");
            }
        } catch (UnknownHostException unknown) {
            throw new Untrusted("provider-unreachable", unknown);
        }
    }

    /// Whether we may go to that address.
    boolean allows(InetAddress address) {
        if (networks.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        if (address.isLoopbackAddress()) {
            return standIn;
        }
        return !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }
}
