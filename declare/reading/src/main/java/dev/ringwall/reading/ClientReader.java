package dev.ringwall.reading;

import dev.ringwall.model.Client;
import dev.ringwall.model.Client.Consent;
import dev.ringwall.model.Client.Kind;
import dev.ringwall.model.Client.Profile;
import dev.ringwall.model.Client.Proof;
import dev.ringwall.model.Client.Subject;
import dev.ringwall.model.Line;
import dev.ringwall.model.PersonalScope;
import dev.ringwall.model.SigningAlgorithm;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads one client: `{ kind: web, roles: [shopper], return-to: [https://app.example.com/callback], proof: keys }`.
final class ClientReader {

    static final String SIGNED_WITH = "signed-with";
    private static final String CLAIMS = "claims";

    static final List<String> KEYS =
            List.of(
                    "kind",
                    "roles",
                    "return-to",
                    "proof",
                    "acts-for",
                    CLAIMS,
                    "profile",
                    "subject",
                    "sector",
                    "consent",
                    "logout",
                    SIGNED_WITH);
    static final List<String> LOGOUT_KEYS = List.of("return-to", "back-channel", "front-channel");

    static final Map<String, Kind> KINDS = Choice.words(Kind.values(), Kind::word);

    /// `none` is no word: what a client is says that it cannot prove itself.
    static final Map<String, Proof> PROOFS =
            Choice.words(new Proof[] {Proof.SECRET, Proof.KEYS, Proof.CERTIFICATE}, Proof::word);

    static final Map<String, Profile> PROFILES =
            Choice.words(new Profile[] {Profile.FAPI_2}, Profile::word);

    static final Map<String, Subject> SUBJECTS = Choice.words(Subject.values(), Subject::word);

    /// `given` is no word: it is what holds where nothing is said.
    static final Map<String, Consent> CONSENTS =
            Choice.words(new Consent[] {Consent.ASK}, Consent::word);

    static final Map<String, SigningAlgorithm> ALGORITHMS =
            Choice.words(SigningAlgorithm.values(), SigningAlgorithm::word);

    static final Map<String, PersonalScope> PERSONAL =
            Choice.words(PersonalScope.values(), PersonalScope::word);

    /// Clients that are there without being declared.
    static final Set<String> TAKEN =
            Set.of("storefront", "ringwall-cli", "ringwall-administration");

    private final Problems problems;

    ClientReader(Problems problems) {
        this.problems = problems;
    }

    Optional<Client> read(Yaml.Entry entry) {
        if (TAKEN.contains(entry.key().value())) {
            problems.unexpected(
                    "reserved-name",
                    entry.key(),
                    "a name that has no meaning yet",
                    "choose another name");
        }
        return Section.of(entry.value(), "a client", KEYS, problems)
                .map(section -> read(entry.key(), section));
    }

    private Client read(Yaml.Text name, Section section) {
        Optional<Kind> kind =
                section.requiredText("kind", "web")
                        .flatMap(text -> Choice.of(text, KINDS, problems));
        section.require("roles", "[shopper]");
        kind.ifPresent(known -> {
            only(section, known, "proof", Kind::proves);
            only(section, known, "profile", Kind::proves);
            only(section, known, "acts-for", Kind::proves);
            only(section, known, "return-to", Kind::returns);
            only(section, known, "subject", one -> one != Kind.MACHINE);
            only(section, known, CLAIMS, one -> one != Kind.MACHINE);
            only(section, known, "consent", Kind::returns);
            only(section, known, "logout", one -> one == Kind.WEB || one == Kind.BROWSER);
            if (known.returns()) {
                section.require("return-to", "[https://app.example.com/callback]");
            }
        });
        Kind sure = kind.orElse(Kind.WEB);
        Profile profile =
                section.text("profile")
                        .flatMap(text -> Choice.of(text, PROFILES, problems))
                        .orElse(Profile.PLAIN);
        Subject subject =
                section.text("subject")
                        .flatMap(text -> Choice.of(text, SUBJECTS, problems))
                        .orElse(Subject.PUBLIC);
        return new Client(
                name.value(),
                sure,
                roles(section, "roles"),
                addresses(section, "return-to", sure),
                roles(section, "acts-for"),
                claims(section, problems),
                proof(section, sure, profile),
                profile,
                subject,
                sector(section, subject),
                section.text("consent")
                        .flatMap(text -> Choice.of(text, CONSENTS, problems))
                        .orElse(Consent.GIVEN),
                section.value("logout")
                        .flatMap(value -> Section.of(value, "`logout`", LOGOUT_KEYS, problems))
                        .map(logout -> logout(logout, sure))
                        .orElse(Client.Logout.NOTHING),
                section.text(SIGNED_WITH)
                        .flatMap(text -> Choice.of(text, ALGORITHMS, problems))
                        .orElse(SigningAlgorithm.ES256),
                name.line());
    }

