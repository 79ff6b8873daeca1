package dev.ringwall.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// Whoever is counted, as a number: a million of them take a few bytes each.
///
/// Addresses are what they are. Names are spread over 64 bits, the same on every node; two that should meet would share one allowance. Nobody
/// chooses the name that they are counted by: accounts, keys and clients are named by the identity provider.
public final class CountKey {

    /// Everybody together.
    public static final long ALL = 1;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX_1 = 0xff51afd7ed558ccdL;
    private static final long MIX_2 = 0xc4ceb9fe1a85ec53L;
    private static final int HALF = 33;

    private CountKey() {}

    /// One site of IPv6 is one address: its owner has 2⁶⁴ of them.
    public static long of(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer read = ByteBuffer.wrap(bytes);
        return address instanceof Inet6Address
                ? read.getLong()
                : Integer.toUnsignedLong(read.getInt());
    }

    /// A caller or a role.
    public static long of(String name) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return spread(hash);
    }

    /// So that neighbours do not lie beside each other.
    static long spread(long key) {
        long mixed = (key ^ (key >>> HALF)) * MIX_1;
        mixed = (mixed ^ (mixed >>> HALF)) * MIX_2;
        return mixed ^ (mixed >>> HALF);
    }
}
