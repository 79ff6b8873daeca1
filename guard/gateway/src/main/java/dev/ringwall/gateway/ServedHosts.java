package dev.ringwall.gateway;

import dev.ringwall.model.Declaration;
import dev.ringwall.model.Door;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The hosts that the door answers for. Requests for others were meant for somebody else, or come from a page that makes its own name point
/// here (DNS rebinding); they are refused (RFC 9110 §7.4, §15.5.20). Immutable.
final class ServedHosts {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names = new HashSet<>();
    private final Optional<String> mutualTls;

    /// @param address the door's own, as callers write it
    ServedHosts(String address, Declaration declaration) {
        Door door = declaration.door();
        Optional.ofNullable(URI.create(address).getHost()).ifPresent(names::add);
        names.addAll(door.served(declaration.domain()));
        names.addAll(THIS_MACHINE);
        this.mutualTls = door.mutualTls();
    }

    /// Why the door does not answer for the host of that request; empty where it does.
    Optional<String> misdirected(Exchange exchange) {
        String host = exchange.head().headers().get(HttpHeaderNames.HOST, "");
        String name = name(host);
        if (!names.contains(name) && !names.contains(name.toLowerCase(Locale.ROOT))) {
            return address(name, exchange) ? Optional.empty() : Optional.of("for " + host);
        }
        boolean asks = mutualTls.filter(name::equalsIgnoreCase).isPresent();
        return asks && !exchange.arrival().outsider().map(Outsider::asked).orElse(false)
                ? Optional.of(name + " over a connection that was made for another host")
                : Optional.empty();
    }

    /// Without the port.
    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    /// Whether it is the very address that the caller reached, which no name can be made to point to.
    private static boolean address(String name, Exchange exchange) {
        String plain =
                name.startsWith("[") && name.endsWith("]")
                        ? name.substring(1, name.length() - 1)
                        : name;
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(plain);
        return bytes != null
                && exchange.arrival()
                        .outsider()
                        .map(Outsider::reached)
                        .map(InetSocketAddress::getAddress)
                        .filter(reached -> Arrays.equals(reached.getAddress(), bytes))
                        .isPresent();
    }
}
