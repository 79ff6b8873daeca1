package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `./ringwall bench`: the processor time that a proxied request costs, Ringwall beside nginx and HAProxy, in interleaved rounds.
public final class Bench {

    private static final String USAGE =
            """
            usage: ringwall bench [--rounds N] [--seconds N] [--warm-up N] [--connections N] [-o text|json]
                   ringwall bench soak | parts

            Starts Ringwall (control plane and gateway), upstreams that answer 1 KiB, and of nginx, HAProxy and Caddy those that
            are installed; loads one after the other by wrk, in rounds, and prints what a request costs each of them. Needs wrk, nginx and
            openssl on the PATH (Debian: apt-get install wrk nginx haproxy caddy openssl).

              --rounds       of each (3)
              --seconds      of each round (10)
              --warm-up      seconds for which each is loaded before the first round (60)
              --connections  kept open (32)
              -o             text or json (text)
            """;

    private Bench() {}

    /// Exit 0 when every round was good, 1 when not, 2 when it was asked for something that is not there.
    public static void main(String[] arguments) throws InterruptedException {
        boolean soak = arguments.length > 0 && arguments[0].equals("soak");
        Map<String, String> options = new LinkedHashMap<>();
        if (soak) {
            options.put("--minutes", "10");
            options.put("--callers", "16");
        } else {
            options.put("--rounds", "3");
            options.put("--seconds", "10");
            options.put("--warm-up", "60");
            options.put("--connections", "32");
            options.put("-o", "text");
        }
        for (int i = soak ? 1 : 0; i < arguments.length; i += 2) {
            if (!options.containsKey(arguments[i]) || i + 1 == arguments.length) {
                boolean help = arguments[i].equals("--help") || arguments[i].equals("-h");
                (help ? System.out : System.err).print(soak ? Soak.USAGE : USAGE);
                System.exit(help ? 0 : 2);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        try {
            System.exit(soak ? soak(options) : measure(options));
        } catch (IOException | NumberFormatException failed) {
            System.err.println("ringwall bench: " + failed.getMessage());
            System.exit(1);
        }
    }

    private static int soak(Map<String, String> options) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("ringwall-soak");
        try {
            return Soak.run(
                    home,
                    launcher(),
                    Integer.parseInt(options.get("--minutes")),
                    Integer.parseInt(options.get("--callers")));
        } finally {
            delete(home);
        }
    }

    private static Path launcher() {
        return Path.of(System.getProperty("ringwall.home", "."), "ringwall");
    }

    private static int measure(Map<String, String> options)
            throws IOException, InterruptedException {
        for (String program : List.of("wrk", "nginx", "openssl")) {
            if (!Others.installed(program)) {
                System.err.println(
                        "ringwall bench: there is no `"
                                + program
                                + "` on the PATH; install it, for example by `apt-get install "
                                + program
                                + "`");
                return 2;
            }
        }
        run(options);
        return 0;
    }

    private static void run(Map<String, String> options) throws IOException, InterruptedException {
        int connections = Integer.parseInt(options.get("--connections"));
        Duration time = Duration.ofSeconds(Integer.parseInt(options.get("--seconds")));
        Duration warmUp = Duration.ofSeconds(Integer.parseInt(options.get("--warm-up")));
        Path home = Files.createTempDirectory("ringwall-bench");
        List<Round> rounds = new ArrayList<>();
        try {
            Certificates.make(home);
            int plain = SmallSystem.freePort();
            int mutual = SmallSystem.freePort();
            say("starting Ringwall and its peers");
            try (Program _ = Proxies.upstream(home, plain, mutual);
                    Guarded guarded = new Guarded(home, launcher(), plain);
                    Others others = new Others(home, mutual)) {
                List<Peer> peers =
                        Stream.concat(
                                        Stream.of(
                                                guarded.allRings(),
                                                guarded.unrecorded(),
                                                guarded.open()),
                                        others.peers().stream())
                                .toList();
                for (Peer peer : peers) {
                    say("warming up " + peer.name());
                    Round.of(home, peer, guarded.token(peer), connections, warmUp);
                }
                for (int i = 1; i <= Integer.parseInt(options.get("--rounds")); i++) {
                    say("round " + i);
                    for (Peer peer : peers) {
                        rounds.add(Round.of(home, peer, guarded.token(peer), connections, time));
                    }
                }
                Table table = Table.of(rounds);
                System.out.print("json".equals(options.get("-o")) ? table.json() : table.text());
            }
        } finally {
            delete(home);
        }
    }

    private static void say(String what) {
        System.err.println("ringwall bench: " + what);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
