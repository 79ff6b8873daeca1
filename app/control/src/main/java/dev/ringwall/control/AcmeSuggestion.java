package dev.ringwall.control;

import dev.ringwall.model.DoorCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.toolbox.AcmeUtils;
import org.shredzone.acme4j.toolbox.JSON;

/// What an authority says of when a certificate is to be renewed (RFC 9773 §4).
sealed interface AcmeSuggestion {

    /// Between these, at a moment of our own choice.
    ///
    /// @param end      after `start`
    /// @param askAgain when it wants to be asked again; empty where it does not say
    record Window(Instant start, Instant end, Optional<Instant> askAgain)
            implements AcmeSuggestion {}

    /// It suggests nothing to anybody.
    record NotOffered() implements AcmeSuggestion {}

    /// It could not be asked, or answers what makes no sense.
    record Failed(String why) implements AcmeSuggestion {}

    /// Asks it. Blocks.
    static AcmeSuggestion ask(DoorCertificate.Acme declared, X509Certificate certificate) {
        try (AcmeAuthority authority = AcmeAuthority.knownBy(declared.trust().map(Path::of))) {
            Session session = authority.session(declared.directory());
            Optional<URL> offered = session.resourceUrlOptional(Resource.RENEWAL_INFO);
            if (offered.isEmpty()) {
                return new NotOffered();
            }
            String at = offered.get().toString();
            URI one =
                    URI.create(
                            at
                                    + (at.endsWith("/") ? "" : "/")
                                    + AcmeUtils.getRenewalUniqueIdentifier(certificate));
            try (Connection connection = session.connect()) {
                connection.sendRequest(one.toURL(), session, null);
                JSON window = connection.readJsonResponse().get("suggestedWindow").asObject();
                Instant start = window.get("start").asInstant();
                Instant end = window.get("end").asInstant();
                return end.isAfter(start)
                        ? new Window(start, end, connection.getRetryAfter())
                        : new Failed("suggests to renew from " + start + " to " + end);
            }
        } catch (AcmeException
                | AcmeLazyLoadingException
                | AcmeProtocolException
                | IOException
                | IllegalArgumentException unusable) {
            return new Failed(String.valueOf(unusable.getMessage()));
        }
    }
}
