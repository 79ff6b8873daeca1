package dev.ringwall.reading;

import dev.ringwall.model.DoorCertificate;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads where the door's certificate comes from: `{ chain: /etc/tls/shop.pem, key: /etc/tls/shop.key }`, a list of such, or
/// `{ acme: lets-encrypt, contact: ops@example.com, terms: agreed }`.
final class DoorCertificateReader {

    static final List<String> KEYS =
            List.of("chain", "key", "acme", "contact", "terms", "trust", "external-account");

    /// The words that go with `acme` alone.
    private static final List<String> WITH_ACME =
            List.of("contact", "terms", "trust", "external-account");

    private static final List<String> ACCOUNT_KEYS = List.of("id", "secret");

    /// The word for the authority that most doors ask, and where its directory is.
    static final String LETS_ENCRYPT = "lets-encrypt";

    private static final URI LETS_ENCRYPT_DIRECTORY =
            URI.create("https://acme-v02.api.letsencrypt.org/directory");

    /// So many pairs of files are shown at one door.
    static final int PAIRS_MAX = 100;

    static final Pattern PATH =
            Pattern.compile("(/[A-Za-z0-9_@+.-]*[A-Za-z0-9_@+-][A-Za-z0-9_@+.-]*)+");
    private static final int PATH_CHARS_MAX = 500;
    private static final Pattern CONTACT = Pattern.compile("[^\\s@,?:]{1,64}@[A-Za-z0-9.-]{1,190}");

    private static final Pattern ACCOUNT_ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final Problems problems;

    DoorCertificateReader(Problems problems) {
        this.problems = problems;
    }

    DoorCertificate read(Section door) {
        if (!door.has("certificate")) {
            return new DoorCertificate.Own();
        }
        boolean several = door.value("certificate").orElseThrow() instanceof Yaml.Items;
        List<Yaml> items =
                several
                        ? door.items("certificate")
                        : List.of(door.value("certificate").orElseThrow());
        if (items.isEmpty() || items.size() > PAIRS_MAX) {
            problems.error(
                    "bad-certificate",
                    door.lineOf("certificate"),
                    items.size() + " certificates (expected: 1 to " + PAIRS_MAX + ")",
                    "write `certificate: { chain: /etc/tls/shop.pem, key: /etc/tls/shop.key }`");
            return new DoorCertificate.Own();
        }
        List<DoorCertificate.Pair> pairs = new ArrayList<>();
        for (Yaml item : items) {
            Optional<Section> read = Section.of(item, "`certificate`", KEYS, problems);
            if (read.isEmpty()) {
                continue;
            }
            Section section = read.get();
            if (section.has("acme")) {
                return several ? notAmongOthers(section) : acme(section);
            }
            for (String foreign : WITH_ACME) {
                if (section.has(foreign)) {
                    problems.error(
                            "bad-certificate",
                            section.lineOf(foreign),
                            "`"
                                    + foreign
                                    + "` without `acme` (expected: it goes with an authority that is asked)",
                            "take it out, or name the authority by `acme`");
                }
            }
            Optional<String> chain =
                    section.requiredText("chain", "/etc/tls/shop.pem").flatMap(this::path);
            Optional<String> key =
                    section.requiredText("key", "/etc/tls/shop.key").flatMap(this::path);
            if (chain.isPresent() && key.isPresent()) {
                pairs.add(new DoorCertificate.Pair(chain.get(), key.get(), section.line()));
            }
        }
        return new DoorCertificate.Files(pairs);
    }

    private DoorCertificate notAmongOthers(Section section) {
        problems.error(
                "bad-certificate",
                section.lineOf("acme"),
                "`acme` in a list (expected: one authority for every name of the door, or a list of files)",
                "write `certificate: { acme: … }`");
        return new DoorCertificate.Own();
    }

    private DoorCertificate acme(Section section) {
        for (String foreign : List.of("chain", "key")) {
            if (section.has(foreign)) {
                problems.error(
                        "bad-certificate",
                        section.lineOf(foreign),
                        "`"
                                + foreign
                                + "` beside `acme` (expected: files or an authority, not both)",
                        "keep one of the two");
            }
        }
        Optional<String> contact =
                section.text("contact").filter(this::contact).map(Yaml.Text::value);
        Optional<String> trust = section.text("trust").flatMap(this::path);
        boolean agreed =
                section.text("terms")
                        .flatMap(text -> Choice.of(text, Map.of("agreed", true), problems))
                        .isPresent();
        Optional<DoorCertificate.ExternalAccount> account = externalAccount(section);
        Optional<URI> directory = section.text("acme").flatMap(this::directory);
        return directory.isPresent()
                ? new DoorCertificate.Acme(
                        directory.get(), contact, agreed, trust, account, section.line())
                : new DoorCertificate.Own();
    }

    private Optional<DoorCertificate.ExternalAccount> externalAccount(Section section) {
        return section.value("external-account")
                .flatMap(value -> Section.of(value, "`external-account`", ACCOUNT_KEYS, problems))
                .flatMap(account -> {
                    Optional<String> id =
                            account.requiredText("id", "kid-1").flatMap(this::accountId);
                    Optional<String> secret =
                            account.requiredText("secret", "acme-account")
                                    .filter(text -> Named.isName(text, problems))
                                    .map(Yaml.Text::value);
                    return id.isPresent() && secret.isPresent()
                            ? Optional.of(
                                    new DoorCertificate.ExternalAccount(id.get(), secret.get()))
                            : Optional.empty();
                });
    }

    private Optional<String> accountId(Yaml.Text text) {
        if (ACCOUNT_ID.matcher(text.value()).matches()) {
            return Optional.of(text.value());
        }
        problems.unexpected(
                "bad-account-id",
                text,
                "up to 200 visible characters of ASCII",
                "write it as the authority gave it to you, like `kid-1`");
        return Optional.empty();
    }

    private boolean contact(Yaml.Text text) {
        if (CONTACT.matcher(text.value()).matches()) {
            return true;
        }
        problems.unexpected(
                "bad-contact", text, "a mail address", "write it like `ops@example.com`");
        return false;
    }

    private Optional<URI> directory(Yaml.Text text) {
        if (text.value().equals(LETS_ENCRYPT)) {
            return Optional.of(LETS_ENCRYPT_DIRECTORY);
        }
        try {
            URI url = new URI(text.value());
            if ("https".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getPort() <= Urls.PORT_MAX) {
                return Optional.of(url);
            }
        } catch (URISyntaxException notOne) {
            // It is reported below, with what a good one looks like.
        }
        problems.unexpected(
                "bad-url",
                text,
                "`"
                        + LETS_ENCRYPT
                        + "`, or the https address of an authority's directory (RFC 8555)",
                "write it like `https://acme.example.com/directory`");
        return Optional.empty();
    }

    /// Absolute, so that a private key does not come to lie in the declaration's folder, which is shared and reviewed.
    private Optional<String> path(Yaml.Text text) {
        if (PATH.matcher(text.value()).matches() && text.value().length() <= PATH_CHARS_MAX) {
            return Optional.of(text.value());
        }
        problems.unexpected(
                "bad-path",
                text,
                "an absolute path without blanks and `..`",
                "write it like `/etc/tls/shop.pem`; a key has no place in the declaration's folder");
        return Optional.empty();
    }
}
