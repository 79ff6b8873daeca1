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
import java.util.Set;
import java.util.stream.Stream;

/// `./ringwall bench`: the processor time that a proxied request costs, Ringwall beside nginx, HAProxy, Caddy and Spring Cloud Gateway, in interleaved rounds.
public final class Bench {

    private static final String USAGE =
            """
            usage: ringwall bench [--rounds N] [--seconds N] [--warm-up N] [--connections N] [--peers NAME,…] [-o text|json]
                   ringwall bench sidecars | identity | accounts | upload | memory | soak | parts    (each has its own --help)

            Starts Ringwall (control plane and gateway), upstreams that answer 1 KiB, of nginx, HAProxy and Caddy those that are
            installed, and Spring Cloud Gateway, which Maven fetches; loads one after the other by wrk, in rounds, and prints what a request costs each of them. Needs wrk, nginx and
            openssl on the PATH (Debian: apt-get install wrk nginx haproxy caddy openssl).

              --rounds       of each (3)
              --seconds      of each round (10)
              --warm-up      seconds for which each is loaded before the first round, in six parts (60)
              --connections  kept open (32)
              --peers        some of one-loop,nginx,two-workers,haproxy,caddy,spring (all); one-loop is Ringwall with one event loop,
                             two-workers an nginx with two
              -o             text or json (text)
            """;

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "--rounds", "3",
                    "--seconds", "10",
                    "--warm-up", "60",
                    "--connections", "32",
                    "--peers", Others.ALL,
                    "-o", "text");

    /// The warming up is in so many rounds like those that are measured. What a JVM has compiled for one load it throws away a few times when
    /// another begins (new connections, a login in between), until it expects all of them; in one long round it would not learn that.
    private static final int WARM_UPS = 6;

    private Bench() {}

    /// Exit 0 when every round was good, 1 when not, 2 when it was asked for something that is not there.
    public static void main(String[] arguments) throws InterruptedException {
        String what =
                arguments.length == 0 || arguments[0].startsWith("-") ? "proxies" : arguments[0];
        int from = arguments.length == 0 || arguments[0].startsWith("-") ? 0 : 1;
        System.exit(inFolder(what, arguments, from));
    }

    private static int inFolder(String what, String[] arguments, int from)
            throws InterruptedException {
        try {
            Path home = Files.createTempDirectory("ringwall-bench");
            try {
                return run(what, home, arguments, from);
            } finally {
                delete(home);
            }
        } catch (IOException | NumberFormatException failed) {
            System.err.println("ringwall bench: " + failed.getMessage());
            return 1;
        }
    }

    private static int run(String what, Path home, String[] arguments, int from)
            throws IOException, InterruptedException {
        return switch (what) {
            case "proxies" -> measure(home, Options.read(arguments, from, USAGE, DEFAULTS));
            case "soak" ->
                    Soak.run(
                            home,
                            launcher(),
                            Options.read(arguments, from, Soak.USAGE, Soak.DEFAULTS));
            case "sidecars" ->
                    Sidecars.run(
                            home,
                            launcher(),
                            Options.read(arguments, from, Sidecars.USAGE, Sidecars.DEFAULTS));
            case "identity" ->
                    Providers.run(
                            home,
                            launcher(),
                            Options.read(arguments, from, Providers.USAGE, Providers.DEFAULTS));
            case "accounts" ->
                    ManyAccounts.run(
                            home,
                            launcher(),
                            Options.read(
                                    arguments, from, ManyAccounts.USAGE, ManyAccounts.DEFAULTS));
            case "upload" ->
                    Upload.run(
                            home,
                            launcher(),
                            Options.read(arguments, from, Upload.USAGE, Upload.DEFAULTS));
            case "memory" ->
                    Memory.run(
                            home,
                            launcher(),
                            Options.read(arguments, from, Memory.USAGE, Memory.DEFAULTS));
            default -> {
                System.err.print(USAGE);
                yield 2;
            }
        };
    }

    private static Path launcher() {
        return Path.of(System.getProperty("ringwall.home", "."), "ringwall");
    }

    /// Whether those programs are there; where one is not, that is said.
    static boolean has(String... programs) {
        for (String program : programs) {
            if (!Others.installed(program)) {
                System.err.println(
                        "ringwall bench: there is no `"
                                + program
                                + "` on the PATH; install it, for example by `apt-get install "
                                + program
                                + "`");
                return false;
            }
        }
        return true;
    }

    private static int measure(Path home, Options options)
            throws IOException, InterruptedException {
        if (!has("wrk", "nginx", "openssl")) {
            return 2;
        }
        int connections = options.number("--connections");
        Duration time = Duration.ofSeconds(options.number("--seconds"));
        Duration warmUp = Duration.ofSeconds(Math.max(1, options.number("--warm-up") / WARM_UPS));
        Set<String> wanted = Set.copyOf(List.of(options.text("--peers").split(",", -1)));
        Set<String> known = Set.of(Others.ALL.split(",", -1));
        if (!known.containsAll(wanted)) {
            say("--peers " + options.text("--peers") + " (expected: some of " + Others.ALL + ")");
            return 2;
        }
        List<Round> rounds = new ArrayList<>();
        Certificates.make(home);
        int plain = SmallSystem.freePort();
        int mutual = SmallSystem.freePort();
        say("starting Ringwall and its peers");
        try (Program _ = Proxies.upstream(home, plain, mutual);
                Guarded guarded = Guarded.usual(home, launcher(), plain);
                Guarded alone =
                        wanted.contains(Guarded.ONE_LOOP)
                                ? Guarded.oneLoop(home, launcher(), plain)
                                : null;
                Others others = new Others(home, mutual, launcher(), guarded, wanted)) {
            // whose tokens each of them is shown
            Map<Peer, Guarded> issuers = new LinkedHashMap<>();
            guarded.peers().forEach(peer -> issuers.put(peer, guarded));
            if (alone != null) {
                alone.peers().forEach(peer -> issuers.put(peer, alone));
            }
            others.peers().forEach(peer -> issuers.put(peer, guarded));
            for (int i = 1; i <= WARM_UPS; i++) {
                say("warming up, " + i + " of " + WARM_UPS);
                for (Map.Entry<Peer, Guarded> each : issuers.entrySet()) {
                    Round.of(
                            home,
                            each.getKey(),
                            each.getValue().token(each.getKey()),
                            connections,
                            warmUp);
                }
            }
            for (int i = 1; i <= options.number("--rounds"); i++) {
                say("round " + i);
                for (Map.Entry<Peer, Guarded> each : issuers.entrySet()) {
                    rounds.add(
                            Round.of(
                                    home,
                                    each.getKey(),
                                    each.getValue().token(each.getKey()),
                                    connections,
                                    time));
                }
            }
            Table table = Table.of(rounds);
            System.out.print(options.json() ? table.json() : table.text());
        }
        return 0;
    }

    static void say(String what) {
        System.err.println("ringwall bench: " + what);
    }

    /// Deletes it and all that is in it, where it is there.
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException left) {
            say(folder + " is left: " + left.getMessage());
        }
    }
}
