package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// One peer under load for a while.
///
/// @param cpuMicros processor time of the peer for each request
record Round(Peer peer, Load load, double cpuMicros) {

    static Round of(Path home, Peer peer, Optional<String> token, int connections, Duration time)
            throws IOException, InterruptedException {
        Duration before = Cpu.ofAll(peer.pid());
        Load load = Load.on(home, peer, token, connections, time);
        Duration used = Cpu.ofAll(peer.pid()).minus(before);
        if (load.failures() > 0 || load.requests() == 0) {
            throw new IOException(
                    peer.name()
                            + ": "
                            + load.failures()
                            + " of "
                            + load.requests()
                            + " requests failed, so the round says nothing");
        }
        return new Round(peer, load, used.toNanos() / 1_000.0 / load.requests());
    }
}
