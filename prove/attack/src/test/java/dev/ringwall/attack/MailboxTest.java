package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.model.Mail;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The mail server that the prover plays, spoken to as a carrier of letters speaks.
final class MailboxTest {

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final TinyAuthority authority = new TinyAuthority();

    private Insider identity() {
        return TinyAuthority.pem(authority.issue("spiffe://mail/server"));
    }

    private static Mail at(int port) {
        return new Mail(
                "localhost",
                port,
                "people@people.example",
                Optional.empty(),
                Optional.empty(),
                Sketch.line(1));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Says it and returns the last line of the answer.
    private static String said(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return heard(socket);
    }

    private static String heard(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\n';
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.length() > 3 && line.charAt(3) == '-' ? heard(socket) : line.toString().strip();
    }

    @Test
    void aLetterIsTakenOverTlsAloneAndReadOnceByWhomItIsFor() throws Exception {
        int port = free();
        try (Mailbox mailbox = Mailbox.open(at(port), identity());
                Socket plain = new Socket(InetAddress.getByName("localhost"), port)) {
            assertThat(heard(plain)).startsWith("220");
            assertThat(said(plain, "EHLO here")).isEqualTo("250 STARTTLS");
            assertThat(said(plain, "MAIL FROM:<people@people.example>")).startsWith("530");
            assertThat(said(plain, "STARTTLS")).startsWith("220");
            try (Socket secure =
                    Pki.careless(Optional.empty())
                            .getSocketFactory()
                            .createSocket(plain, "localhost", port, true)) {
                assertThat(said(secure, "EHLO here")).startsWith("250");
                assertThat(said(secure, "MAIL FROM:<people@people.example>")).startsWith("250");
                assertThat(said(secure, "RCPT TO:<Ana@elsewhere.example>")).startsWith("250");
                assertThat(said(secure, "DATA")).startsWith("354");
                assertThat(said(secure, "Subject: A code\r\n\r\n..AAAA-BBBB\r\n."))
                        .startsWith("250");
                assertThat(said(secure, "QUIT")).startsWith("221");
            }

            assertThat(mailbox.next("bob@elsewhere.example", Duration.ZERO)).isEmpty();
            assertThat(mailbox.next("ana@elsewhere.example", WITHIN))
                    .hasValue("Subject: A code\n\n.AAAA-BBBB\n");
            assertThat(mailbox.next("ana@elsewhere.example", Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void whereSomebodyElseListensItDoesNotOpen() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThatThrownBy(() -> Mailbox.open(at(taken.getLocalPort()), identity()))
                    .isInstanceOf(IOException.class);
        }
    }
}
