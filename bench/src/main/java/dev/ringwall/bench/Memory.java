package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `./ringwall bench memory`: what processes take that have nothing to do, and what a million callers take in limits and among remembered
/// tokens.
final class Memory {

    static final String USAGE =
            """
            usage: ringwall bench memory [--seconds N] [-o text|json]

            Starts a control plane, a gateway and a sidecar, lets them be for a while, and prints their resident memory; does so again with a service
            that has an OpenAPI document; then fills limits with a million callers and remembers a million tokens in a process of its own, and prints
            what the heap has grown by.

              --seconds      without a call before it is looked (30)
              -o             text or json (text)
            """;

    static final Map<String, String> DEFAULTS = Map.of("--seconds", "30", "-o", "text");

    private static final String DECLARATION =
            """
            ringwall: 1
            system: bench
            services:
              items:
                url: http://127.0.0.1:9
                operations:
                  peek: { http: GET /peek, allow: anyone }
            """;

    /// The class path of the small benchmarks, which know the inside; the launcher says it.
    private static final String PARTS = "ringwall.parts";

    private static final String MILLION = "dev.ringwall.gateway.Million";

    /// A port where nothing listens.
    private static final int NOBODY = 9;

    private record Line(String what, long bytes) {}

    private Memory() {}

    static int run(Path home, Path launcher, Options options)
            throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        Map<String, String> plain = Map.of("ringwall.yaml", DECLARATION);
        lines.addAll(idle(home.resolve("plain"), launcher, options, plain, ""));
        lines.addAll(
                idle(
                        home.resolve("described"),
                        launcher,
                        options,
                        Guarded.files(NOBODY),
                        ", with openapi"));
        lines.addAll(millions(home));
        StringBuilder text = new StringBuilder();
        List<String> json = new ArrayList<>();
        for (Line line : lines) {
            text.append(
                    String.format(Locale.ROOT, "%-38s %8.1f MB%n", line.what, line.bytes / 1e6));
            json.add("{\"what\": \"%s\", \"bytes\": %d}".formatted(line.what, line.bytes));
        }
        System.out.print(
                options.json() ? "[\n" + String.join(",\n", json) + "\n]\n" : text.toString());
        return 0;
    }

    private static List<Line> idle(
            Path home, Path launcher, Options options, Map<String, String> files, String suffix)
            throws IOException, InterruptedException {
        Bench.say("starting Ringwall" + suffix);
        try (SmallSystem system =
                new SmallSystem(Files.createDirectories(home), launcher, files, List.of())) {
            Program sidecar = system.sidecar("items");
            Program gateway = system.gateway();
            Bench.say("doing nothing for " + options.number("--seconds") + " seconds");
            Thread.sleep(options.number("--seconds") * 1_000L);
            return List.of(
                    new Line("gateway, idle" + suffix, Cpu.resident(gateway.pid())),
                    new Line("sidecar, idle" + suffix, Cpu.resident(sidecar.pid())),
                    new Line("control plane, idle" + suffix, Cpu.resident(system.control().pid())));
        }
    }

    private static List<Line> millions(Path home) throws IOException, InterruptedException {
        Optional<String> classPath = Optional.ofNullable(System.getProperty(PARTS));
        if (classPath.isEmpty()) {
            throw new IOException("start it by `./ringwall bench memory`, which builds its parts");
        }
        Bench.say("a million callers");
        String printed =
                Program.run(
                        home,
                        "million",
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                "-cp",
                                classPath.get(),
                                MILLION));
        List<Line> lines = new ArrayList<>();
        for (String line : printed.lines().filter(one -> one.indexOf('\t') > 0).toList()) {
            int at = line.indexOf('\t');
            lines.add(new Line(line.substring(0, at), Long.parseLong(line.substring(at + 1))));
        }
        return lines;
    }
}
