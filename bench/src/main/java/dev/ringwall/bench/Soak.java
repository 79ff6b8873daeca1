package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// `./ringwall bench soak`: mixed traffic for as long as you like while the service and its sidecar are killed and come back. It fails on one
/// wrong answer, on one buffer that was not released, when descriptors pile up, and when not all is well again at the end.
final class Soak {

    static final String USAGE =
            """
            usage: ringwall bench soak [--minutes N] [--callers N]

            Starts Ringwall (control plane, gateway, sidecar; every buffer watched) before a service whose answers can be told apart; calls
            it in HTTP/1.1 and HTTP/2, with and without a right to, in small and large; kills service and sidecar again and again.
            Fails when an answer is wrong, a buffer is not released, descriptors pile up, or the last calls do not all succeed.

              --minutes      of traffic (10)
              --callers      at a time (16)
            """;

    static final Map<String, String> DEFAULTS = Map.of("--minutes", "10", "--callers", "16");

    private static final String DECLARATION =
            """
            ringwall: 1
            system: soak
            data:
              item: { class: internal }
              page: { class: public }
            roles:
              reader: { login: password }
              writer: { login: password }
            services:
              items:
                url: http://127.0.0.1:UPSTREAM
                stores: { files: [item, page] }
                operations:
                  find: { http: "GET /items/{id}", allow: reader, returns: [item] }
                  store: { http: POST /items, allow: writer, accepts: [item] }
                  peek: { http: "GET /pages/{id}", allow: anyone, returns: [page] }
            """;

    private static final int SERVICE_LIVES_MILLIS = 6_000;
    private static final int SERVICE_AWAY_MILLIS = 1_000;
    private static final int SIDECAR_EVERY = 5;
    private static final int DESCRIPTORS_MORE_MAX = 100;
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final int LAST_CALLS = 200;

    private final Path home;
    private final SmallSystem system;
    private final int port = SmallSystem.freePort();
    private Program service;
    private Program sidecar;

    private Soak(Path home, Path launcher) throws IOException, InterruptedException {
        this.home = home;
        this.system =
                new SmallSystem(
                        home,
                        launcher,
                        Map.of(
                                "ringwall.yaml",
                                DECLARATION.replace("UPSTREAM", Integer.toString(port))),
                        List.of(
                                "env",
                                "RINGWALL_JAVA_OPTS=-Dio.netty.leakDetection.level=paranoid"));
        try {
            this.service = startService();
            this.sidecar = system.sidecar("items");
        } catch (IOException | InterruptedException | RuntimeException failed) {
            system.close();
            throw failed;
        }
    }

    /// Returns the exit code: 0 when all was well.
    static int run(Path home, Path launcher, Options options)
            throws IOException, InterruptedException {
        Duration time = Duration.ofMinutes(options.number("--minutes"));
        Soak soak = new Soak(home, launcher);
        try (SmallSystem system = soak.system) {
            Program gateway = system.gateway();
            return soak.soaked(gateway, time, options.number("--callers")) ? 0 : 1;
        }
    }

    private boolean soaked(Program gateway, Duration time, int callers)
            throws IOException, InterruptedException {
        Path root = system.stateOf("gateway").resolve("identity").resolve("root.pem");
        Tally tally = new Tally();
        long began = System.nanoTime();
        long descriptors;
        try (Traffic traffic = new Traffic(system, root, callers, tally)) {
            traffic.start();
            Thread.sleep(QUIET);
            descriptors = descriptors(gateway.pid());
            say("warm: " + tally + memory(gateway));
            for (int kill = 1; System.nanoTime() - began < time.toNanos(); kill++) {
                breakSomething(kill);
                say(tally + memory(gateway));
            }
            Thread.sleep(QUIET);
            traffic.stop();
            Thread.sleep(QUIET);
            int failed = traffic.last(LAST_CALLS);
            long more = descriptors(gateway.pid()) - descriptors;
            long leaks = leaks();
            System.out.println(
                    tally
                            + memory(gateway)
                            + "\nlast calls that failed: "
                            + failed
                            + " of "
                            + LAST_CALLS
                            + "; descriptors more than at the beginning: "
                            + more
                            + "; buffers not released: "
                            + leaks);
            return tally.wrong() == 0
                    && tally.right() > 0
                    && failed == 0
                    && more <= DESCRIPTORS_MORE_MAX
                    && leaks == 0;
        }
    }

    /// The service dies under the calls and comes back; every now and then the sidecar does.
    private void breakSomething(int kill) throws IOException, InterruptedException {
        Thread.sleep(new SplittableRandom(kill).nextInt(SERVICE_LIVES_MILLIS));
        if (kill % SIDECAR_EVERY == 0) {
            sidecar.kill();
            sidecar = system.sidecar("items");
        } else {
            service.kill();
            Thread.sleep(new SplittableRandom(kill).nextInt(SERVICE_AWAY_MILLIS));
            service = startService();
        }
    }

    private Program startService() throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElse("java");
        Program started =
                Program.start(
                        home,
                        "service",
                        List.of(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Echo.class.getName(),
                                Integer.toString(port)));
        system.with(started);
        started.awaitLine("echo ");
        return started;
    }

    /// What the nodes' logs say of buffers.
    private long leaks() throws IOException {
        long found = 0;
        for (String node : List.of("gateway", "items")) {
            try (Stream<Path> logs = Files.list(system.stateOf(node).resolve("log"))) {
                for (Path log : logs.toList()) {
                    try (Stream<String> lines = Files.lines(log)) {
                        found += lines.filter(line -> line.contains("LEAK:")).count();
                    }
                }
            }
        }
        return found;
    }

    private static long descriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        }
    }

    private static String memory(Program gateway) throws IOException {
        return "; gateway " + (Cpu.resident(gateway.pid()) >> 20) + " MiB";
    }

    private static void say(String what) {
        System.err.println("ringwall bench: " + what);
    }
}
