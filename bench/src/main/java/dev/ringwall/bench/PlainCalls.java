package dev.ringwall.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Calls by one kept connection of HTTP/1.1 without TLS, one after the other. Leaves no garbage, so that nothing is collected while others
/// are measured. Knows answers with a `Content-Length` alone, heads and bodies of together at most 64 KiB.
final class PlainCalls implements AutoCloseable {

    private static final int ANSWER_BYTES_MAX = 64 << 10;
    private static final byte[] HEAD_ENDS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] request;
    private final byte[] answer = new byte[ANSWER_BYTES_MAX];

    PlainCalls(URI url) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        request =
                String.format(
                                Locale.ROOT,
                                "GET %s HTTP/1.1\r\nHost: %s:%d\r\n\r\n",
                                url.getRawPath(),
                                url.getHost(),
                                url.getPort())
                        .getBytes(StandardCharsets.US_ASCII);
    }

    /// Calls, waits for the whole answer, and returns its status.
    int call() throws IOException {
        out.write(request);
        int have = 0;
        int whole = ANSWER_BYTES_MAX;
        int head = -1;
        while (have < whole) {
            int n = in.read(answer, have, answer.length - have);
            if (n < 0) {
                throw new EOFException("the connection ended within an answer");
            }
            have += n;
            if (head < 0 && (head = find(HEAD_ENDS, have)) >= 0) {
                whole = head + HEAD_ENDS.length + number(find(LENGTH, head) + LENGTH.length);
            }
        }
        return number(STATUS_AT);
    }

    /// Where that begins, whatever the case of its letters; -1 when it is not in the first bytes.
    private int find(byte[] what, int before) {
        for (int i = 0; i <= before - what.length; i++) {
            int j = 0;
            while (j < what.length && lower(answer[i + j]) == what[j]) {
                j++;
            }
            if (j == what.length) {
                return i;
            }
        }
        return -1;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private int number(int from) {
        int at = from;
        while (answer[at] == ' ') {
            at++;
        }
        int number = 0;
        for (; answer[at] >= '0' && answer[at] <= '9'; at++) {
            number = number * 10 + answer[at] - '0';
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
