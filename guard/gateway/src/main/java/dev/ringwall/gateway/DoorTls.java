package dev.ringwall.gateway;

import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.DoorTlsKeys;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.model.Door;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// How the door does TLS with one caller, by what the caller says first and by what the declaration says now. Any thread may use it.
///
/// Who asks for a host that is not ours sees the first certificate and is then told by HTTP (421): a client that checks names has gone
/// by then, and an operator reads why.
final class DoorTls {

    private final SslProvider provider;
    private final Supplier<DoorCertificates> certificates;
    private final DoorTlsKeys keys;
    private final Executor handshakes;
    private final InstantSource clock;
    private final Map<Door.Tls, TlsServers> usual = new EnumMap<>(Door.Tls.class);
    private final Map<Door.Tls, TlsServers> asking = new EnumMap<>(Door.Tls.class);

    private final Map<ServerCertificate, TlsServers> challenged = new HashMap<>();

    DoorTls(
            SslProvider provider,
            Supplier<DoorCertificates> certificates,
            Executor handshakes,
            InstantSource clock) {
        this.provider = provider;
        this.certificates = certificates;
        this.keys = new DoorTlsKeys(certificates);
        this.handshakes = handshakes;
        this.clock = clock;
        usual(Door.Tls.TLS_1_3); // what it takes to load is taken before the first caller comes
    }

    SslHandler handler(ClientHello hello, Door declared, ByteBufAllocator allocator) {
        if (hello.protocols().equals(List.of(ClientHello.ACME))) {
            Optional<ServerCertificate> proof =
                    hello.host().map(certificates.get().challenges()::get);
            if (proof.isPresent()) {
                return challenged(proof.get()).handler(allocator);
            }
        }
        boolean asks = hello.host().isPresent() && hello.host().equals(declared.mutualTls());
        return (asks ? asking(declared.oldestTls()) : usual(declared.oldestTls()))
                .handler(allocator);
    }

    /// Kept as long as there is something to prove: whoever says the word makes the door do so much only once.
    private synchronized TlsServers challenged(ServerCertificate proof) {
        challenged.keySet().retainAll(certificates.get().challenges().values());
        return challenged.computeIfAbsent(
                proof,
                _ -> {
                    DoorCertificates shown = new DoorCertificates(List.of(proof), Map.of());
                    return TlsServers.challenged(
                            provider, new DoorTlsKeys(() -> shown), handshakes);
                });
    }

    private synchronized TlsServers usual(Door.Tls oldest) {
        return usual.computeIfAbsent(
                oldest, _ -> TlsServers.door(provider, keys, oldest, handshakes, clock));
    }

    private synchronized TlsServers asking(Door.Tls oldest) {
        return asking.computeIfAbsent(
                oldest, _ -> TlsServers.asking(provider, keys, oldest, handshakes));
    }
}
