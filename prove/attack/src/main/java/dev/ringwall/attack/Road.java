package dev.ringwall.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A way to a listener: where it is, from which of the machine's addresses, and how the hello goes.
///
/// @param host what the `Host` header says
record Road(
        InetSocketAddress to,
        String host,
        String scheme,
        Optional<Hello> tls,
        Optional<InetAddress> from) {

    static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /// How TLS is begun.
    ///
    /// @param named  whether the certificate must carry the host's name
    /// @param speaks what is offered to be spoken (RFC 7301); nothing is said of it when empty
    /// @param ciphers the only suites that are offered; the usual ones when empty
    record Hello(
            SSLContext context,
            List<String> protocols,
            boolean named,
            List<String> speaks,
            List<String> ciphers) {
        Hello {
            ciphers = List.copyOf(ciphers);
            protocols = List.copyOf(protocols);
            speaks = List.copyOf(speaks);
        }

        Hello(SSLContext context, List<String> protocols, boolean named) {
            this(context, protocols, named, List.of(), List.of());
        }

        Hello speaking(String... words) {
            return new Hello(context, protocols, named, List.of(words), ciphers);
        }

        Hello offering(List<String> suites) {
            return new Hello(context, protocols, named, speaks, suites);
        }

        static Hello modern(SSLContext context, boolean named) {
            return new Hello(context, List.of("TLSv1.3"), named);
        }
    }

    static Road plain(InetSocketAddress to) {
        return new Road(
                to,
                to.getHostString() + ":" + to.getPort(),
                "http",
                Optional.empty(),
                Optional.empty());
    }

    static Road plain(URI url) {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        return plain(new InetSocketAddress(url.getHost(), port));
    }

    static Road secure(URI url, Hello hello) {
        int port = url.getPort() < 0 ? 443 : url.getPort();
        String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + port;
        return new Road(
                new InetSocketAddress(url.getHost(), port),
                host,
                "https",
                Optional.of(hello),
                Optional.empty());
    }

    static Road secure(InetSocketAddress to, Hello hello) {
        return new Road(
                to,
                to.getHostString() + ":" + to.getPort(),
                "https",
                Optional.of(hello),
                Optional.empty());
    }

    Road from(Optional<InetAddress> address) {
        return new Road(to, host, scheme, tls, address);
    }

    Road greeting(Optional<Hello> hello) {
        return new Road(to, host, hello.isPresent() ? "https" : "http", hello, from);
    }

    String origin() {
        return scheme + "://" + host;
    }

    /// Opens it. The handshake is done, but with TLS 1.3 a refused client certificate shows only when an answer is read.
    @SuppressWarnings("AddressSelection") // the door is reached as its URL names it
    Connection open() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            if (from.isPresent()) {
                socket.bind(new InetSocketAddress(from.get(), 0));
            }
            socket.connect(to, Math.toIntExact(CONNECT_MAX.toMillis()));
            socket.setSoTimeout(Math.toIntExact(ANSWER_MAX.toMillis()));
            return new Connection(tls.isPresent() ? shake(socket, tls.get()) : socket);
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private Socket shake(Socket socket, Hello hello) throws IOException {
        SSLSocket secure =
                (SSLSocket)
                        hello.context()
                                .getSocketFactory()
                                .createSocket(socket, to.getHostString(), to.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(hello.protocols().toArray(String[]::new));
        if (!hello.ciphers().isEmpty()) {
            parameters.setCipherSuites(hello.ciphers().toArray(String[]::new));
        }
        if (!hello.speaks().isEmpty()) {
            parameters.setApplicationProtocols(hello.speaks().toArray(String[]::new));
        }
        if (hello.named()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }
}
