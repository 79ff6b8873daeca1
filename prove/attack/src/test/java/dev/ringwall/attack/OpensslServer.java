package dev.ringwall.attack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;

/// `openssl s_server`, as Debian has it, which speaks TLS 1.2 and answers each request with a page.
final class OpensslServer implements AutoCloseable {

    private static final String READY = "ACCEPT 127.0.0.1:";

    private final Process process;
    private final X509Certificate certificate;
    private final int port;

    private OpensslServer(Process process, X509Certificate certificate, int port) {
        this.process = process;
        this.certificate = certificate;
        this.port = port;
    }

    static boolean isInstalled() {
        boolean installed =
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
        if (!installed) {
            System.err.println(
                    "LOUD: there is no openssl here, so it is not asked to shake hands again");
        }
        return installed;
    }

    static OpensslServer start(Path folder, String option) throws IOException {
        TinyAuthority authority = new TinyAuthority();
        Insider identity = TinyAuthority.pem(authority.issue("spiffe://old/gateway"));
        Path chain = Files.writeString(folder.resolve("chain.pem"), identity.certificatesPem());
        Path key = Files.writeString(folder.resolve("key.pem"), identity.keyPem());
        Process process =
                new ProcessBuilder(
                                "openssl",
                                "s_server",
                                "-accept",
                                "127.0.0.1:0",
                                "-tls1_2",
                                "-www",
                                "-cert",
                                chain.toString(),
                                "-key",
                                key.toString(),
                                option)
                        .redirectErrorStream(true)
                        .start();
        BufferedReader said = process.inputReader(StandardCharsets.ISO_8859_1);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(READY)) {
                return new OpensslServer(
                        process,
                        authority.certificate(),
                        Integer.parseInt(line.substring(READY.length()).strip()));
            }
        }
        throw new IOException("openssl s_server does not begin");
    }

    int port() {
        return port;
    }

    X509Certificate certificate() {
        return certificate;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
