package dev.ringwall.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Source addresses for the attacks. On Linux the whole of 127.0.0.0/8 is the machine's own, so each attack on a door on the loopback
/// comes from an address of its own, and what one uses up does not disturb another.
final class Sources {

    private static final int HOSTS = 1 << 22;

    private final InetAddress door;
    private final boolean many;
    private final AtomicInteger next = new AtomicInteger(new SecureRandom().nextInt(HOSTS));

    Sources(InetAddress door) {
        this.door = door;
        this.many = door.isLoopbackAddress() && door.getAddress().length == 4 && bindable(at(1));
    }

    /// An address that no other attack uses; empty where the machine has only the usual one.
    Optional<InetAddress> fresh() {
        return many ? Optional.of(at(next.getAndIncrement())) : Optional.empty();
    }

    /// An own address that fits, fresh where it can be.
    Optional<InetAddress> fitting(Predicate<InetAddress> wanted) throws SocketException {
        if (many) {
            for (InetAddress address : List.of(at(next.getAndIncrement()), loopback(1))) {
                if (wanted.test(address)) {
                    return Optional.of(address);
                }
            }
        }
        return own().stream()
                .filter(address -> address.getAddress().length == door.getAddress().length)
                .filter(wanted)
                .findFirst();
    }

    /// Every address of the machine.
    static List<InetAddress> own() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();
    }

    /// 127.64.0.0 to 127.127.255.255, without ends of blocks.
    private static InetAddress at(int number) {
        int host = Math.floorMod(number, HOSTS);
        return address(64 + (host >>> 16), host >>> 8 & 0xff, 1 + (host & 0xff) % 254);
    }

    private static InetAddress loopback(int last) {
        return address(0, 0, last);
    }

    private static InetAddress address(int second, int third, int fourth) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {127, (byte) second, (byte) third, (byte) fourth});
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private static boolean bindable(InetAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException notOurs) {
            return false;
        }
    }
}
