package dev.ringwall.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// Real TLS 1.3 over a socket on this machine, both sides showing certificates.
final class Handshakes {

    private Handshakes() {}

    static SSLContext context(KeyManager keys, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    /// How a handshake and one byte each way ended.
    sealed interface Ended {
        record Well(SpiffeId server, SpiffeId client) implements Ended {}

        record Refused(String why) implements Ended {}
    }

    static Ended between(SSLContext server, SSLContext client) {
        try (SSLServerSocket listening =
                (SSLServerSocket)
                        server.getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            CompletableFuture<SpiffeId> clientSeen =
                    CompletableFuture.supplyAsync(() -> {
                        try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                            pong(accepted.getInputStream(), accepted.getOutputStream());
                            return peer(accepted);
                        } catch (IOException refused) {
                            throw new UncheckedIOException(refused);
                        }
                    });
            try (SSLSocket socket =
                    (SSLSocket)
                            client.getSocketFactory()
                                    .createSocket(
                                            InetAddress.getLoopbackAddress(),
                                            listening.getLocalPort())) {
                socket.getOutputStream().write(7);
                if (socket.getInputStream().read() != 7) {
                    return new Ended.Refused("closed");
                }
                return new Ended.Well(peer(socket), clientSeen.get());
            }
        } catch (IOException refused) {
            return new Ended.Refused(String.valueOf(refused.getMessage()));
        } catch (InterruptedException | ExecutionException broken) {
            return new Ended.Refused(String.valueOf(broken.getMessage()));
        }
    }

    private static void pong(InputStream in, OutputStream out) throws IOException {
        out.write(in.read());
        out.flush();
    }

    private static SpiffeId peer(SSLSocket socket) throws IOException {
        try {
            return SpiffeId.parse(
                            Certificates.uris(
                                            (X509Certificate)
                                                    socket.getSession().getPeerCertificates()[0])
                                    .getFirst())
                    .orElseThrow();
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(unreadable);
        }
    }
}
