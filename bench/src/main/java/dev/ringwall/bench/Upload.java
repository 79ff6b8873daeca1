package dev.ringwall.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// `./ringwall bench upload`: whether the memory of a node stays what it is while very much passes through it.
final class Upload implements AutoCloseable {

    static final String USAGE =
            """
            usage: ringwall bench upload [--gigabytes N] [--slow-seconds N] [-o text|json]

            Starts a control plane, a gateway and a sidecar before a service; uploads one body of that size through both, downloads one as fast
            as can be, and lets a caller take one slowly; prints the resident memory of both nodes before and at most meanwhile. What a node
            needs to have passed anything at all is warmed up first by a tenth of it. Fails when memory moves by 20 MB or more.

              --gigabytes     of the upload, and of the downloads (10)
              --slow-seconds  for which a caller takes 4 MiB a second (30)
              -o              text or json (text)
            """;

    static final Map<String, String> DEFAULTS =
            Map.of("--gigabytes", "10", "--slow-seconds", "30", "-o", "text");

    private static final String DECLARATION =
            """
            ringwall: 1
            system: bench
            data:
              file: { class: internal }
            roles:
              writer: { login: password }
            services:
              files:
                url: http://127.0.0.1:SERVICE
                stores: { files: [file] }
                operations:
                  put: { http: POST /files, allow: writer, accepts: [file] }
                  get: { http: "GET /files/{bytes}", allow: writer, returns: [file] }
            """;

    private static final int PART_BYTES = 64 << 10;
    private static final int SLOW_PAUSE_MILLIS = 16;
    private static final int QUIET_MILLIS = 3_000;

    /// A node's memory may move by less than that.
    private static final long MOVED_BYTES_MAX = 20_000_000;

    private final SmallSystem system;
    private final SSLContext tls;
    private final Resident gateway;
    private final Resident sidecar;
    private final List<Resident.Seen> seen = new ArrayList<>();

    private Upload(Path home, Path launcher) throws IOException, InterruptedException {
        int port = SmallSystem.freePort();
        system =
                new SmallSystem(
                        home,
                        launcher,
                        Map.of(
                                "ringwall.yaml",
                                DECLARATION.replace("SERVICE", Integer.toString(port))),
                        List.of());
        try {
            Program service =
                    system.with(
                            Program.start(
                                    home,
                                    "service",
                                    List.of(
                                            ProcessHandle.current().info().command().orElse("java"),
                                            "-Xmx64m",
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            Sink.class.getName(),
                                            Integer.toString(port))));
            service.awaitLine("sink ");
            sidecar = new Resident("sidecar", system.sidecar("files").pid());
            gateway = new Resident("gateway", system.gateway().pid());
            Path root = system.stateOf("gateway").resolve("identity").resolve("root.pem");
            tls = Traffic.trusting(root);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            system.close();
            throw failed;
        }
    }

    static int run(Path home, Path launcher, Options options)
            throws IOException, InterruptedException {
        Bench.say("starting Ringwall and the service");
        long bytes = options.number("--gigabytes") * 1_000_000_000L;
        try (Upload upload = new Upload(home, launcher)) {
            Bench.say("warming up");
            upload.up(bytes / 10);
            upload.down(bytes / 10);
            upload.look("upload", () -> upload.up(bytes));
            upload.look("download", () -> upload.down(bytes));
            int seconds = options.number("--slow-seconds");
            upload.look("slow download", () -> upload.slow(bytes, seconds));
            return upload.print(options.json());
        }
    }

    private interface Passing {
        void pass() throws IOException, InterruptedException;
    }

    private void look(String what, Passing passing) throws IOException, InterruptedException {
        Thread.sleep(QUIET_MILLIS);
        Bench.say(what);
        seen.addAll(
                List.of(
                        Resident.during(
                                what,
                                () -> {
                                    passing.pass();
                                    return null;
                                },
                                gateway,
                                sidecar)));
    }

    private int print(boolean json) {
        StringBuilder text = new StringBuilder();
        List<String> lines = new ArrayList<>();
        text.append(
                String.format(
                        "%-16s %-10s %10s %10s %10s%n",
                        "resident, MB", "", "before", "at most", "moved"));
        for (Resident.Seen one : seen) {
            lines.add(one.json());
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-16s %-10s %10.1f %10.1f %10.1f%n",
                            one.meanwhile(),
                            one.name(),
                            one.before() / 1e6,
                            one.most() / 1e6,
                            one.moved() / 1e6));
        }
        System.out.print(json ? "[\n" + String.join(",\n", lines) + "\n]\n" : text.toString());
        return seen.stream().allMatch(one -> one.moved() < MOVED_BYTES_MAX) ? 0 : 1;
    }

    private void up(long bytes) throws IOException, InterruptedException {
        try (SSLSocket socket = connected()) {
            OutputStream out = socket.getOutputStream();
            head(out, "POST /files", "Content-Length: " + bytes + "\r\n");
            byte[] part = new byte[PART_BYTES];
            for (long left = bytes; left > 0; left -= part.length) {
                out.write(part, 0, (int) Math.min(left, part.length));
            }
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.startsWith("HTTP/1.1 200") || !answer.endsWith("\r\n" + bytes)) {
                throw new IOException("the upload did not arrive whole: " + answer);
            }
        }
    }

    private void down(long bytes) throws IOException, InterruptedException {
        try (SSLSocket socket = connected()) {
            head(socket.getOutputStream(), "GET /files/" + bytes, "");
            InputStream in = socket.getInputStream();
            byte[] part = new byte[PART_BYTES];
            long taken = 0;
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                taken += n;
            }
            if (taken <= bytes) {
                throw new EOFException("the download broke off after " + taken + " bytes");
            }
        }
    }

    private void slow(long bytes, int seconds) throws IOException, InterruptedException {
        try (SSLSocket socket = connected()) {
            head(socket.getOutputStream(), "GET /files/" + bytes, "");
            InputStream in = socket.getInputStream();
            byte[] part = new byte[PART_BYTES];
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                in.readNBytes(part, 0, part.length);
                Thread.sleep(SLOW_PAUSE_MILLIS);
            }
        }
    }

    private SSLSocket connected() throws IOException {
        int port = URI.create(system.door()).getPort();
        SSLSocket socket =
                (SSLSocket)
                        tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.startHandshake();
        return socket;
    }

    private void head(OutputStream out, String line, String headers)
            throws IOException, InterruptedException {
        String host = URI.create(system.door()).getAuthority();
        String text =
                line
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n"
                        + "Authorization: Bearer "
                        + system.token("writer")
                        + "\r\n"
                        + headers
                        + "\r\n";
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        system.close();
    }
}
