package dev.ringwall.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

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
            // One that stood here before may have certificates that have ended; it joins anew.
            Bench.delete(system.stateOf("gateway"));
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
            Properties known = known(home.resolve("known.properties"));
            this.provider =
                    new Provider(
                            "Ringwall",
                            "row and event on the disk",
                            system.door(),
                            new Provider.Paths(
                                    "/auth/authorize", "/auth/token", "openid items.find"),
                            new Provider.Known(
                                    known.getProperty("robot"), known.getProperty("robot-secret")),
                            new Provider.Known("web", known.getProperty("web-secret")),
                            new Provider.Known("ana", known.getProperty("ana-secret")),
                            () -> system.control().pid());
        } catch (IOException | InterruptedException | RuntimeException failed) {
            system.close();
            throw failed;
        }
    }

    /// The clients and the person that were made for the measurement; made where it is the first one here.
    private Properties known(Path file) throws IOException, InterruptedException {
        Properties known = new Properties();
        if (Files.exists(file)) {
            try (Reader text = Files.newBufferedReader(file)) {
                known.load(text);
            }
            return known;
        }
        String robot = system.says("client", "client", "add", "--role", "robot");
        String web = system.says("client-secret", "client", "secret", "web");
        String ana = system.says("user", "user", "add", "ana", "--role", "reader");
        known.setProperty("robot", word(robot, "client_id"));
        known.setProperty("robot-secret", word(robot, "client_secret"));
        known.setProperty("web-secret", word(web, "client_secret"));
        known.setProperty("ana-secret", word(ana, "password"));
        try (Writer text = Files.newBufferedWriter(file)) {
            known.store(text, null);
        }
        return known;
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

    /// Ends it, has that done to its database, and starts it again.
    void whileStopped(Filling filling) throws IOException, InterruptedException {
        system.stopControl();
        filling.fill(database());
        system.restartControl();
    }

    /// Something that is done to the database while nobody uses it.
    interface Filling {
        void fill(Path database) throws IOException, InterruptedException;
    }

    /// What SQLite's own program answers to that, beside the running provider.
    long asked(String sql) throws IOException, InterruptedException {
        return Long.parseLong(
                Program.run(
                                home,
                                "sqlite3",
                                List.of("sqlite3", "-batch", database().toString(), sql))
                        .strip());
    }

    private Path database() {
        return home.resolve("control").resolve("control").resolve("identity.db");
    }

    @Override
    public void close() {
        system.close();
    }
}
