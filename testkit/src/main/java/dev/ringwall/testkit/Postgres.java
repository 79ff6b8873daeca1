package dev.ringwall.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A real PostgreSQL server for the tests of one JVM, on a free port of the loopback, in a folder of its own. It ends with the JVM.
///
/// Its programs come from the system's packages. They refuse to run as root; then they run as the user `postgres`.
public final class Postgres {

    /// The user of every database that is handed out, and its password.
    public static final String USER = "ringwall";

    public static final String PASSWORD = "a password of the tests";

    /// The same server by an address that looks like another machine's.
    public static final String ELSEWHERE = "127.0.0.2";

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);
    private static final Path PLACES = Path.of("/usr/lib/postgresql");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static volatile boolean tried;
    private static volatile Optional<Postgres> running = Optional.empty();

    private final Path programs;
    private final Path folder;
    private final int port;

    private Postgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /// Whether this run of the tests is the one on PostgreSQL: `-Dringwall.test.database=postgresql`.
    public static boolean wanted() {
        return "postgresql".equals(System.getProperty("ringwall.test.database"));
    }

    /// The address of an empty database, where this run of the tests is the one on PostgreSQL.
    public static Optional<String> freshIfWanted() {
        return wanted() ? Optional.of(server().fresh()) : Optional.empty();
    }

    /// The server of this JVM. Where none is installed the test is skipped, with a loud line.
    public static synchronized Postgres server() {
        if (!tried) {
            tried = true;
            running = programs().map(Postgres::start);
            if (running.isEmpty()) {
                System.err.println(
                        "LOUD: PostgreSQL is not installed; what is tested on it is skipped");
            }
        }
        Assumptions.assumeTrue(running.isPresent(), "PostgreSQL is not installed");
        return running.orElseThrow();
    }

    /// The address of a fresh, empty database.
    public String fresh() {
        String name = "test" + DATABASES.incrementAndGet();
        Programs.run(Map.of("PGPASSWORD", PASSWORD), client("createdb", name));
        return address(name);
    }

    /// The address of that database.
    public String address(String name) {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + name;
    }

    /// Lets it speak TLS as [#ELSEWHERE] from now on; returns the certificate that says so.
    public Path encrypted() {
        Path key = folder.resolve("data/server.key");
        Path certificate = folder.resolve("data/server.crt");
        Programs.run(
                Map.of(),
                Programs.as(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + ELSEWHERE,
                        "-addext",
                        "subjectAltName=IP:" + ELSEWHERE,
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString()));
        configure("ssl", "on");
        return certificate;
    }

    /// Changes a setting of the server while it runs.
    public void configure(String name, String value) {
        psql("postgres", "ALTER SYSTEM SET " + name + " = " + value);
        String wanted = value.replace("'", "");
        do {
            psql("postgres", "SELECT pg_reload_conf()");
            pause();
        } while (!psql("postgres", "SHOW " + name).equals(wanted));
    }

    /// Has SQL done by the server's own client, and returns what it printed.
    public String psql(String database, String sql) {
        List<String> command = client("psql", database);
        command.addAll(List.of("-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql));
        return Programs.run(Map.of("PGPASSWORD", PASSWORD), command);
    }

    /// All that lies in the database of that address, as text.
    public String dump(String address) {
        return Programs.run(
                Map.of("PGPASSWORD", PASSWORD),
                client("pg_dump", address.substring(address.lastIndexOf('/') + 1)));
    }

    private List<String> client(String program, String database) {
        return new ArrayList<>(
                List.of(
                        programs.resolve(program).toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        USER,
                        database));
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(PLACES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PLACES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Postgres start(Path programs) {
        try {
            Path folder = Files.createTempDirectory("ringwall-postgresql");
            Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
            Path data = folder.resolve("data");
            if (Programs.root()) {
                Programs.run(Map.of(), List.of("chown", "-R", "postgres", folder.toString()));
            }
            Programs.run(
                    Map.of(),
                    Programs.as(
                            programs.resolve("initdb").toString(),
                            "-D",
                            data.toString(),
                            "-U",
                            USER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-sync"));
            // only now, or somebody else would take it while the folder is made
            Postgres server = new Postgres(programs, folder, freePort());
            Process process =
                    new ProcessBuilder(
                                    Programs.as(
                                            programs.resolve("postgres").toString(),
                                            "-D",
                                            data.toString(),
                                            "-p",
                                            Integer.toString(server.port),
                                            "-c",
                                            "listen_addresses=127.0.0.1," + ELSEWHERE,
                                            "-c",
                                            "unix_socket_directories=" + folder,
                                            "-c",
                                            "max_connections=300"))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile())
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server.end(process)));
            server.await(process);
            return server;
        } catch (IOException failed) {
            throw new IllegalStateException("PostgreSQL does not start: " + failed, failed);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private void await(Process process) throws IOException {
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        List<String> ready = client("pg_isready", "");
        ready.removeLast();
        while (Programs.exit(Map.of(), ready) != 0) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(Files.readString(folder.resolve("log")));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends it at once (SIGQUIT), since what lies there is thrown away: otherwise it would wait for whoever is connected, and write all databases of
    /// the run to the disk. Deleting their files takes longer than a JVM may take to end, so that goes on without it.
    private void end(Process process) {
        try {
            Programs.exit(Map.of(), List.of("kill", "-QUIT", Long.toString(process.pid())));
            if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            new ProcessBuilder("rm", "-rf", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException | InterruptedException left) {
            process.destroyForcibly();
        }
    }
}
