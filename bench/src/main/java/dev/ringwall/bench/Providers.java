package dev.ringwall.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// `./ringwall bench identity`: what a token and a login cost, Ringwall's provider beside Keycloak, in interleaved rounds.
final class Providers {

    static final String USAGE =
            """
            usage: ringwall bench identity [--rounds N] [--seconds N] [--warm-up N] [--connections N] [--starts N] [-o text|json]

            Starts Ringwall's control plane and Keycloak, which Maven fetches, each behind an nginx that stands in a gateway's place. Prints the
            processor time of the provider's process for each client-credentials token and for each login with a password (the whole code flow), both
            ES256, both with their records on the disk, passwords at the same cost; then how long each takes from its start to the first token, how much
            processor time that is, and their resident memory. A round with one failure counts for nothing. Needs wrk, nginx and openssl on the PATH.

              --rounds       of each (3)
              --seconds      of each round (10)
              --warm-up      seconds for which each is loaded before the first round, with tokens and with logins (60)
              --connections  kept open for tokens; logins come two at a time (32)
              --starts       of each, from what was built and kept (3)
              -o             text or json (text)
            """;

    static final Map<String, String> DEFAULTS =
            Map.of(
                    "--rounds", "3",
                    "--seconds", "10",
                    "--warm-up", "60",
                    "--connections", "32",
                    "--starts", "3",
                    "-o", "text");

    private static final long LOOK_EVERY_MILLIS = 20;
    private static final Duration FIRST_TOKEN_WITHIN = Duration.ofMinutes(3);

    private final Path home;
    private final Figures figures = new Figures();
    private final ProviderRounds rounds;
    private final Duration time;
    private final Duration warmUp;

    private Providers(Path home, Options options) {
        this.home = home;
        this.rounds = new ProviderRounds(home, options.number("--connections"));
        this.time = Duration.ofSeconds(options.number("--seconds"));
        this.warmUp = Duration.ofSeconds(options.number("--warm-up"));
    }

    static int run(Path home, Path launcher, Options options)
            throws IOException, InterruptedException {
        if (!Bench.has("wrk", "nginx", "openssl")) {
            return 2;
        }
        Certificates.make(home);
        Bench.say("starting Ringwall");
        int door = SmallSystem.freePort();
        int listens = SmallSystem.freePort();
        Providers measured = new Providers(home, options);
        try (OwnProvider own = new OwnProvider(home, launcher)) {
            Bench.say("fetching, building and starting Keycloak");
            try (Keycloak keycloak = new Keycloak(home, launcher, listens, door);
                    Program nginx =
                            Proxies.beforeProvider(
                                    home,
                                    "before-keycloak",
                                    door,
                                    listens,
                                    home.resolve("client.pem"),
                                    home.resolve("client.key"))) {
                nginx.awaitPort(door);
                measured.all(own, keycloak, options);
            }
        }
        System.out.print(options.json() ? measured.figures.json() : measured.figures.text());
        return 0;
    }

    private void all(OwnProvider own, Keycloak keycloak, Options options)
            throws IOException, InterruptedException {
        Provider ringwall = own.provider();
        Provider kept = keycloak.realm("Keycloak, events kept", "kept", "event in the database");
        Provider bare = keycloak.realm("Keycloak, nothing kept", "bare", "nothing on the disk");
        List<Provider> providers = List.of(ringwall, kept, bare);
        for (Provider each : providers) {
            Bench.say("warming up the tokens of " + each.name());
            rounds.tokens(each, warmUp);
        }
        for (int i = 1; i <= options.number("--rounds"); i++) {
            Bench.say("round " + i + " of tokens");
            for (Provider each : providers) {
                ProviderRounds.Round round = rounds.tokens(each, time);
                figures.add("client-credentials token", "CPU µs", each.name(), round.cpuMicros());
                figures.add("tokens", "per second", each.name(), round.perSecond());
                figures.add("client-credentials token, p99", "ms", each.name(), round.p99Millis());
            }
        }
        for (Provider each : providers) {
            Bench.say("warming up the logins of " + each.name());
            // The first login alone: Keycloak makes the keys of its cookies then, and of two at
            // once one gets none that count.
            new PasswordLogin(each, trusted()).once();
            rounds.logins(each, warmUp);
        }
        for (int i = 1; i <= options.number("--rounds"); i++) {
            Bench.say("round " + i + " of logins");
            for (Provider each : providers) {
                ProviderRounds.Round round = rounds.logins(each, time);
                figures.add("login", "CPU ms", each.name(), round.cpuMicros() / 1_000);
                figures.add("logins", "per second", each.name(), round.perSecond());
            }
        }
        for (Provider each : List.of(ringwall, kept)) {
            figures.add("resident after load", "MB", each.name(), each.resident() / 1e6);
        }
        for (int i = 1; i <= options.number("--starts"); i++) {
            Bench.say("start " + i);
            started(ringwall, own.restart());
            started(kept, keycloak.restart());
        }
    }

    private Path trusted() {
        return home.resolve("ca.pem");
    }

    /// Asks until there is a token.
    private void started(Provider provider, long began) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().sslContext(Traffic.trusting(trusted())).build()) {
            HttpRequest asking =
                    HttpRequest.newBuilder(URI.create(provider.tokenUrl()))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Authorization", provider.client().basic())
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "grant_type=client_credentials"))
                            .build();
            int last = 0;
            while (System.nanoTime() - began < FIRST_TOKEN_WITHIN.toNanos()) {
                last = http.send(asking, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (last == 200) {
                    figures.add(
                            "start to first token",
                            "s",
                            provider.name(),
                            (System.nanoTime() - began) / 1e9);
                    figures.add(
                            "start to first token, processor time",
                            "s",
                            provider.name(),
                            Cpu.of(provider.pid().getAsLong()).toNanos() / 1e9);
                    figures.add(
                            "resident after first token",
                            "MB",
                            provider.name(),
                            provider.resident() / 1e6);
                    return;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            throw new IOException(provider.name() + " gives no token after a start: " + last);
        }
    }
}
