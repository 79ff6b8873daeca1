package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The identity provider of Ringwall: a control plane as it runs in a small system, audit log and all. The gateway has joined like any other;
/// then an nginx took its place, under its name and certificate, as it stands before the other provider. That also goes around the
/// limit of the door, which lets one address ask 300 times a minute.
final class OwnProvider implements AutoCloseable {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: bench
            data:
              item: { class: internal }
            roles:
              reader: { login: password }
              robot: { login: client }
            clients:
              web: { kind: web, roles: [reader], return-to: ["RETURN"] }
            services:
              items:
                url: http://127.0.0.1:9
                stores: { files: [item] }
                operations:
                  find: { http: "GET /items/{id}", allow: [reader, robot], returns: [item] }
            """;

    private final Path home;
    private final SmallSystem system;
    private final Provider provider;

    OwnProvider(Path home, Path launcher) throws IOException, InterruptedException {
        this.home = home;
        system =
                new SmallSystem(
                        home,
                        launcher,
                        Map.of("ringwall.yaml", DECLARATION.replace("RETURN", Provider.RETURN)),
                        List.of());
        try {
            system.gateway().kill();
            Path identity = system.stateOf("gateway").resolve("identity").resolve("gateway.pem");
            system.with(
                            Proxies.beforeProvider(
                                    home,
                                    "before-ringwall",
                                    system.doorPort(),
                                    system.controlPort(),
                                    identity,
                                    identity))
                    .awaitPort(system.doorPort());
            String robot = system.says("client", "client", "add", "--role", "robot");
            String web = system.says("client-secret", "client", "secret", "web");
            String ana = system.says("user", "user", "add", "ana", "--role", "reader");
            this.provider =
                    new Provider(
                            "Ringwall",
                            "row and event on the disk",
                            system.door(),
                            new Provider.Paths(
                                    "/auth/authorize", "/auth/token", "openid items.find"),
                            new Provider.Known(
                                    word(robot, "client_id"), word(robot, "client_secret")),
                            new Provider.Known("web", word(web, "client_secret")),
                            new Provider.Known("ana", word(ana, "password")),
                            () -> system.control().pid());
        } catch (IOException | InterruptedException | RuntimeException failed) {
            system.close();
            throw failed;
        }
    }

    private static String word(String printed, String name) throws IOException {
        for (String line : printed.lines().toList()) {
            List<String> words = List.of(line.strip().split(" +", -1));
            if (words.size() > 1 && words.getFirst().equals(name)) {
                return words.get(1);
            }
        }
        throw new IOException("no " + name + " was printed, but: " + printed);
    }

    Provider provider() {
        return provider;
    }

    /// Ends it, and starts it again on what it has.
    ///
    /// @return when that began, by `System.nanoTime`
    long restart() throws IOException, InterruptedException {
        return system.restartControl();
    }

    /// Takes accounts in from that file.
    void takeIn(Path people) throws IOException, InterruptedException {
        system.says("import", "user", "import", people.toString());
    }

    /// Has SQLite's own program do that to the accounts and tokens, beside the running provider, and returns what it printed.
    String database(String name, String sql) throws IOException, InterruptedException {
        Path script = Files.writeString(home.resolve(name + ".sql"), sql);
        return Program.run(
                home,
                "sqlite3",
                List.of(
                        "sqlite3",
                        "-batch",
                        home.resolve("control")
                                .resolve("control")
                                .resolve("identity.db")
                                .toString(),
                        ".read " + script));
    }

    @Override
    public void close() {
        system.close();
    }
}
