package dev.ringwall.attack;

import dev.ringwall.model.Mail;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The mail server that a declaration names, played on this machine (RFC 5321, RFC 3207, RFC 8314 §3.3): it takes every letter, passes none on, and
/// lets the prover read them.
public final class Mailbox implements Letters, Closeable {

    private static final int LETTER_CHARACTERS_MAX = 1 << 20;
    private static final int LETTERS_MAX = 10_000;
    private static final int PATIENCE_MILLIS = 30_000;

    private final Map<String, BlockingQueue<String>> letters = new ConcurrentHashMap<>();
    private final ServerSocket socket;
    private final SSLContext tls;
    private final boolean tlsFirst;

    private Mailbox(ServerSocket socket, SSLContext tls, boolean tlsFirst) {
        this.socket = socket;
        this.tls = tls;
        this.tlsFirst = tlsFirst;
    }

    /// Takes letters where the declaration sends them, from now on.
    ///
    /// @param identity a certificate of the server's name that the control plane believes, and its key
    /// @throws IOException when nothing can listen there, or the certificate cannot be used
    public static Mailbox open(Mail mail, Insider identity) throws IOException {
        SSLContext tls;
        try {
            tls = Pki.server(Pki.of(identity));
        } catch (NotPlayable unusable) {
            throw new IOException(unusable.why(), unusable);
        }
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(mail.host(), mail.port()));
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
        Mailbox mailbox = new Mailbox(socket, tls, mail.port() == Mail.PORT_TLS_FIRST);
        Thread.ofVirtual().start(mailbox::serve);
        return mailbox;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket carrier = socket.accept();
                Thread.ofVirtual().start(() -> receive(carrier));
            } catch (IOException closed) {
                // by whoever opened it
            }
        }
    }

    private void receive(Socket plain) {
        try (plain) {
            plain.setSoTimeout(PATIENCE_MILLIS);
            if (tlsFirst) {
                secured(plain);
                return;
            }
            Talk talk = new Talk(plain);
            talk.say("220 ready");
            for (String line = talk.hear(); !line.isEmpty(); line = talk.hear()) {
                switch (verb(line)) {
                    case "EHLO", "HELO" -> talk.say("250-here\r\n250 STARTTLS");
                    case "STARTTLS" -> {
                        talk.say("220 go ahead");
                        secured(plain);
                        return;
                    }
                    default -> talk.say("530 STARTTLS first");
                }
            }
        } catch (IOException gone) {
            // who carried it will come again
        }
    }

    private void secured(Socket plain) throws IOException {
        try (SSLSocket secure =
                (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true)) {
            secure.setUseClientMode(false);
            Talk talk = new Talk(secure);
            if (tlsFirst) {
                talk.say("220 ready");
            }
            String to = "";
            for (String line = talk.hear(); !line.isEmpty(); line = talk.hear()) {
                switch (verb(line)) {
                    case "EHLO", "HELO" -> talk.say("250-here\r\n250 AUTH PLAIN");
                    case "AUTH" -> talk.say("235 welcome");
                    case "RCPT" -> {
                        to = address(line);
                        talk.say("250 fine");
                    }
                    case "DATA" -> {
                        talk.say("354 go on");
                        keep(to, talk.letter());
                        talk.say("250 taken");
                    }
                    case "QUIT" -> talk.say("221 good-bye");
                    default -> talk.say("250 fine");
                }
            }
        }
    }

    private static String verb(String line) {
        return line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    private static String address(String line) {
        int from = line.indexOf('<');
        int to = line.indexOf('>');
        return from >= 0 && to > from ? line.substring(from + 1, to) : "";
    }

    private void keep(String to, String letter) {
        if (letters.size() < LETTERS_MAX) {
            of(to).add(letter);
        }
    }

    private BlockingQueue<String> of(String address) {
        return letters.computeIfAbsent(
                address.toLowerCase(Locale.ROOT), _ -> new LinkedBlockingQueue<>());
    }

    @Override
    public Optional<String> next(String address, Duration within) {
        try {
            return Optional.ofNullable(of(address).poll(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// What is said on one connection, line by line.
    private static final class Talk {

        private final BufferedReader in;
        private final OutputStream out;

        Talk(Socket socket) throws IOException {
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
        }

        void say(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        /// The next line; nothing when there is none.
        String hear() throws IOException {
            String line = in.readLine();
            return line == null ? "" : line;
        }

        /// What comes up to a line with a dot alone.
        String letter() throws IOException {
            StringBuilder letter = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(".")) {
                    return letter.toString();
                }
                if (letter.length() < LETTER_CHARACTERS_MAX) {
                    letter.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
                }
            }
            throw new IOException("the letter has no end");
        }
    }
}
