package dev.ringwall.control;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Mail;
import dev.ringwall.people.Letter;
import dev.ringwall.people.Post;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/// Hands letters to the server that the declaration names, over TLS alone: before the first word on port 465 (RFC 8314 §3.3), by STARTTLS
/// elsewhere (RFC 3207), and with a certificate of the server's name. A server that cannot gets no letter.
final class SmtpPost implements Post {

    private static final String MILLIS_MAX = "15000";

    private final Supplier<Optional<Mail>> mail;
    private final Function<String, Optional<String>> secrets;
    private final SSLSocketFactory tls;
    private final InstantSource clock;

    /// @param mail    as the declaration says it now
    /// @param secrets the value of a secret, by its name
    /// @param tls     which authorities are believed
    SmtpPost(
            Supplier<Optional<Mail>> mail,
            Function<String, Optional<String>> secrets,
            SSLSocketFactory tls,
            InstantSource clock) {
        this.mail = mail;
        this.secrets = secrets;
        this.tls = tls;
        this.clock = clock;
    }

    /// By what the declaration says when a letter goes, believing the authorities that this Java does.
    static SmtpPost by(
            Supplier<Blueprint> blueprint,
            Function<String, Optional<String>> secrets,
            InstantSource clock) {
        return new SmtpPost(
                () -> blueprint.get().declaration().mail(),
                secrets,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                clock);
    }

    @Override
    public boolean there() {
        return mail.get().isPresent();
    }

    @Override
    public void carry(Letter letter) throws IOException {
        Mail server =
                mail.get()
                        .orElseThrow(
                                () -> new IOException("the declaration names no server any more"));
        try {
            Session session = Session.getInstance(properties(server));
            Message message = message(session, server, letter);
            try (Transport transport = session.getTransport()) {
                if (server.login().isPresent()) {
                    transport.connect(server.login().get(), password(server));
                } else {
                    transport.connect();
                }
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (MessagingException refused) {
            throw new IOException(
                    server.host() + ":" + server.port() + ": " + refused.getMessage(), refused);
        }
    }

    private String password(Mail server) throws IOException {
        String name = server.secret().orElse("");
        return secrets.apply(name)
                .orElseThrow(() ->
                        new IOException(
                                "the secret "
                                        + name
                                        + " is not set; `ringwall secret set "
                                        + name
                                        + "` sets it"));
    }

    private Properties properties(Mail server) {
        boolean first = server.port() == Mail.PORT_TLS_FIRST;
        String protocol = first ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        properties.put(prefix + "host", server.host());
        properties.put(prefix + "port", String.valueOf(server.port()));
        properties.put(prefix + "auth", String.valueOf(server.login().isPresent()));
        properties.put(prefix + "ssl.socketFactory", tls);
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
        if (!first) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
        }
        properties.put(prefix + "connectiontimeout", MILLIS_MAX);
        properties.put(prefix + "timeout", MILLIS_MAX);
        properties.put(prefix + "writetimeout", MILLIS_MAX);
        return properties;
    }

    private Message message(Session session, Mail server, Letter letter) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to(), true));
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setText(letter.text(), StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setSentDate(Date.from(clock.instant()));
        return message;
    }
}
