package dev.ringwall.gateway;

import dev.ringwall.wire.Transports;
import io.netty.handler.ssl.OpenSsl;
import java.util.Locale;
import java.util.Optional;

/// What a data plane on this machine runs on.
///
/// @param sockets `io_uring`, `epoll` where the kernel refuses it, or `nio` where the machine has none of both
/// @param tls     the native TLS library; empty where the JDK's takes its place
public record NativeParts(String sockets, Optional<String> tls) {

    /// Looks, which loads what there is.
    public static NativeParts here() {
        return new NativeParts(
                Transports.best().name().toLowerCase(Locale.ROOT),
                OpenSsl.isAvailable() ? Optional.of(OpenSsl.versionString()) : Optional.empty());
    }
}
