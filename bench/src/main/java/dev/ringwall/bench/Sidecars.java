package dev.ringwall.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `./ringwall bench sidecars`: what two sidecars between two services add to a call. One service is the benchmark, which calls by its own
/// sidecar or the other service itself; the other is an nginx. Both at the same rate: half of what goes through the sidecars at most.
final class Sidecars {

    static final String USAGE =
            """
            usage: ringwall bench sidecars [--rounds N] [--seconds N] [--warm-up N] [--connections N] [-o text|json]

            Starts a control plane and two sidecars; calls one service as the other, by both sidecars, by two nginx in their places that do nothing
            but mutual TLS, and without any, at half of the rate that the sidecars can do at most; prints how long calls take and what is
            added. Every ring is on, each call is recorded at both sidecars. Needs nginx and openssl on the PATH (Debian: apt-get install nginx openssl).

              --rounds       of each (3)
              --seconds      of each round (10)
              --warm-up      seconds for which the sidecars are loaded first (60)
              --connections  kept open (8)
              -o             text or json (text)
            """;

    static final Map<String, String> DEFAULTS =
            Map.of(
                    "--rounds", "3",
                    "--seconds", "10",
                    "--warm-up", "60",
                    "--connections", "8",
                    "-o", "text");

    private static final String DECLARATION =
            """
            ringwall: 1
            system: bench
            data:
              item: { class: internal }
            services:
              shop:
                url: http://127.0.0.1:9
                calls: [items.find]
              items:
                url: http://127.0.0.1:UPSTREAM
                stores: { files: [item] }
                operations:
                  find: { http: "GET /items/{id}", returns: [item] }
            """;

    private static final Pattern WAY_OUT =
            Pattern.compile("\"outbound\":\\{\"items\":\"(?:http://)?([^\"/]+)/?\"");

    private Sidecars() {}

    static int run(Path home, Path launcher, Options options)
            throws IOException, InterruptedException {
        if (!Bench.has("nginx", "openssl")) {
            return 2;
        }
        Certificates.make(home);
        int plain = SmallSystem.freePort();
        Bench.say("starting Ringwall and the services");
        try (Program _ = Proxies.upstream(home, plain, SmallSystem.freePort());
                SmallSystem system =
                        new SmallSystem(
                                home,
                                launcher,
                                Map.of(
                                        "ringwall.yaml",
                                        DECLARATION.replace("UPSTREAM", Integer.toString(plain))),
                                List.of())) {
            system.sidecar("items");
            system.sidecar("shop");
            Paced sidecars = at(wayOut(system));
            int out = SmallSystem.freePort();
            for (Program nginx : Proxies.nginxPair(home, out, SmallSystem.freePort(), plain)) {
                system.with(nginx);
            }
            Paced pair = at("127.0.0.1:" + out);
            Paced direct = at("127.0.0.1:" + plain);
            int connections = options.number("--connections");
            int seconds = options.number("--seconds");
            Bench.say("warming up");
            sidecars.load(connections, 0, options.number("--warm-up"));
            double most = sidecars.load(connections, 0, seconds).perSecond();
            int rate = Math.max(1, (int) (most / 2));
            Bench.say("at most " + Math.round(most) + " a second; measuring at half of it");
            List<Paced.Times> with = new ArrayList<>();
            List<Paced.Times> nginx = new ArrayList<>();
            List<Paced.Times> without = new ArrayList<>();
            for (int i = 1; i <= options.number("--rounds"); i++) {
                Bench.say("round " + i);
                with.add(sidecars.load(connections, rate, seconds));
                nginx.add(pair.load(connections, rate, seconds));
                without.add(direct.load(connections, rate, seconds));
            }
            Added added =
                    new Added(
                            most,
                            rate,
                            Paced.Times.median(with),
                            Paced.Times.median(nginx),
                            Paced.Times.median(without));
            System.out.print(options.json() ? added.json() : added.text());
            return 0;
        }
    }

    private static Paced at(String address) {
        return new Paced(URI.create("http://" + address + "/items/17"));
    }

    private static String wayOut(SmallSystem system) throws IOException {
        String places = Files.readString(system.stateOf("shop").resolve("places.json"));
        Matcher found = WAY_OUT.matcher(places);
        if (!found.find()) {
            throw new IOException("the sidecar has not said where its way out is: " + places);
        }
        return found.group(1);
    }

    /// What was measured.
    ///
    /// @param most that go through the sidecars in a second
    /// @param rate at which all were called
    private record Added(
            double most, int rate, Paced.Times two, Paced.Times nginx, Paced.Times none) {

        String text() {
            return String.format(
                            Locale.ROOT,
                            "at %d calls a second, half of %.0f   p50 ms   p99 ms%n",
                            rate,
                            most)
                    + line("with two sidecars", two, 0, 0)
                    + line("with two nginx", nginx, 0, 0)
                    + line("without", none, 0, 0)
                    + line("two sidecars add", two, none.p50Micros(), none.p99Micros())
                    + line("two nginx add", nginx, none.p50Micros(), none.p99Micros());
        }

        private static String line(String name, Paced.Times times, double p50, double p99) {
            return String.format(
                    Locale.ROOT,
                    "%-36s%6.3f   %6.3f%n",
                    name,
                    (times.p50Micros() - p50) / 1_000,
                    (times.p99Micros() - p99) / 1_000);
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    """
                    {"requestsPerSecondMost": %.0f, "sidecars": %s, "nginx": %s, "direct": %s}
                    """,
                    most,
                    two.json(),
                    nginx.json(),
                    none.json());
        }
    }
}
