package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;

/// A strict little HTTP/1.1 server on port 0, for the tiny system.
final class TinyHttp implements AutoCloseable {

    private static final int HEAD_BYTES_MAX = 32_768;
    private static final int PAUSE_MILLIS_MAX = 5_000;

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Weakness> weaknesses;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final TinyCrowd crowd;

    interface Handler {
        Response answer(Request request) throws Exception;

        /// What is said before the body is read; empty where it is wanted.
        default Optional<Response> begins(Request head) {
            return Optional.empty();
        }

        /// It was answered, or never will be.
        default void ends(Request head) {}
    }

    record Request(
            String method,
            String target,
            Map<String, List<String>> headers,
            String body,
            InetAddress from,
            Optional<X509Certificate> peer) {

        Request withoutBody() {
            return new Request(method, target, headers, "", from, peer);
        }

        Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }
    }

    record Response(int status, Map<String, String> headers, String body) {

        static Response json(int status, String body) {
            return new Response(status, Map.of("Content-Type", "application/json"), body);
        }

        static Response to(String location) {
            return new Response(302, Map.of("Location", location), "");
        }

        Response with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Response(status, more, body);
        }
    }

    TinyHttp(ServerSocket unbound, Set<Weakness> weaknesses, Handler handler) throws IOException {
        this.listener = unbound;
        this.handler = handler;
        this.weaknesses = weaknesses;
        this.crowd = new TinyCrowd(weaknesses);
        unbound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (!crowd.enter(socket.getInetAddress())) {
                return;
            }
            socket.setTcpNoDelay(true);
            boolean patient =
                    weaknesses.contains(Weakness.SLOW_SUFFERED)
                            || weaknesses.contains(Weakness.CONNECTIONS_UNCOUNTED);
            socket.setSoTimeout(patient ? 0 : PAUSE_MILLIS_MAX);
            Optional<X509Certificate> peer = Optional.empty();
            if (socket instanceof SSLSocket secure) {
                secure.startHandshake();
                peer = TinyWire.peer(secure);
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            if (socket instanceof SSLSocket secure
                    && Streams.WORD.equals(secure.getApplicationProtocol())) {
                new TinyStreams(
                                in,
                                socket.getOutputStream(),
                                socket.getInetAddress(),
                                handler,
                                weaknesses)
                        .serve();
                return;
            }
            while (true) {
                Request request = read(in, socket, peer);
                if (request == null) {
                    TinyWire.write(socket, new Response(400, Map.of("Connection", "close"), ""));
                    return;
                }
                try {
                    TinyWire.write(socket, handler.answer(request));
                } finally {
                    handler.ends(request);
                }
            }
        } catch (Exception ended) {
            // The other side went away, or was sent away.
        } finally {
            open.remove(socket);
            crowd.leave(socket.getInetAddress());
        }
    }

    /// Null when the request must be refused.
    private Request read(InputStream in, Socket socket, Optional<X509Certificate> peer)
            throws IOException {
        List<String> lines = new ArrayList<>();
        int size = 0;
        while (true) {
            String line = line(in);
            size += line.length();
            if (size > headBytesMax() || line.indexOf(0) >= 0) {
                return null;
            }
            if (line.isEmpty()) {
                break;
            }
            lines.add(line);
            if (lines.size() == 1 && !line.endsWith(" HTTP/1.1")) {
                return null;
            }
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(colon - 1) == ' ') {
                return null;
            }
            headers.computeIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        List<String> lengths = headers.getOrDefault("content-length", List.of());
        List<String> codings = headers.getOrDefault("transfer-encoding", List.of());
        boolean both = !lengths.isEmpty() && !codings.isEmpty();
        if (headers.getOrDefault("host", List.of()).size() != 1
                || lengths.size() > 1
                || codings.size() > 1
                || (!codings.isEmpty() && !codings.getFirst().equals("chunked"))
                || (!lengths.isEmpty() && !lengths.getFirst().matches("[0-9]{1,9}"))
                || (both && !weaknesses.contains(Weakness.BOTH_LENGTHS_TAKEN))) {
            return null;
        }
        String[] first = lines.getFirst().split(" ", -1);
        if (first.length != 3) {
            return null;
        }
        Request head = new Request(first[0], first[1], headers, "", socket.getInetAddress(), peer);
        Optional<Response> refused = handler.begins(head);
        if (refused.isPresent()) {
            TinyWire.write(socket, refused.get());
            throw new IOException("refused before its body");
        }
        try {
            return body(in, socket, head);
        } catch (IOException gone) {
            handler.ends(head);
            throw gone;
        }
    }

    private Request body(InputStream in, Socket socket, Request head) throws IOException {
        List<String> lengths = head.headers().getOrDefault("content-length", List.of());
        List<String> codings = head.headers().getOrDefault("transfer-encoding", List.of());
        String body = "";
        if (!codings.isEmpty()) {
            Optional<String> chunked = chunked(in);
            if (chunked.isEmpty()) {
                handler.ends(head);
                return null;
            }
            body = chunked.get();
        } else if (!lengths.isEmpty()) {
            try {
                body =
                        new String(
                                in.readNBytes(Integer.parseInt(lengths.getFirst())),
                                StandardCharsets.UTF_8);
            } catch (SocketTimeoutException paused) {
                TinyWire.write(socket, TinyRoutes.refuse(Reason.TOO_SLOW));
                throw paused;
            }
        }
        return new Request(
                head.method(), head.target(), head.headers(), body, head.from(), head.peer());
    }

    private int headBytesMax() {
        return weaknesses.contains(Weakness.HEADERS_UNCOUNTED) ? 1 << 20 : HEAD_BYTES_MAX;
    }

    private Optional<String> chunked(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            String size = line(in);
            if (!size.matches("[0-9a-fA-F]{1,6}")) {
                return Optional.empty();
            }
            int length = Integer.parseInt(size, 16);
            body.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            line(in);
            if (length == 0) {
                return Optional.of(body.toString());
            }
        }
    }

    private String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long begun = 0;
        while (true) {
            int next = in.read();
            begun = begun == 0 ? System.nanoTime() : begun;
            boolean slow = System.nanoTime() - begun > PAUSE_MILLIS_MAX * 1_000_000L;
            if (next < 0 || (slow && !weaknesses.contains(Weakness.SLOW_SUFFERED))) {
                throw new IOException("closed");
            }
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
            if (line.size() > headBytesMax()) {
                return "\0";
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
