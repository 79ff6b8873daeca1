package dev.ringwall.command;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.link.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Let's Encrypt's authority for tests, as Debian has it, and a name server that finds every name on this machine. It asks after names at
/// the given door and wants to be shown an external account.
final class Pebble implements AutoCloseable {

    static final String ACCOUNT = "kid-1";
    static final String ACCOUNT_KEY =
            "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    private static final Path PROGRAM = Path.of("/usr/bin/pebble");
    private static final Path NAMES = Path.of("/usr/bin/pebble-challtestsrv");

    private final Path folder;
    private final CertificateAuthority known;
    private final int port;
    private final int management;
    private final Process names;
    private final Process pebble;

    private Pebble(
            Path folder,
            CertificateAuthority known,
            int port,
            int management,
            Process names,
            Process pebble) {
        this.folder = folder;
        this.known = known;
        this.port = port;
        this.management = management;
        this.names = names;
        this.pebble = pebble;
    }

    static boolean isInstalled() {
        if (Files.isExecutable(PROGRAM) && Files.isExecutable(NAMES)) {
            return true;
        }
        System.err.println(
                "LOUD: no pebble is installed, so no certificate is asked for; `apt-get install pebble` makes it so");
        return false;
    }

    /// @param validSeconds how long its certificates are good
    static Pebble before(int doorPort, int validSeconds, Path folder)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        CertificateAuthority authority =
                ((CertificateAuthority.Opened.Ready)
                                CertificateAuthority.open(
                                        folder.resolve("ca"),
                                        "pebble",
                                        Vault.under(
                                                UnlockSecret.of("a secret that only tests know")),
                                        Clock.systemUTC(),
                                        Lifetimes.DEFAULT))
                        .authority();
        Identity self = authority.issue(new Profile.Door(Set.of("localhost")));
        Files.writeString(folder.resolve("cert.pem"), self.chainPem());
        Files.writeString(folder.resolve("key.pem"), self.dangerousKeyPem());
        Files.writeString(folder.resolve("trust.pem"), authority.root().pem());
        int port = FreePorts.next();
        int management = FreePorts.next();
        int dns = FreePorts.next();
        Path config =
                Files.writeString(
                        folder.resolve("pebble.json"),
                        """
                        { "pebble": {
                            "listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                            "certificate": "%s/cert.pem", "privateKey": "%s/key.pem",
                            "httpPort": 1, "tlsPort": %d, "certificateValidityPeriod": %d,
                            "externalAccountBindingRequired": true,
                            "externalAccountMACKeys": { "%s": "%s" } } }
                        """
                                .formatted(
                                        port,
                                        management,
                                        folder,
                                        folder,
                                        doorPort,
                                        validSeconds,
                                        ACCOUNT,
                                        ACCOUNT_KEY));
        Process names =
                new ProcessBuilder(
                                NAMES.toString(),
                                "-dns01",
                                "127.0.0.1:" + dns,
                                "-defaultIPv6",
                                "",
                                "-http01",
                                "",
                                "-https01",
                                "",
                                "-tlsalpn01",
                                "",
                                "-management",
                                "127.0.0.1:" + FreePorts.next())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("names.log").toFile())
                        .start();
        ProcessBuilder starting =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "-config",
                                config.toString(),
                                "-dnsserver",
                                "127.0.0.1:" + dns)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("pebble.log").toFile());
        starting.environment().put("PEBBLE_VA_NOSLEEP", "1");
        Pebble started = new Pebble(folder, authority, port, management, names, starting.start());
        started.awaitAnswer();
        return started;
    }

    /// Where it answers.
    int port() {
        return port;
    }

    /// A certificate by which others on this machine are known as it is.
    Identity another() {
        return known.issue(new Profile.Door(Set.of("localhost")));
    }

    /// What it says of a certificate: `Valid`, or `Revoked` with the number of the reason.
    String status(String serial) throws IOException {
        try (InputStream in = get("/cert-status-by-serial/" + serial)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// TLS that believes what it shows.
    SSLContext believing() throws IOException {
        try {
            var store = java.security.KeyStore.getInstance(java.security.KeyStore.getDefaultType());
            store.load(null, null);
            try (InputStream pem = Files.newInputStream(trust())) {
                store.setCertificateEntry(
                        "root",
                        java.security.cert.CertificateFactory.getInstance("X.509")
                                .generateCertificate(pem));
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String directory() {
        return "https://localhost:" + port + "/dir";
    }

    /// What it is known by, as `trust` names it.
    Path trust() {
        return folder.resolve("trust.pem");
    }

    /// The root of what it issues.
    Path root() throws IOException {
        try (InputStream in = get("/roots/0")) {
            return Files.write(folder.resolve("issued-root.pem"), in.readAllBytes());
        }
    }

    /// How many certificates it has issued.
    long issued() throws IOException {
        return log().lines().filter(line -> line.contains("Issued certificate serial")).count();
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("pebble.log"));
    }

    private InputStream get(String path) throws IOException {
        HttpsURLConnection connection =
                (HttpsURLConnection)
                        URI.create("https://localhost:" + management + path)
                                .toURL()
                                .openConnection();
        connection.setSSLSocketFactory(believing().getSocketFactory());
        return connection.getInputStream();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        for (int i = 0; i < 300; i++) {
            try {
                root();
                return;
            } catch (java.net.ConnectException notYet) {
                if (!pebble.isAlive()) {
                    break;
                }
                Thread.sleep(50);
            }
        }
        throw new AssertionError("pebble does not answer: " + log());
    }

    @Override
    public void close() {
        pebble.destroy();
        names.destroy();
    }
}
