package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.ServerCertificate;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Handshakes with OpenSSL's own client: versions, names, and nodes that come back.
class HandshakesTest {

    private static final String OLDER = Shop.YAML + "door: { tls: tls1.2 }\n";

    @TempDir private Path folder;

    private World world;

    @BeforeEach
    void needOpenSsl() {
        assumeTrue(OpensslClient.isInstalled(), "openssl is missing");
    }

    private void begin(NodeSettings.TlsLibrary library, String yaml) throws Exception {
        UnaryOperator<NodeSettings> settings = usual -> usual.with(library);
        world = new World(Map.of("ringwall.yaml", yaml), settings, Rings::standard);
    }

    @AfterEach
    void end() {
        if (world != null) {
            world.close();
        }
    }

    private String door(String... options) throws IOException, InterruptedException {
        return OpensslClient.get(world.door, options);
    }

    @ParameterizedTest
    @EnumSource
    void anOlderVersionIsSpokenWhereItIsDeclared(NodeSettings.TlsLibrary library) throws Exception {
        begin(library, OLDER);

        assertThat(door("-tls1_2"))
                .containsPattern("New, TLSv1.2, Cipher is ECDHE-ECDSA-(AES\\d+-GCM|CHACHA20)")
                .contains("HTTP/1.1 200");
        assertThat(door()).contains("New, TLSv1.3").contains("HTTP/1.1 200");
        for (String weak : List.of("ECDHE-ECDSA-AES128-SHA", "AES128-GCM-SHA256", "DHE")) {
            assertThat(door("-tls1_2", "-cipher", weak + ":@SECLEVEL=0"))
                    .as(weak)
                    .doesNotContain("HTTP/1.1");
        }
        assertThat(door("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")).doesNotContain("HTTP/1.1");
    }

    @ParameterizedTest
    @EnumSource
    void anOlderVersionIsNotSpokenWhereNothingIsSaid(NodeSettings.TlsLibrary library)
            throws Exception {
        begin(library, Shop.YAML);

        assertThat(door("-tls1_2")).contains("New, (NONE)").doesNotContain("HTTP/1.1");
        assertThat(door("-tls1_3")).contains("New, TLSv1.3").contains("HTTP/1.1 200");
    }

    @ParameterizedTest
    @EnumSource
    void aWithdrawnVersionIsNotSpokenByTheNextConnection(NodeSettings.TlsLibrary library)
            throws Exception {
        begin(library, OLDER);
        assertThat(door("-tls1_2")).contains("HTTP/1.1 200");

        world.declare(Shop.YAML);

        assertThat(door("-tls1_2")).doesNotContain("HTTP/1.1");
        String service = "catalog";
        assertThat(OpensslClient.get(world.inbound.get(service), "-tls1_2"))
                .as("between nodes")
                .contains("New, (NONE)");
    }

    @ParameterizedTest
    @EnumSource
    void whoNamesAHostSeesTheCertificateForIt(NodeSettings.TlsLibrary library) throws Exception {
        begin(library, OLDER);
        Identity one = world.authority.issue(new Profile.Door(Set.of("one.example.com")));
        Identity two = world.authority.issue(new Profile.Door(Set.of("two.example.com")));
        world.shown.swap(
                new DoorCertificates(
                        List.of(ServerCertificate.of(one), ServerCertificate.of(two)), Map.of()));

        for (String version : List.of("-tls1_2", "-tls1_3")) {
            assertThat(door(version, "-servername", "two.example.com")).contains(body(two));
            assertThat(door(version, "-servername", "TWO.example.com")).contains(body(two));
            assertThat(door(version, "-servername", "one.example.com")).contains(body(one));
            assertThat(door(version, "-servername", "other.example.com")).contains(body(one));
            assertThat(door(version, "-noservername")).contains(body(one));
        }
    }

    private static String body(Identity identity) {
        return identity.chainPem().lines().skip(1).limit(3).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource
    void aNodeGetsNoTicketToComeBackWith(NodeSettings.TlsLibrary library) throws Exception {
        begin(library, Shop.YAML);
        Identity peer = world.identity("gateway").current();
        Path chain = Files.writeString(folder.resolve("chain.pem"), peer.chainPem());
        Path above =
                Files.writeString(
                        folder.resolve("above.pem"),
                        peer.chainPem().substring(peer.chainPem().lastIndexOf("-----BEGIN CERT")));
        Path key = Files.writeString(folder.resolve("key.pem"), peer.dangerousKeyPem());

        String said =
                OpensslClient.get(
                        world.inbound.get("catalog"),
                        "-cert",
                        chain.toString(),
                        "-cert_chain",
                        above.toString(),
                        "-key",
                        key.toString());

        assertThat(said).contains("New, TLSv1.3").contains("HTTP/1.1 ");
        assertThat(said).doesNotContain("NewSessionTicket");
        assertThat(door()).as("callers get one").contains("NewSessionTicket");
    }

    @ParameterizedTest
    @EnumSource
    void whoIsAskedForACertificateGetsNoTicketEither(NodeSettings.TlsLibrary library)
            throws Exception {
        String host = "programs.example.com";
        begin(library, Shop.YAML + "door: { mutual-tls: " + host + " }\n");

        assertThat(door("-servername", host))
                .contains("New, TLSv1.3")
                .contains("HTTP/1.1 ")
                .doesNotContain("NewSessionTicket");
    }

    @Test
    void withoutTheNativeLibraryTheJdkServes() throws Exception {
        String path =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(part -> !part.contains("tcnative-boringssl"))
                        .collect(Collectors.joining(File.pathSeparator));
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                path,
                                DoorAlone.class.getName())
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader printed =
                new BufferedReader(
                        new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            String line = printed.readLine();
            while (line != null && !line.startsWith(DoorAlone.READY)) {
                line = printed.readLine();
            }
            assertThat(line).as("it opens").isNotNull().contains("native false");
            InetSocketAddress door =
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(),
                            Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)));
            assertThat(OpensslClient.get(door)).contains("New, TLSv1.3").contains("HTTP/1.1 200");
            assertThat(OpensslClient.get(door, "-tls1_2")).doesNotContain("HTTP/1.1");
        } finally {
            other.destroy();
            other.waitFor();
        }
    }
}
