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

    /// Tickets are kept by name and port, so whoever asks for a name shows them wherever it goes.
    private static final int ASKED_PORT = 443;

    /// How TLS is begun.
    ///
    /// @param named  whether the certificate must carry the host's name
    /// @param speaks what is offered to be spoken (RFC 7301); nothing is said of it when empty
    /// @param ciphers the only suites that are offered; the usual ones when empty
    /// @param asked   the name that is asked for (RFC 6066 §3) in place of the one that it is reached by; tickets are kept by it
    record Hello(
            SSLContext context,
            List<String> protocols,
            boolean named,
            List<String> speaks,
            List<String> ciphers,
            Optional<String> asked) {
        Hello {
            ciphers = List.copyOf(ciphers);
            protocols = List.copyOf(protocols);
            speaks = List.copyOf(speaks);
        }

        Hello(SSLContext context, List<String> protocols, boolean named) {
            this(context, protocols, named, List.of(), List.of(), Optional.empty());
        }

        Hello speaking(String... words) {
            return new Hello(context, protocols, named, List.of(words), ciphers, asked);
        }

        Hello offering(List<String> suites) {
            return new Hello(context, protocols, named, speaks, suites, asked);
        }

        Hello asking(String name) {
            return new Hello(context, protocols, named, speaks, ciphers, Optional.of(name));
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

    /// The same door at another of its addresses.
    Road to(InetSocketAddress other) {
        return new Road(other, host, scheme, tls, from);
    }

    /// The same place under another name.
    Road hosting(String name) {
        return new Road(to, name, scheme, tls, from);
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
        boolean asks = tls.flatMap(Hello::asked).isPresent();
        Socket socket = asks ? new Asked() : new Socket();
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

    /// Says that every place has one port.
    private static final class Asked extends Socket {
        @Override
        public int getPort() {
            return ASKED_PORT;
        }
    }

    private Socket shake(Socket socket, Hello hello) throws IOException {
        SSLSocket secure =
                (SSLSocket)
                        hello.context()
                                .getSocketFactory()
                                .createSocket(
                                        socket,
                                        hello.asked().orElse(to.getHostString()),
                                        to.getPort(),
                                        true);
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
