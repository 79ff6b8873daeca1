package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.model.Line;
import dev.ringwall.model.Mail;
import dev.ringwall.people.Letter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/// How letters travel, to a real server for SMTP.
class SmtpPostTest {

    private static final String PASSWORD = "of the mail server";
    private static final Letter LETTER =
            new Letter("ana@example.org", "Grüße", "Your code: ABCD\n.\nends here\n");

    @TempDir Path folder;
    private TestCertificates authority;
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<SMTPServer> servers = new ArrayList<>();

    @BeforeEach
    void start() {
        authority = new TestCertificates(folder.resolve("ca"));
    }

    @AfterEach
    void stop() {
        servers.forEach(SMTPServer::stop);
    }

    private int server(SSLContext tls, boolean startTls) {
        SMTPServer server =
                SMTPServer.port(0)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .enableTLS(startTls)
                        .requireTLS(startTls)
                        .hideTLS(!startTls)
                        .startTlsSocketFactory(tls)
                        .requireAuth(startTls)
                        .authenticationHandlerFactory(
                                new EasyAuthenticationHandlerFactory((name, password, _) -> {
                                    if (!name.equals("shop") || !password.equals(PASSWORD)) {
                                        throw new LoginFailedException();
                                    }
                                }))
                        .simpleMessageListener(
                                new org.subethamail.smtp.helper.SimpleMessageListener() {
                                    @Override
                                    public boolean accept(String from, String recipient) {
                                        return true;
                                    }

                                    @Override
                                    public void deliver(
                                            String from, String recipient, InputStream data)
                                            throws IOException {
                                        arrived.add(
                                                from
                                                        + " > "
                                                        + recipient
                                                        + "\n"
                                                        + new String(
                                                                data.readAllBytes(),
                                                                StandardCharsets.UTF_8));
                                    }
                                })
                        .build();
        server.start();
        servers.add(server);
        return server.getPortAllocated();
    }

    private SmtpPost to(String host, int port, String password) {
        Mail mail =
                new Mail(
                        host,
                        port,
                        "shop@example.com",
                        Optional.of("shop"),
                        Optional.of("smtp-password"),
                        new Line("ringwall.yaml", 1, 1));
        return new SmtpPost(
                () -> Optional.of(mail),
                name ->
                        name.equals("smtp-password") && !password.isEmpty()
                                ? Optional.of(password)
                                : Optional.empty(),
                authority.trusting().getSocketFactory(),
                InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z")));
    }

    @Test
    void aLetterGoesOverTlsToAServerOfTheRightName() throws IOException {
        int port = server(authority.of("localhost"), true);
        to("localhost", port, PASSWORD).carry(LETTER);
        assertThat(arrived).hasSize(1);
        assertThat(arrived.getFirst())
                .startsWith("shop@example.com > ana@example.org\n")
                .contains(
                        "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=",
                        "Your code: ABCD",
                        "ends here",
                        "Auto-Submitted: auto-generated",
                        "Date: Mon, 23 Nov 2026");
    }

    @Test
    void aServerOfAnotherNameGetsNoLetter() {
        int port = server(authority.of("elsewhere.example.com"), true);
        assertThatThrownBy(() -> to("localhost", port, PASSWORD).carry(LETTER))
                .isInstanceOf(IOException.class);
        assertThat(arrived).isEmpty();
    }

    @Test
    void aServerThatNobodyVouchesForGetsNoLetter() {
        int port = server(new TestCertificates(folder.resolve("other")).of("localhost"), true);
        assertThatThrownBy(() -> to("localhost", port, PASSWORD).carry(LETTER))
                .isInstanceOf(IOException.class);
        assertThat(arrived).isEmpty();
    }

    @Test
    void aServerThatSpeaksNoTlsGetsNeitherThePasswordNorTheLetter() {
        int port = server(authority.of("localhost"), false);
        assertThatThrownBy(() -> to("localhost", port, PASSWORD).carry(LETTER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(arrived).isEmpty();
    }

    @Test
    void aWrongOrMissingPasswordIsSaidWithItsRemedy() {
        int port = server(authority.of("localhost"), true);
        assertThatThrownBy(() -> to("localhost", port, "another").carry(LETTER))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("another");
        assertThatThrownBy(() -> to("localhost", port, "").carry(LETTER))
                .hasMessageContaining("ringwall secret set smtp-password");
    }
}
