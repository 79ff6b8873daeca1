package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// A server of ours that believes its peers as the control plane does, and speaks as a test wants it to.
final class MutualServer implements AutoCloseable {

    private final SSLServerSocket socket;
    private final Speaker speaker;
    private final List<SSLSocket> connections = new CopyOnWriteArrayList<>();

    MutualServer(Identity identity, PeerVerifier verifier, Speaker speaker) throws Exception {
        this.speaker = speaker;
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                new KeyManager[] {new TlsKeys(() -> identity)},
                new TrustManager[] {TlsTrust.everyone(verifier)},
                null);
        socket =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        Thread.ofVirtual().start(this::accept);
    }

    /// Speaks on one connection until it returns, which closes it.
    @FunctionalInterface
    interface Speaker {
        void speak(SSLSocket connection) throws IOException;
    }

    URI at(String path) {
        return URI.create("https://localhost:" + socket.getLocalPort() + path);
    }

    /// How many connections were made.
    int connections() {
        return connections.size();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket connection = (SSLSocket) socket.accept();
                Thread.ofVirtual().start(() -> speak(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void speak(SSLSocket connection) {
        try (connection) {
            connection.startHandshake();
            connections.add(connection);
            speaker.speak(connection);
        } catch (IOException gone) {
            // what the other side makes of it is what the test is about
        }
    }

    /// The name in the certificate of whoever is at the other end.
    static X509Certificate peer(SSLSocket connection) throws IOException {
        return (X509Certificate) connection.getSession().getPeerCertificates()[0];
    }

    /// The next head; empty at the end of the connection.
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /// The body that the head announces.
    static byte[] body(String head, InputStream in) throws IOException {
        return in.readNBytes(length(head));
    }

    static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length: ", 0, 16))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
    }

    static void answer(SSLSocket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (SSLSocket connection : connections) {
            connection.close();
        }
    }
}
