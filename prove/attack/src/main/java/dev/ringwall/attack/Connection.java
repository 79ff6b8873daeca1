package dev.ringwall.attack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/// A connection that sends any bytes and reads HTTP/1.1 answers. For one thread.
final class Connection implements Closeable {

    /// The largest answer that is read; of a larger one only the beginning counts.
    static final int ANSWER_BYTES_MAX = 4 << 20;

    private static final int LINE_BYTES_MAX = 64 << 10;
    private static final int HEADERS_MAX = 200;

    /// How often it is looked whether a handshake is done.
    private static final int SHAKING_MILLIS = 100;

    private final Socket socket;
    private final InputStream in;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// From now on closing does not wait for what is still being sent.
    void abrupt() throws IOException {
        socket.setSoLinger(true, 0);
    }

    /// How long an answer is waited for from now on.
    void patience(Duration time) throws IOException {
        socket.setSoTimeout(Math.toIntExact(time.toMillis()));
    }

    /// The next answer; [EOFException] when the other side closed instead of answering.
    Reply receive(String method) throws IOException {
        String status = line();
        if (!status.matches("HTTP/1\\.[01] [1-5][0-9][0-9].*")) {
            throw new ProtocolException("what came back is no HTTP");
        }
        int code = Integer.parseInt(status.substring(9, 12));
        Map<String, List<String>> headers = headers();
        if (code < 200 && code != 101) {
            return receive(method);
        }
        if (code == 101) {
            return new Reply(code, headers, "", true); // what follows is no HTTP any more
        }
        boolean closes =
                String.join(",", headers.getOrDefault("connection", List.of()))
                        .toLowerCase(Locale.ROOT)
                        .contains("close");
        if (method.equals("HEAD") || code == 204 || code == 304) {
            return new Reply(code, headers, "", closes);
        }
        String coding = String.join(",", headers.getOrDefault("transfer-encoding", List.of()));
        List<String> lengths = headers.getOrDefault("content-length", List.of());
        byte[] body;
        if (coding.toLowerCase(Locale.ROOT).contains("chunked")) {
            body = chunks();
        } else if (!lengths.isEmpty()) {
            body = exactly(length(lengths.getFirst()));
        } else {
            body = in.readNBytes(ANSWER_BYTES_MAX);
            closes = true;
        }
        return new Reply(code, headers, new String(body, StandardCharsets.UTF_8), closes);
    }

    private static int length(String text) throws IOException {
        try {
            int length = Integer.parseInt(text.strip());
            if (length >= 0 && length <= ANSWER_BYTES_MAX) {
                return length;
            }
        } catch (NumberFormatException notANumber) {
            throw new IOException("Content-Length is no number", notANumber);
        }
        throw new IOException("an answer of " + text.strip() + " bytes is not read");
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < HEADERS_MAX; i++) {
            String line = line();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                                _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        throw new IOException("more than " + HEADERS_MAX + " header lines");
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line().split(";", 2)[0].strip();
            int length;
            try {
                length = Integer.parseInt(size, 16);
            } catch (NumberFormatException notHexadecimal) {
                throw new IOException("a chunk without a size", notHexadecimal);
            }
            if (length == 0) {
                headers();
                return body.toByteArray();
            }
            if (length < 0 || body.size() + length > ANSWER_BYTES_MAX) {
                throw new IOException("an answer above " + ANSWER_BYTES_MAX + " bytes is not read");
            }
            body.write(exactly(length));
            line();
        }
    }

    /// What both sides agreed to speak in the hello of TLS; empty when nothing was said of it.
    String spoken() {
        return socket instanceof SSLSocket secure
                ? Objects.requireNonNullElse(secure.getApplicationProtocol(), "")
                : "";
    }

    /// What the other side showed in the hello of TLS.
    Optional<X509Certificate> certificate() {
        try {
            return socket instanceof SSLSocket secure
                            && secure.getSession().getPeerCertificates()[0]
                                    instanceof X509Certificate shown
                    ? Optional.of(shown)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /// Shakes hands once more, as TLS 1.2 can, and waits until that is done: some take nothing else meanwhile.
    void shakeAgain() throws IOException {
        if (!(socket instanceof SSLSocket secure)) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        secure.addHandshakeCompletedListener(_ -> done.countDown());
        secure.startHandshake();
        int patience = secure.getSoTimeout();
        long end = System.nanoTime() + Duration.ofMillis(patience).toNanos();
        secure.setSoTimeout(SHAKING_MILLIS);
        while (done.getCount() > 0) {
            try {
                if (in.read() < 0) {
                    throw new EOFException("closed in place of another handshake");
                }
                throw new ProtocolException("something was said before another handshake was done");
            } catch (SocketTimeoutException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
            }
        }
        secure.setSoTimeout(patience);
    }

    /// The next bytes, so many.
    byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed in the middle of an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (line.size() <= LINE_BYTES_MAX) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed without an answer");
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(next);
        }
        throw new IOException("a line above " + LINE_BYTES_MAX + " bytes");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is of no use any more, which is what was wanted.
        }
    }
}
