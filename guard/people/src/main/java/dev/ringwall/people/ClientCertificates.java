package dev.ringwall.people;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// The certificates by which a client proves who it is (RFC 8705 §2). They come from the operator alone.
///
/// @param all  the client's own certificates, or those of the authorities that issue one to it
/// @param name whom the authorities issue the client's certificate to, `dns:bank.example.com`; empty where `all` are the client's own
public record ClientCertificates(List<X509Certificate> all, Optional<String> name) {

    /// One in use, one to come, and some for machines that share an id.
    static final int CERTIFICATES_MAX = 8;

    static final int CHARACTERS_MAX = 16 * 1024;
    static final int NAME_CHARACTERS_MAX = 300;

    private static final Map<String, Integer> KINDS = Map.of("dns:", 2, "uri:", 6, "email:", 1);
    private static final Set<String> FOR_CLIENTS = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    public ClientCertificates {
        all = List.copyOf(all);
    }

    /// What became of reading certificates.
    public sealed interface Reading {
        /// All of them can be used.
        record Usable(ClientCertificates certificates) implements Reading {}

        /// At least one cannot.
        record Unusable(String why) implements Reading {}
    }

    /// Reads certificates in PEM (RFC 7468).
    ///
    /// @param name whom authorities issue to; null where the certificates are the client's own
    public static Reading read(String pem, @Nullable String name, Instant now) {
        if (pem.length() > CHARACTERS_MAX) {
            return new Reading.Unusable("it has more than " + CHARACTERS_MAX + " characters");
        }
        if (pem.contains("PRIVATE KEY")) {
            return new Reading.Unusable(
                    "it has a private key in it: whoever has seen it can be the client, so make a new one and keep it");
        }
        List<X509Certificate> all;
        try {
            all = parsed(pem);
        } catch (CertificateException unreadable) {
            return new Reading.Unusable(
                    "it is no certificate (expected: PEM, -----BEGIN CERTIFICATE-----)");
        }
        if (all.isEmpty() || all.size() > CERTIFICATES_MAX) {
            return new Reading.Unusable(
                    "it has "
                            + all.size()
                            + " certificates (expected: 1 to "
                            + CERTIFICATES_MAX
                            + ")");
        }
        for (X509Certificate each : all) {
            if (!valid(each, now)) {
                return new Reading.Unusable(
                        "certificate "
                                + (all.indexOf(each) + 1)
                                + " is not valid now (it is until "
                                + each.getNotAfter().toInstant()
                                + ")");
            }
            if (name != null && each.getBasicConstraints() < 0) {
                return new Reading.Unusable(
                        "certificate " + (all.indexOf(each) + 1) + " is not one of an authority");
            }
        }
        if (name != null && !usable(name)) {
            return new Reading.Unusable(
                    "`"
                            + name
                            + "` is no name (expected: dns:bank.example.com, uri:…, email:…, or a whole distinguished name)");
        }
        return new Reading.Usable(new ClientCertificates(all, Optional.ofNullable(name)));
    }

    /// What was found usable when it was put in place, whether or not its time is up.
    static ClientCertificates kept(String pem, @Nullable String name) {
        try {
            return new ClientCertificates(parsed(pem), Optional.ofNullable(name));
        } catch (CertificateException altered) {
            throw new IllegalStateException("certificates that were kept cannot be read", altered);
        }
    }

    private static List<X509Certificate> parsed(String pem) throws CertificateException {
        List<X509Certificate> all = new ArrayList<>();
        CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .forEach(each -> all.add((X509Certificate) each));
        return all;
    }

    private static boolean usable(String name) {
        if (name.length() > NAME_CHARACTERS_MAX) {
            return false;
        }
        for (String kind : KINDS.keySet()) {
            if (name.startsWith(kind)) {
                return name.length() > kind.length() && name.indexOf('*') < 0;
            }
        }
        try {
            return !new X500Principal(name).getName().isEmpty();
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static boolean valid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /// Whether who holds the key of the first of those certificates is the client. Nothing is fetched: no list of revoked certificates
    /// is looked at.
    ///
    /// @param shown the certificate, and those between it and an authority
    public boolean prove(List<X509Certificate> shown, Instant now) {
        X509Certificate leaf = shown.getFirst();
        if (name.isEmpty()) {
            return valid(leaf, now) && all.contains(leaf);
        }
        try {
            return leaf.getBasicConstraints() < 0
                    && forClients(leaf)
                    && named(leaf, name.get())
                    && issued(shown, now);
        } catch (GeneralSecurityException bad) {
            return false;
        }
    }

    private boolean issued(List<X509Certificate> shown, Instant now)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors =
                all.stream()
                        .filter(each -> valid(each, now))
                        .map(each -> new TrustAnchor(each, null))
                        .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            return false;
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        List<X509Certificate> path = shown.stream().filter(each -> !all.contains(each)).toList();
        if (path.isEmpty()) {
            return false;
        }
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        return true;
    }

    private static boolean forClients(X509Certificate leaf) throws GeneralSecurityException {
        List<String> uses = leaf.getExtendedKeyUsage();
        return uses == null || uses.stream().anyMatch(FOR_CLIENTS::contains);
    }

    private static boolean named(X509Certificate leaf, String name)
            throws GeneralSecurityException {
        for (Map.Entry<String, Integer> kind : KINDS.entrySet()) {
            if (name.startsWith(kind.getKey())) {
                String wanted = name.substring(kind.getKey().length());
                Collection<List<?>> names = leaf.getSubjectAlternativeNames();
                return names != null
                        && names.stream()
                                .filter(each -> kind.getValue().equals(each.get(0)))
                                .map(each -> String.valueOf(each.get(1)))
                                .anyMatch(each ->
                                        kind.getValue() == 2
                                                ? each.toLowerCase(Locale.ROOT)
                                                        .equals(wanted.toLowerCase(Locale.ROOT))
                                                : each.equals(wanted));
            }
        }
        return leaf.getSubjectX500Principal().equals(new X500Principal(name));
    }

    /// As they are kept.
    String pem() {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return all.stream()
                .map(each ->
                        "-----BEGIN CERTIFICATE-----\n"
                                + lines.encodeToString(encoded(each))
                                + "\n-----END CERTIFICATE-----\n")
                .collect(Collectors.joining());
    }

    /// What tokens that are bound to them say (RFC 8705 §3.1).
    List<String> thumbprints() {
        return all.stream().map(ClientCertificates::thumbprint).toList();
    }

    /// SHA-256 of a certificate, in base64url.
    public static String thumbprint(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(encoded(certificate)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
