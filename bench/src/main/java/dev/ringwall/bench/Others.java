package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The proxies that Ringwall is measured beside: those that this machine has. The others are left out, with a line each.
final class Others implements AutoCloseable {

    /// All that there are.
    static final String ALL = Guarded.ONE_LOOP + ",nginx,two-workers,haproxy,caddy,spring";

    /// An nginx with as many workers as Ringwall has event loops.
    private static final String TWO_WORKERS = "two-workers";

    private final Path home;
    private final int mutual;
    private final List<Program> programs = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();

    /// Starts them.
    ///
    /// @param mutual the port of their next hop
    /// @param launcher of Ringwall, beside which Maven is
    /// @param guarded  whose tokens are shown to those that check them
    /// @param wanted   which of [#ALL]
    Others(Path home, int mutual, Path launcher, Guarded guarded, Set<String> wanted)
            throws IOException, InterruptedException {
        this.home = home;
        this.mutual = mutual;
        try {
            if (wanted.contains("nginx")) {
                peer("nginx", "nginx", (at, port, next) -> Proxies.nginxProxy(at, port, next, 1));
            }
            if (wanted.contains(TWO_WORKERS)) {
                peer(
                        "nginx, two workers",
                        "nginx",
                        (at, port, next) -> Proxies.nginxProxy(at, port, next, 2));
            }
            if (wanted.contains("haproxy")) {
                peer("HAProxy", "haproxy", Proxies::haproxy);
            }
            if (wanted.contains("caddy")) {
                peer("Caddy", "caddy", Proxies::caddy);
            }
            if (wanted.contains("spring")) {
                spring(launcher, guarded);
            }
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    List<Peer> peers() {
        return List.copyOf(peers);
    }

    static boolean installed(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
        return Stream.of(path.split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void peer(String name, String program, Start start)
            throws IOException, InterruptedException {
        if (!installed(program)) {
            System.err.println("ringwall bench: there is no " + name + " here: it is left out");
            return;
        }
        started(name, "nothing but TLS in and mutual TLS out", Optional.empty(), start);
    }

    private void spring(Path launcher, Guarded guarded) throws IOException, InterruptedException {
        String classPath;
        try {
            classPath = SpringGateway.classPath(home, launcher);
        } catch (IOException cannot) {
            System.err.println(
                    "ringwall bench: Spring Cloud Gateway cannot be fetched: it is left out: "
                            + cannot.getMessage());
            return;
        }
        Files.writeString(home.resolve("jwks.json"), guarded.jwks());
        started(
                "Spring Cloud Gateway",
                "token, TLS in and mutual TLS out",
                Optional.of("reader"),
                (folder, port, next) -> SpringGateway.start(folder, classPath, port, next));
    }

    private void started(String name, String does, Optional<String> role, Start start)
            throws IOException, InterruptedException {
        int port = SmallSystem.freePort();
        Program program = start.at(home, port, mutual);
        programs.add(program);
        program.awaitPort(port);
        String url = "https://localhost:" + port + "/items/17?page=2&sort=name";
        peers.add(new Peer(name, does, url, role, program.pid()));
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }

    /// Starts a proxy at a port before the next hop.
    private interface Start {
        Program at(Path home, int port, int mutual) throws IOException;
    }
}
