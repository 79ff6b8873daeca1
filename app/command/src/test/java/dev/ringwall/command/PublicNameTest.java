package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.link.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The certificate of the public name, from a real authority (RFC 8555) that looks at the real door (RFC 8737).
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublicNameTest {

    private static final int VALID_SECONDS = 40;

    @TempDir private static Path folder;

    private static Pebble authority;
    private static RunningSystem system;
    private static int doorPort;

    @BeforeAll
    static void startBoth() throws IOException, InterruptedException {
        assumeTrue(Pebble.isInstalled(), "pebble is missing");
        doorPort = FreePorts.next();
        authority = Pebble.before(doorPort, VALID_SECONDS, folder.resolve("pebble"));
        declare("https://localhost:" + FreePorts.next() + "/dir", "terms: agreed");
        system = start();
    }

    @AfterAll
    static void stopBoth() throws IOException {
        if (system != null) {
            system.close();
        }
        if (authority != null) {
            authority.close();
        }
    }

    private static RunningSystem start() throws IOException, InterruptedException {
        return RunningSystem.start(
                new RunningSystem.Plan(
                        declaration(),
                        new StateFolder(folder.resolve(".ringwall")),
                        doorPort,
                        0,
                        Map.of("acme-account", Pebble.ACCOUNT_KEY),
                        InstantSource.system()),
                ShopUnderTest.silent());
    }

    @Test
    @Order(1)
    void anAuthorityThatIsAwayLeavesTheDoorItsOwnCertificateAndSaysSo() throws Exception {
        await(() -> doctor().contains("is asked again at"));

        assertThat(shown()).contains("O = shop").doesNotContain("Pebble");
        assertThat(doctor()).contains("× node gateway: the certificate of the public name: https");
        assertThat(events()).contains("certificate-not-obtained");
    }

    @Test
    @Order(2)
    void termsThatNobodyAgreedToAreNotAgreedTo() throws Exception {
        publish(authority.directory(), "external-account: { id: kid-1, secret: acme-account }");

        await(() -> doctor().contains("has terms"));

        assertThat(doctor()).contains("expected: `terms: agreed`, once they are");
        assertThat(authority.issued()).isZero();
    }

    @Test
    @Order(3)
    void anAccountThatTheAuthorityWantsToSeeIsNamed() throws Exception {
        publish(authority.directory(), "terms: agreed, contact: ops@shop.example.com");

        await(() -> doctor().contains("expected: `external-account`"));

        assertThat(authority.issued()).isZero();
    }

    @Test
    @Order(4)
    void theDoorShowsWhatTheAuthorityIssuedForEveryName() throws Exception {
        publish(
                authority.directory(),
                "terms: agreed, contact: ops@shop.example.com, external-account: { id: kid-1, secret: acme-account }");

        await(() -> shown().contains("Pebble"));

        String said = verified("www.shop.example.com");
        assertThat(said).contains("Verify return code: 0 (ok)");
        assertThat(verified("shop.example.com")).contains("Verify return code: 0 (ok)");
        await(() -> !doctor().contains("the certificate of the public name"));
        assertThat(events()).contains("certificate-obtained");
        assertThat(openssl("shop.example.com", "-alpn", "acme-tls/1"))
                .as("once the authority has looked, there is nothing to see")
                .contains("Pebble")
                .doesNotContain("ALPN protocol: acme-tls/1");
    }

    @Test
    @Order(5)
    void itIsRenewedBeforeItEndsAndTheDoorShowsTheNext() throws Exception {
        String first = serial();

        await(() -> !serial().equals(first));

        assertThat(verified("shop.example.com")).contains("Verify return code: 0 (ok)");
        assertThat(authority.issued()).isEqualTo(2);
    }

    @Test
    @Order(6)
    void whoStartsAgainShowsItAtOnceAndAsksForNoOther() throws Exception {
        long issued = authority.issued();
        String before = serial();
        system.close();

        system = start();

        assertThat(serial()).isEqualTo(before);
        assertThat(authority.issued()).isEqualTo(issued);
        Path kept = system.state().node(RunningSystem.NODE).resolve("door-issued.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
    }

    @Test
    @Order(7)
    void theOwnAuthoritysIsShownAgainWhereNoOtherIsDeclared() throws Exception {
        Files.writeString(declaration(), text(""));
        assertThat(run("publish", declaration().toString())).contains("published");

        await(() -> !shown().contains("Pebble"));

        assertThat(shown()).contains("O = shop");
    }

    private static Path declaration() {
        return folder.resolve("ringwall.yaml");
    }

    private static void declare(String directory, String words) throws IOException {
        Files.writeString(
                declaration(),
                text(
                        "  certificate: { acme: \"%s\", trust: %s, %s }\n"
                                .formatted(directory, authority.trust(), words)));
    }

    private static String text(String certificate) {
        return """
        ringwall: 1
        system: shop
        domain: shop.example.com
        door:
          names: [www.shop.example.com]
        %sroles: { shopper: { login: password } }
        """
                .formatted(certificate);
    }

    private static void publish(String directory, String words) throws IOException {
        declare(directory, words);
        assertThat(run("publish", declaration().toString())).contains("published");
    }

    private static String doctor() {
        return run("doctor", declaration().toString());
    }

    private static String events() {
        return run("watch", "--once", "--last", "1000", "-o", "json");
    }

    private static String run(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--state", Objects.requireNonNull(system).state().path().toString()));
        ShopUnderTest.Ended ended = ShopUnderTest.run(words.toArray(String[]::new));
        return ended.out() + ended.err();
    }

    private static String shown() throws IOException {
        return openssl("shop.example.com");
    }

    private static String serial() throws IOException {
        return openssl("shop.example.com")
                .lines()
                .dropWhile(line -> !line.startsWith("-----BEGIN CERT"))
                .takeWhile(line -> !line.startsWith("-----END CERT"))
                .reduce("", String::concat);
    }

    private static String verified(String host) throws IOException {
        return openssl(
                host,
                "-CAfile",
                authority.root().toString(),
                "-verify_hostname",
                host,
                "-verify_return_error");
    }

    private static String openssl(String host, String... more) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + doorPort,
                                "-servername",
                                host));
        words.addAll(List.of(more));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void await(Callable<Boolean> what) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!what.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + doctor() + authority.log());
            }
            Thread.sleep(200);
        }
    }
}