    private Optional<String> sector(Section section, Subject subject) {
        Optional<Yaml.Text> sector = section.text("sector");
        if (sector.isPresent() && subject != Subject.PAIRWISE) {
            problems.error(
                    "sector-of-nobody",
                    section.lineOf("sector"),
                    "`sector` of a client that knows people by the same ids as everyone (expected: with `subject: pairwise` only)",
                    "take `sector` out, or write `subject: pairwise`");
        }
        return sector.filter(text -> Statements.isHost(text, problems)).map(Yaml.Text::value);
    }

    /// What cannot be enforced for such a client must not be written as if it were.
    private void only(Section section, Kind kind, String key, Predicate<Kind> good) {
        if (section.has(key) && !good.test(kind)) {
            problems.error(
                    "not-for-this-kind",
                    section.lineOf(key),
                    "`"
                            + key
                            + "` with `kind: "
                            + kind.word()
                            + "` (expected: with `"
                            + String.join(
                                    "`, `",
                                    KINDS.values().stream().filter(good).map(Kind::word).toList())
                            + "` only)",
                    "take `" + key + "` out");
        }
    }

    private Proof proof(Section section, Kind kind, Profile profile) {
        Proof unsaid = profile == Profile.FAPI_2 ? Proof.KEYS : Proof.SECRET;
        Optional<Yaml.Text> text = section.text("proof");
        Proof proof =
                text.flatMap(one -> Choice.of(one, PROOFS, problems))
                        .orElse(kind.proves() ? unsaid : Proof.NONE);
        if (text.isPresent() && proof == Proof.SECRET && profile == Profile.FAPI_2) {
            problems.unexpected(
                    "weak-proof",
                    text.get(),
                    "keys or certificate, since the profile asks for it",
                    "write `proof: keys`");
        }
        return proof;
    }

    private Map<String, Line> roles(Section section, String key) {
        Map<String, Line> roles = new LinkedHashMap<>();
        List<Yaml.Text> texts = section.texts(key);
        if (texts.isEmpty() && section.value(key).orElse(null) instanceof Yaml.Items items) {
            problems.unexpected(
                    "wrong-type", items, "at least one role", "write `" + key + ": [shopper]`");
        }
        texts.forEach(text -> roles.put(text.value(), text.line()));
        return roles;
    }

    /// What of people may be asked for: `claims: [profile, email]`.
    static Map<PersonalScope, Line> claims(Section section, Problems problems) {
        Map<PersonalScope, Line> claims = new LinkedHashMap<>();
        List<Yaml.Text> texts = section.texts(CLAIMS);
        if (texts.isEmpty() && section.value(CLAIMS).orElse(null) instanceof Yaml.Items items) {
            problems.unexpected(
                    "wrong-type", items, "at least one", "write `" + CLAIMS + ": [email]`");
        }
        for (Yaml.Text text : texts) {
            Choice.of(text, PERSONAL, problems).ifPresent(scope -> claims.put(scope, text.line()));
        }
        return claims;
    }

    private Map<String, Line> addresses(Section section, String key, Kind kind) {
        Map<String, Line> addresses = new LinkedHashMap<>();
        if (section.value(key).orElse(null) instanceof Yaml.Items items
                && items.items().isEmpty()) {
            problems.unexpected(
                    "wrong-type",
                    items,
                    "at least one address",
                    "write `" + key + ": [https://app.example.com/callback]`");
        }
        for (Yaml.Text text : section.texts(key)) {
            if (ReturnAddresses.good(text, kind, problems)) {
                addresses.put(text.value(), text.line());
            }
        }
        return addresses;
    }

    private Client.Logout logout(Section logout, Kind kind) {
        return new Client.Logout(
                addresses(logout, "return-to", kind),
                page(logout, "back-channel"),
                page(logout, "front-channel"));
    }

    private Optional<URI> page(Section logout, String key) {
        return logout.text(key)
                .filter(text -> ReturnAddresses.good(text, Kind.WEB, problems))
                .map(text -> URI.create(text.value()));
    }
}
