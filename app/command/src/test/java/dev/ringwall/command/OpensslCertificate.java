package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Certificates by OpenSSL that sign themselves.
final class OpensslCertificate {

    private OpensslCertificate() {}

    /// A certificate of that name; beside it, as `NAME-and-key.pem`, lies a file that holds its key as well.
    static Path in(Path folder, String name) throws IOException, InterruptedException {
        Path certificate = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        Process openssl =
                new ProcessBuilder(
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
                                "/CN=" + name,
                                "-addext",
                                "subjectAltName=DNS:" + name,
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("openssl.log").toFile())
                        .start();
        assertThat(openssl.waitFor()).isZero();
        Files.writeString(
                folder.resolve(name + "-and-key.pem"),
                Files.readString(certificate) + Files.readString(key));
        return certificate;
    }
}
