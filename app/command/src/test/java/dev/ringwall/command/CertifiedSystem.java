package dev.ringwall.command;

import dev.ringwall.link.FreePorts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/// A running system whose public name pebble certifies, with a clock that goes as the machine's does and can be put forward.
final class CertifiedSystem implements AutoCloseable {

    static final int VALID_SECONDS = 6 * 3600;

    private final Path folder;
    private final int doorPort;
    private final Pebble pebble;
    private final PebbleFront front;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private RunningSystem running;

    private CertifiedSystem(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.doorPort = FreePorts.next();
        this.pebble = Pebble.before(doorPort, VALID_SECONDS, folder.resolve("pebble"));
        this.front = PebbleFront.before(pebble);
        declare(true);
        this.running = begin();
    }

    static CertifiedSystem under(Path folder) throws IOException, InterruptedException {
        return new CertifiedSystem(folder);
    }

    private RunningSystem begin() throws IOException, InterruptedException {
        InstantSource machine = InstantSource.system();
        return RunningSystem.start(
                new RunningSystem.Plan(
                        declaration(),
                        new StateFolder(folder.resolve(".ringwall")),
                        doorPort,
                        0,
                        Map.of("acme-account", Pebble.ACCOUNT_KEY),
                        () -> machine.instant().plus(ahead.get())),
                ShopUnderTest.silent());
    }

    private Path declaration() {
        return folder.resolve("ringwall.yaml");
    }

    private void declare(boolean certified) throws IOException {
        String door =
                """
                door:
                  certificate: { acme: "%s", trust: %s, terms: agreed, external-account: { id: kid-1, secret: acme-account } }
                """
                        .formatted(front.directory(), pebble.trust());
        Files.writeString(
                declaration(),
                """
                ringwall: 1
                system: shop
                domain: shop.example.com
                %sroles: { shopper: { login: password } }
                """
                        .formatted(certified ? door : ""));
    }

    /// Declares another one: with the authority, or without any.
    void publish(boolean certified) throws IOException {
        declare(certified);
        run("publish", declaration().toString());
    }

    Pebble pebble() {
        return pebble;
    }

    PebbleFront front() {
        return front;
    }

    void putForward(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    Instant now() {
        return InstantSource.system().instant().plus(ahead.get());
    }

    /// By the machine's clock, for commands look at that and take no certificate that begins later.
    void restart() throws IOException, InterruptedException {
        running.close();
        Duration before = ahead.getAndSet(Duration.ZERO);
        running = begin();
        ahead.set(before);
    }

    ShopUnderTest.Ended run(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--state", running.state().path().toString()));
        return ShopUnderTest.run(words.toArray(String[]::new));
    }

    String doctor() {
        ShopUnderTest.Ended ended = run("doctor", declaration().toString());
        return ended.out() + ended.err();
    }

    /// The events of that act.
    List<String> events(String act) {
        return run("watch", "--once", "--last", "1000", "-o", "json")
                .out()
                .lines()
                .filter(line -> line.contains("\"" + act + "\""))
                .toList();
    }

    /// What the door shows.
    X509Certificate shown() throws IOException {
        Process process =
                new ProcessBuilder(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + doorPort,
                                "-servername",
                                "shop.example.com")
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int begin = said.indexOf("-----BEGIN CERT");
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            said.substring(
                                                            begin,
                                                            said.indexOf("-----END CERT")
                                                                    + "-----END CERTIFICATE-----"
                                                                            .length())
                                                    .getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException unreadable) {
            throw new IOException(said, unreadable);
        }
    }

    String serial() throws IOException {
        return shown().getSerialNumber().toString(16);
    }

    boolean certified() throws IOException {
        return shown().getIssuerX500Principal().getName().contains("Pebble");
    }

    void await(Callable<Boolean> what) throws Exception {
        long deadline = System.nanoTime() + 90_000_000_000L;
        while (!what.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + doctor() + pebble.log());
            }
            Thread.sleep(200);
        }
    }

    @Override
    public void close() throws IOException {
        running.close();
        front.close();
        pebble.close();
    }
}
