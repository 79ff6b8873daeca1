package dev.ringwall.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A block of addresses in CIDR form, `203.0.113.0/24` or `2001:db8::/32`. A single address is a block of one.
public final class Network {

    private static final Pattern NUMERIC = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /// Reads a block; empty when the text is none, names a host, or has address bits set past its prefix.
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!NUMERIC.matcher(address).matches()
                || (!address.contains(":") && address.split("\\.", -1).length != 4)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > bytes.length * 8 || !Arrays.equals(bytes, masked(bytes, bits))) {
                return Optional.empty();
            }
            return Optional.of(new Network(bytes, bits));
        } catch (UnknownHostException | NumberFormatException notNumeric) {
            return Optional.empty();
        }
    }

    /// Whether the address lies in the block. An IPv4 address never lies in an IPv6 block.
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == prefix.length && Arrays.equals(prefix, masked(bytes, bits));
    }

    private static byte[] masked(byte[] bytes, int bits) {
        byte[] kept = bytes.clone();
        for (int i = 0; i < kept.length; i++) {
            int left = Math.clamp(bits - i * 8L, 0, 8);
            kept[i] &= (byte) (0xff << (8 - left));
        }
        return kept;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that
                && bits == that.bits
                && Arrays.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(prefix) * 31 + bits;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(prefix).getHostAddress() + "/" + bits;
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
