package dev.ringwall.reading;

import dev.ringwall.model.Line;
import dev.ringwall.model.Network;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.model.OutsideProvider.Claim;
import dev.ringwall.model.OutsideProvider.Mapping;
import dev.ringwall.model.OutsideProvider.SecondFactor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one outside provider: `{ issuer: https://login.acme.example, client: shop, secret: acme-client, roles: { staff: [groups=shop] } }`.
final class ProviderReader {

    static final List<String> KEYS =
            List.of(
                    "issuer",
                    "client",
                    "secret",
                    "proof",
                    "accounts",
                    "roles",
                    "scopes",
                    "amr",
                    "acr",
                    "networks",
                    "ca",
                    "exchange");

    /// Whether who comes for the first time gets an account.
    static final Map<String, Boolean> ACCOUNTS =
            Choice.words(new Boolean[] {false, true}, create -> create ? "create" : "linked");

    /// Whether it is proved to it by signing who asks.
    static final Map<String, Boolean> PROOFS =
            Choice.words(new Boolean[] {false, true}, signs -> signs ? "keys" : "secret");

    private static final String EVERYONE = "everyone";
    private static final Pattern CLAIM =
            Pattern.compile("([A-Za-z0-9_.:/-]{1,100})=([^\\s](?:.{0,198}[^\\s])?)");
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");

    private final Problems problems;
    private final Sources sources;

    ProviderReader(Problems problems, Sources sources) {
        this.problems = problems;
        this.sources = sources;
    }

    Optional<OutsideProvider> read(FilePath file, Yaml.Entry entry) {
        return Section.of(entry.value(), "an identity provider", KEYS, problems)
                .flatMap(section -> read(file, entry.key(), section));
    }

    private Optional<OutsideProvider> read(FilePath file, Yaml.Text name, Section section) {
        Optional<String> issuer =
                section.requiredText("issuer", "https://login.example.com")
                        .flatMap(text -> Urls.issuer(text, problems));
        Optional<Yaml.Text> client =
                section.requiredText("client", "shop").filter(text -> word("client", text));
        section.require("roles", "{ staff: [groups=shop] }");
        Optional<String> secret = secret(section);
        boolean create =
                section.text("accounts")
                        .flatMap(text -> Choice.of(text, ACCOUNTS, problems))
                        .orElse(false);
        Map<String, Mapping> roles = roles(section);
        SecondFactor second = new SecondFactor(words(section, "amr"), words(section, "acr"));
        List<String> scopes = List.copyOf(words(section, "scopes"));
        List<Network> networks = networks(section);
        Optional<String> authority = section.text("ca").flatMap(text -> authority(file, text));
        Map<String, Line> exchange = new LinkedHashMap<>();
        section.texts("exchange").forEach(text -> exchange.put(text.value(), text.line()));
        return issuer.flatMap(known ->
                client.map(id ->
                        new OutsideProvider(
                                name.value(),
                                known,
                                id.value(),
                                secret,
                                create,
                                roles,
                                scopes,
                                second,
                                networks,
                                authority,
                                exchange,
                                name.line())));
    }

    private Optional<String> secret(Section section) {
        boolean signs =
                section.text("proof")
                        .flatMap(text -> Choice.of(text, PROOFS, problems))
                        .orElse(false);
        if (!signs) {
            section.require("secret", "acme-client");
        } else if (section.has("secret")) {
            problems.error(
                    "not-for-this-kind",
                    section.lineOf("secret"),
                    "`secret` with `proof: keys` (expected: one of the two)",
                    "take `secret` out");
        }
        return section.text("secret")
                .filter(text -> Named.isName(text, problems))
                .map(Yaml.Text::value);
    }

    private boolean word(String key, Yaml.Text text) {
        boolean word = WORD.matcher(text.value()).matches();
        if (!word) {
            problems.unexpected(
                    "bad-claim",
                    text,
                    "a word for `" + key + "` without blanks, at most 200 characters",
                    "write it as the provider does");
        }
        return word;
    }

    private Set<String> words(Section section, String key) {
        Set<String> words = new HashSet<>();
        section.texts(key).stream()
                .filter(text -> word(key, text))
                .forEach(text -> words.add(text.value()));
        return words;
    }

    private Map<String, Mapping> roles(Section section) {
        Map<String, Mapping> roles = new LinkedHashMap<>();
        for (Yaml.Entry entry : section.named("roles")) {
            List<Yaml> values =
                    entry.value() instanceof Yaml.Items(List<Yaml> items, _)
                            ? items
                            : List.of(entry.value());
            boolean everyone =
                    entry.value() instanceof Yaml.Text text && text.value().equals(EVERYONE);
            List<Claim> claims = new ArrayList<>();
            if (!everyone) {
                values.forEach(value -> claim(value).ifPresent(claims::add));
            }
            if (values.isEmpty()) {
                problems.unexpected(
                        "bad-claim",
                        entry.value(),
                        "at least one claim, or `everyone`",
                        "write it like `[groups=shop]`");
            }
            if (everyone || !claims.isEmpty()) {
                roles.put(entry.key().value(), new Mapping(claims, entry.key().line()));
            }
        }
        return roles;
    }

    private Optional<Claim> claim(Yaml value) {
        if (value instanceof Yaml.Text text) {
            Matcher parts = CLAIM.matcher(text.value());
            if (parts.matches()) {
                return Optional.of(new Claim(parts.group(1), parts.group(2)));
            }
        }
        problems.unexpected(
                "bad-claim",
                value,
                "a claim and its value, or `everyone` alone",
                "write it like `[groups=shop]`");
        return Optional.empty();
    }

    private List<Network> networks(Section section) {
        List<Network> networks = new ArrayList<>();
        for (Yaml.Text text : section.oneOrMore("networks")) {
            Network.parse(text.value())
                    .ifPresentOrElse(
                            networks::add,
                            () ->
                                    problems.unexpected(
                                            "bad-network",
                                            text,
                                            "an address or a block of addresses with nothing set past its prefix",
                                            "write it like `10.20.0.0/16`"));
        }
        return networks;
    }

    private Optional<String> authority(FilePath file, Yaml.Text named) {
        return sources.resolve(file, named)
                .flatMap(path -> sources.text(path, named.line()))
                .filter(pem -> certificates(pem, named));
    }

    private boolean certificates(String pem, Yaml.Text named) {
        try {
            boolean some =
                    !CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII)))
                            .isEmpty();
            if (some) {
                return true;
            }
        } catch (CertificateException unreadable) {
            // It is reported below.
        }
        problems.unexpected(
                "bad-certificate",
                named,
                "a file of certificates in PEM",
                "write the certificates of the authority into it");
        return false;
    }
}
