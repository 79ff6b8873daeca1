package dev.ringwall.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// `./ringwall bench accounts`: what a token and a login cost in a small store, and in the same one with a million accounts and two million
/// tokens that are alive.
final class ManyAccounts {

    static final String USAGE =
            """
            usage: ringwall bench accounts [--accounts N] [--tokens N] [--over N] [--rounds N] [--seconds N] [--warm-up N] [--connections N] [-o text|json]

            Starts Ringwall's control plane behind an nginx that stands in a gateway's place and measures client-credentials tokens and logins with a
            password. Then it takes accounts in (`ringwall user import`) and multiplies the rows of tokens that were issued, starts again on that, and
            measures the same; at last it measures while what is over is forgotten. Needs wrk, nginx, openssl and sqlite3 on the PATH.

              --accounts     that are taken in (1000000)
              --tokens       rows of tokens that are alive, half of them of logins (2000000)
              --over         rows besides whose time is up (200000)
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
                    "--rounds", "3",
                    "--seconds", "10",
                    "--warm-up", "30",
                    "--connections", "32",
                    "-o", "text");

    /// What is over is forgotten every five minutes.
    private static final Duration FORGOTTEN_WITHIN = Duration.ofMinutes(12);

    private final Path home;
    private final ProviderRounds load;
    private final Options options;
    private final Duration time;
    private final Figures figures = new Figures();
    private final InstantSource clock = InstantSource.system();

    private ManyAccounts(Path home, Options options) {
        this.home = home;
        this.options = options;
        this.load = new ProviderRounds(home, options.number("--connections"));
        this.time = Duration.ofSeconds(options.number("--seconds"));
    }

    static int run(Path home, Path launcher, Options options)
            throws IOException, InterruptedException {
        if (!Bench.has("wrk", "nginx", "openssl", "sqlite3")) {
            return 2;
        }
        Certificates.make(home);
        ManyAccounts measured = new ManyAccounts(home, options);
        Bench.say("starting Ringwall");
        try (OwnProvider own = new OwnProvider(home, launcher)) {
            measured.all(own);
        }
        System.out.print(options.json() ? measured.figures.json() : measured.figures.text());
        return 0;
    }

    private void all(OwnProvider own) throws IOException, InterruptedException {
        measure("small store", own.provider());
        Bench.say("taking accounts in");
        long began = System.nanoTime();
        own.takeIn(accounts());
        figures.add("taking in", "s", "all accounts", (System.nanoTime() - began) / 1e9);
        Bench.say("multiplying tokens");
        int half = options.number("--tokens") / 2;
        long now = clock.millis();
        copy(own, "NULL", options.number("--over"), now - Duration.ofHours(2).toMillis());
        copy(own, "NULL", half, now + Duration.ofHours(2).toMillis());
        copy(own, "NOT NULL", half, now + Duration.ofHours(2).toMillis());
        own.restart();
        long started = System.nanoTime();
        measure("full store", own.provider());
        if (options.number("--over") > 0) {
            forgetting(own, started);
        }
        figures.add("resident after load", "MB", "full store", own.provider().resident() / 1e6);
    }

    private void measure(String store, Provider provider) throws IOException, InterruptedException {
        Duration warmUp = Duration.ofSeconds(options.number("--warm-up"));
        Bench.say("warming up, " + store);
        load.tokens(provider, warmUp);
        load.logins(provider, warmUp);
        for (int i = 1; i <= options.number("--rounds"); i++) {
            Bench.say("round " + i + ", " + store);
            tokens(store, provider);
            ProviderRounds.Round logins = load.logins(provider, time);
            figures.add("login", "CPU ms", store, logins.cpuMicros() / 1_000);
        }
    }

    private void tokens(String store, Provider provider) throws IOException, InterruptedException {
        ProviderRounds.Round round = load.tokens(provider, time);
        figures.add("client-credentials token", "CPU µs", store, round.cpuMicros());
        figures.add("client-credentials token, p99", "ms", store, round.p99Millis());
    }

    /// Loads it until the rows that are over are gone.
    private void forgetting(OwnProvider own, long since) throws IOException, InterruptedException {
        String over =
                "SELECT count(*) FROM token_family WHERE expires < "
                        + (clock.millis() - Duration.ofHours(1).toMillis())
                        + ";";
        long before = Long.parseLong(own.database("over", over).strip());
        long left = before;
        while (left > 0) {
            if (System.nanoTime() - since > FORGOTTEN_WITHIN.toNanos()) {
                throw new IOException(left + " rows that are over were not forgotten");
            }
            ProviderRounds.Round round = load.tokens(own.provider(), time);
            long now = Long.parseLong(own.database("over", over).strip());
            if (now < left) {
                Bench.say(left - now + " rows were forgotten in this round");
                String when = "while it forgets";
                figures.add("client-credentials token", "CPU µs", when, round.cpuMicros());
                figures.add("client-credentials token, p99", "ms", when, round.p99Millis());
            }
            left = now;
        }
    }

    private void copy(OwnProvider own, String account, int rows, long expires)
            throws IOException, InterruptedException {
        if (rows > 0) {
            own.database(
                    "copy",
                    """
                    PRAGMA busy_timeout = 60000;
                    PRAGMA cache_size = -1000000;
                    CREATE TEMP TABLE template AS SELECT * FROM token_family WHERE account IS %s AND access IS NOT NULL LIMIT 1;
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                    INSERT INTO token_family (id, version, client, account, sid, code, access, refresh, expires, body)
                      SELECT lower(hex(randomblob(18))), version, client, account,
                             CASE WHEN sid IS NULL THEN NULL ELSE hex(randomblob(13)) END,
                             CASE WHEN code IS NULL THEN NULL ELSE lower(hex(randomblob(32))) END, lower(hex(randomblob(32))),
                             CASE WHEN refresh IS NULL THEN NULL ELSE lower(hex(randomblob(32))) END, %d + i %% 1000000, body
                      FROM n, template;
                    """
                            .formatted(account, rows, expires));
        }
    }

    private Path accounts() throws IOException {
        Path file = home.resolve("people.csv");
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            lines.write("name,roles\n");
            for (int i = 0; i < options.number("--accounts"); i++) {
                lines.write("person" + i + ",reader\n");
            }
        }
        return file;
    }
}
