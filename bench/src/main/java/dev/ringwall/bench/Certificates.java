package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The certificates of the peers: one authority, a server, a client, all on P-256 as Ringwall's are. Made by `openssl`.
final class Certificates {

    private Certificates() {}

    static void make(Path home) throws IOException, InterruptedException {
        authority(home);
        for (String name : List.of("server", "client")) {
            openssl(
                    home,
                    "req",
                    "-new",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-keyout",
                    name + ".key",
                    "-out",
                    name + ".csr",
                    "-subj",
                    "/CN=localhost");
            Files.writeString(home.resolve(name + ".ext"), "subjectAltName=DNS:localhost\n");
            openssl(
                    home,
                    "x509",
                    "-req",
                    "-in",
                    name + ".csr",
                    "-CA",
                    "ca.pem",
                    "-CAkey",
                    "ca.key",
                    "-CAcreateserial",
                    "-days",
                    "2",
                    "-extfile",
                    name + ".ext",
                    "-out",
                    name + ".pem");
            Files.writeString(
                    home.resolve(name + "-both.pem"),
                    Files.readString(home.resolve(name + ".pem"))
                            + Files.readString(home.resolve(name + ".key")));
        }
    }

    private static void authority(Path home) throws IOException, InterruptedException {
        openssl(
                home,
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem",
                "-days",
                "2",
                "-subj",
                "/CN=bench");
    }

    private static void openssl(Path home, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Program.run(home, "openssl", command);
    }
}
