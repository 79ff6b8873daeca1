package dev.ringwall.node;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import dev.ringwall.keys.TrustRoot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// A control plane that takes every event and keeps none, over mutual TLS, in a process of its own.
final class ShippingSink {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static final int BUFFER_BYTES = 64 << 10;

    private ShippingSink() {}

    /// Starts it; the first line that it writes is its port.
    ///
    /// @param folder where `control.pem` and `root.pem` lie
    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ShippingSink.class.getName(),
                                folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Serves until the process is ended.
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Identity identity = Identity.load(folder.resolve("control.pem"));
        TrustRoot root = TrustRoot.parse(Files.readString(folder.resolve("root.pem")));
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                new KeyManager[] {new TlsKeys(() -> identity)},
                new TrustManager[] {
                    TlsTrust.everyone(new PeerVerifier(root, InstantSource.system()))
                },
                null);
        try (SSLServerSocket server =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            server.setNeedClientAuth(true);
            System.out.println(server.getLocalPort());
            while (true) {
                SSLSocket connection = (SSLSocket) server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            }
        }
    }

    private static void serve(SSLSocket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream(), BUFFER_BYTES);
            byte[] ack =
                    "HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n{\"sequence\":9223372036854775807}"
                            .getBytes(StandardCharsets.US_ASCII);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                Matcher length = LENGTH.matcher(head);
                in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
                connection.getOutputStream().write(ack);
            }
        } catch (IOException gone) {
            System.err.println(gone);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
