package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A connection on which a test says exactly the bytes that it wants to say.
final class Wire implements Closeable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    /// One answer. Header names are in lower case; of several only the last is kept.
    record Reply(int status, Map<String, String> headers, String body) {
        String reason() {
            int at = body.indexOf("\"reason\":\"");
            return at < 0 ? "" : body.substring(at + 10, body.indexOf('"', at + 10));
        }
    }

    static Wire plain(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.connect(to);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new Wire(socket);
    }

    static Wire tls(InetSocketAddress to) throws IOException {
        return tls(to, InetAddress.getLoopbackAddress(), null);
    }

    /// With an offer of those protocols (ALPN).
    static Wire offering(InetSocketAddress to, String... protocols) throws IOException {
        return tls(to, InetAddress.getLoopbackAddress(), null, protocols);
    }

    static Wire tls(InetSocketAddress to, InetAddress from, Identity as, String... protocols)
            throws IOException {
        return tls(to, from, as, List.of(), protocols);
    }

    /// Asks for that host (SNI).
    static Wire asking(InetSocketAddress to, String host, Identity as, String... protocols)
            throws IOException {
        return tls(
                to,
                InetAddress.getLoopbackAddress(),
                as,
                List.<SNIServerName>of(new SNIHostName(host)),
                protocols);
    }

    private static Wire tls(
            InetSocketAddress to,
            InetAddress from,
            Identity as,
            List<SNIServerName> hosts,
            String... protocols)
            throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys =
                    as == null ? null : new KeyManager[] {new dev.ringwall.keys.TlsKeys(() -> as)};
            context.init(keys, new TrustManager[] {new TrustsAnybody()}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(protocols);
            parameters.setServerNames(hosts);
            socket.setSSLParameters(parameters);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(to);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            return new Wire(socket);
        } catch (GeneralSecurityException cannot) {
            throw new IOException(cannot);
        }
    }

    /// The protocol that both sides agreed on.
    String protocol() {
        return ((SSLSocket) socket).getApplicationProtocol();
    }

    X509Certificate peer() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Reply call(String method, String target, String... headers) throws IOException {
        return ask(method, target, headers).receive(method);
    }

    /// A request for that host.
    Reply get(String host, String target, String... headers) throws IOException {
        StringBuilder text = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        text.append("Host: ").append(host).append("\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return send(text.append("\r\n").toString()).receive();
    }

    /// Sends a request and does not wait for the answer.
    Wire ask(String method, String target, String... headers) throws IOException {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        text.append("Host: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return send(text.append("\r\n").toString());
    }

    Reply post(String target, String body, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        StringBuilder text = new StringBuilder("POST " + target + " HTTP/1.1\r\n");
        text.append("Host: localhost\r\n");
        all.forEach(header -> text.append(header).append("\r\n"));
        send(text.append("\r\n").append(body).toString());
        return receive("POST");
    }

    Reply receive() throws IOException {
        return receive("GET");
    }

    Reply receive(String method) throws IOException {
        Reply head = head();
        if (method.equals("HEAD")
                || head.status() == 204
                || head.status() == 304
                || head.status() < 200) {
            return head;
        }
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (head.headers().containsKey("transfer-encoding")) {
            for (int size = size(); size > 0; size = size()) {
                body.write(in.readNBytes(size));
                line();
            }
            line();
        } else if (head.headers().containsKey("content-length")) {
            int length = Integer.parseInt(head.headers().get("content-length"));
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("an answer that breaks off");
            }
            body.write(bytes);
        } else {
            body.write(in.readAllBytes());
        }
        return new Reply(head.status(), head.headers(), body.toString(StandardCharsets.UTF_8));
    }

    Reply head() throws IOException {
        String status = line();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Reply(Integer.parseInt(status.substring(9, 12)), headers, "");
    }

    private int size() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    boolean closed() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed" + (line.size() == 0 ? "" : " within a line"));
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// For clients that check names only.
    static SSLContext trustingAnybody() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        return context;
    }

    /// Whose certificate it is, is not what these tests ask.
    private static final class TrustsAnybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
