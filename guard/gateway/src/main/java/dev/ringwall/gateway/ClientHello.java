package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a caller says first (RFC 8446 §4.1.2), as far as it decides how it is answered. The TLS library reads the whole of it again and
/// judges it; what cannot be read here says nothing.
///
/// @param host      the host that is asked for (RFC 6066 §3), in small letters
/// @param protocols what the caller speaks (RFC 7301)
record ClientHello(Optional<String> host, List<String> protocols) {

    /// An authority asks whether a name is ours (RFC 8737 §3).
    static final String ACME = "acme-tls/1";

    /// Says nothing of use here.
    static final ClientHello SILENT = new ClientHello(Optional.empty(), List.of());

    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int HOST_NAME = 0;

    ClientHello {
        protocols = List.copyOf(protocols);
    }

    /// Reads the body of the handshake message and leaves its position alone.
    static ClientHello of(ByteBuf message) {
        ByteBuf in = message.slice();
        try {
            in.skipBytes(VERSION_AND_RANDOM);
            in.skipBytes(in.readUnsignedByte()); // session
            in.skipBytes(in.readUnsignedShort()); // ciphers
            in.skipBytes(in.readUnsignedByte()); // compressions
            ByteBuf extensions = in.readSlice(in.readUnsignedShort());
            Optional<String> host = Optional.empty();
            List<String> protocols = List.of();
            while (extensions.isReadable()) {
                int kind = extensions.readUnsignedShort();
                ByteBuf value = extensions.readSlice(extensions.readUnsignedShort());
                switch (kind) {
                    case SERVER_NAME -> host = host(value);
                    case ALPN -> protocols = protocols(value);
                    default -> {}
                }
            }
            return new ClientHello(host, protocols);
        } catch (IndexOutOfBoundsException odd) {
            return SILENT;
        }
    }

    private static Optional<String> host(ByteBuf value) {
        ByteBuf names = value.readSlice(value.readUnsignedShort());
        int kind = names.readUnsignedByte();
        String name =
                names.readCharSequence(names.readUnsignedShort(), StandardCharsets.US_ASCII)
                        .toString();
        return kind == HOST_NAME ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static List<String> protocols(ByteBuf value) {
        ByteBuf names = value.readSlice(value.readUnsignedShort());
        List<String> protocols = new ArrayList<>(2);
        while (names.isReadable()) {
            protocols.add(
                    names.readCharSequence(names.readUnsignedByte(), StandardCharsets.US_ASCII)
                            .toString());
        }
        return protocols;
    }
}
