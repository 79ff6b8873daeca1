package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// `./ringwall bench accounts`: what a token and a login cost in a small store, and in one with a million accounts and two million tokens that
/// are alive.
final class ManyAccounts {

    static final String USAGE =
            """
            usage: ringwall bench accounts [--accounts N] [--tokens N] [--over N] [--store DIR] [--rounds N] [--seconds N] [--warm-up N]
                                           [--connections N] [-o text|json]

            Starts two of Ringwall's control planes, each behind an nginx that stands in a gateway's place: one with an empty store, and one whose store it
            fills with accounts (`ringwall user import`) and with rows of tokens and logins. Measures client-credentials tokens and logins with a
            password in both, in interleaved rounds; at last it measures in the full one while what is over is forgotten. Needs wrk, nginx, openssl
            and sqlite3 on the PATH, and 3 GB of disk for a million tokens.

              --accounts     that are taken in (1000000)
              --tokens       rows of tokens that are alive, half of them of logins (2000000)
              --over         rows besides whose time is up (200000)
              --store        folder that keeps the filled store; what is there already is not made again, for 30 days (none)
              --rounds       of each (3)
              --seconds      of each round (10)
              --warm-up      seconds for which each is loaded before the first round, with tokens and with logins (30)
              --connections  kept open for tokens; logins come two at a time (32)
              -o             text or json (text)
            """;

    static final Map<String, String> DEFAULTS =
            Map.of(
                    "--accounts", "1000000",
                    "--tokens", "2000000",
                    "--over", "200000",
                    "--store", "",
                    "--rounds", "3",
                    "--seconds", "10",
                    "--warm-up", "30",
                    "--connections", "32",
                    "-o", "text");

    /// What is over is forgotten every five minutes.
    private static final Duration FORGOTTEN_WITHIN = Duration.ofMinutes(15);

    /// In which a cold process gives the first of each on a busy machine.
    private static final Duration FIRST = Duration.ofSeconds(8);

    private static final String FULL = "full store";

    private final Options options;
    private final Duration time;
    private final Figures figures = new Figures();
    private final InstantSource clock = InstantSource.system();

    /// One control plane, and what loads it.
    private record Side(String name, OwnProvider own, ProviderRounds load) {}

    private ManyAccounts(Options options) {
        this.options = options;
        this.time = Duration.ofSeconds(options.number("--seconds"));
    }

    static int run(Path home, Path launcher, Options options)
            throws IOException, InterruptedException {
        if (!Bench.has("wrk", "nginx", "openssl", "sqlite3")) {
            return 2;
        }
        String kept = options.text("--store");
        Path small = Files.createDirectory(home.resolve("small"));
        Path full =
                Files.createDirectories(
                        kept.isEmpty() ? home.resolve("full") : Path.of(kept).toAbsolutePath());
        Certificates.make(small);
        Certificates.make(full);
        ManyAccounts measured = new ManyAccounts(options);
        Bench.say("starting Ringwall, twice");
        try (OwnProvider ownSmall = new OwnProvider(small, launcher);
                OwnProvider ownFull = new OwnProvider(full, launcher)) {
            int connections = options.number("--connections");
            measured.all(
                    new Side("small store", ownSmall, new ProviderRounds(small, connections)),
                    new Side(FULL, ownFull, new ProviderRounds(full, connections)),
                    new AccountStore(full, ownFull, measured.clock));
        } finally {
            // Also what was measured before it was broken off.
            System.out.print(options.json() ? measured.figures.json() : measured.figures.text());
        }
        return 0;
    }

    private void all(Side small, Side full, AccountStore store)
            throws IOException, InterruptedException {
        // A row of each kind, which the others are made after.
        full.load.tokens(full.own.provider(), FIRST);
        full.load.logins(full.own.provider(), FIRST);
        store.fill(
                options.number("--accounts"), options.number("--tokens"), options.number("--over"));
        long started = System.nanoTime();
        for (Side side : new Side[] {small, full}) {
            Bench.say("warming up, " + side.name);
            Duration warmUp = Duration.ofSeconds(options.number("--warm-up"));
            side.load.tokens(side.own.provider(), warmUp);
            side.load.logins(side.own.provider(), warmUp);
        }
        for (int i = 1; i <= options.number("--rounds"); i++) {
            Bench.say("round " + i);
            measure(small);
            measure(full);
        }
        if (options.number("--over") > 0) {
            forgetting(full, started);
        }
        for (Side side : new Side[] {small, full}) {
            long resident = side.own.provider().resident();
            figures.add("resident after load", "MB", side.name, resident / 1e6);
        }
    }

    private void measure(Side side) throws IOException, InterruptedException {
        tokens(side.name, side.load.tokens(side.own.provider(), time));
        ProviderRounds.Round logins = side.load.logins(side.own.provider(), time);
        figures.add("login", "CPU ms", side.name, logins.cpuMicros() / 1_000);
        figures.add("login, p50", "ms", side.name, logins.p50Millis());
        figures.add("login, p99", "ms", side.name, logins.p99Millis());
    }

    private void tokens(String when, ProviderRounds.Round round) {
        figures.add("client-credentials token", "CPU µs", when, round.cpuMicros());
        figures.add("client-credentials token, p50", "ms", when, round.p50Millis());
        figures.add("client-credentials token, p99", "ms", when, round.p99Millis());
        figures.add("client-credentials tokens", "per second", when, round.perSecond());
    }

    /// Loads it until rows that are over have been forgotten in as many rounds as there are, or until none is left.
    private void forgetting(Side full, long since) throws IOException, InterruptedException {
        String over =
                "SELECT count(*) FROM token_family WHERE expires < "
                        + (clock.millis() - Duration.ofHours(1).toMillis());
        long began = System.nanoTime();
        long left = full.own.asked(over);
        Bench.say("waiting until it forgets what is over, " + left + " rows");
        int rounds = 0;
        while (left > 0 && rounds < options.number("--rounds")) {
            if (System.nanoTime() - since > FORGOTTEN_WITHIN.toNanos()) {
                throw new IOException("what is over is not forgotten");
            }
            ProviderRounds.Round round = full.load.tokens(full.own.provider(), time);
            long now = full.own.asked(over);
            double seconds = (System.nanoTime() - began) / 1e9;
            began = System.nanoTime();
            if (now < left) {
                Bench.say(left - now + " were forgotten in this round");
                rounds++;
                tokens("while it forgets", round);
                figures.add(
                        "rows forgotten", "per second", "while it forgets", (left - now) / seconds);
            }
            left = now;
        }
    }
}
