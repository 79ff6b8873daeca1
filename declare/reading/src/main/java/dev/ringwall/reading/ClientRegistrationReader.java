package dev.ringwall.reading;

import dev.ringwall.model.Client.Kind;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.Line;
import dev.ringwall.model.Registration.Mode;
import dev.ringwall.model.SigningAlgorithm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads which programs may register themselves, `{ who: invite, kinds: [web], roles: [shopper], at-most: 50, unused: 90d }`.
final class ClientRegistrationReader {

    private static final String KEYS_FROM = "keys-from";

    static final List<String> KEYS =
            List.of(
                    "who",
                    "kinds",
                    "roles",
                    "claims",
                    ClientReader.SIGNED_WITH,
                    KEYS_FROM,
                    "at-most",
                    "unused");

    /// `closed` is no word: it is what holds where nothing is said.
    static final Map<String, Mode> MODES =
            Choice.words(new Mode[] {Mode.INVITE, Mode.OPEN}, Mode::word);

    /// A device would be a client that nobody could tell from another.
    static final Map<String, Kind> KINDS =
            Choice.words(
                    new Kind[] {Kind.WEB, Kind.BROWSER, Kind.NATIVE, Kind.MACHINE}, Kind::word);

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    private final Problems problems;

    ClientRegistrationReader(Problems problems) {
        this.problems = problems;
    }

    Optional<ClientRegistration> read(Section top) {
        return top.value("client-registration")
                .flatMap(value -> Section.of(value, "`client-registration`", KEYS, problems))
                .map(this::said);
    }

    private ClientRegistration said(Section section, Mode mode) {
        Map<Kind, Line> kinds = new LinkedHashMap<>();
        for (Yaml.Text text : some(section, "kinds", "[web]")) {
            Choice.of(text, KINDS, problems).ifPresent(kind -> kinds.put(kind, text.line()));
        }
        Map<String, Line> roles = new LinkedHashMap<>();
        some(section, "roles", "[shopper]").forEach(text -> roles.put(text.value(), text.line()));
        return new ClientRegistration(
                mode,
                kinds,
                roles,
                ClientReader.claims(section, problems),
                signedWith(section),
                keysFrom(section),
                atMost(section),
                section.text("unused")
                        .flatMap(text -> Durations.read(text, Durations.Range.ROTATE, problems))
                        .orElse(ClientRegistration.UNUSED_DEFAULT),
                section.line());
    }

    private ClientRegistration said(Section section) {
        return said(
                section,
                section.requiredText("who", "invite")
                        .flatMap(text -> Choice.of(text, MODES, problems))
                        .orElse(Mode.INVITE));
    }

    private Map<SigningAlgorithm, Line> signedWith(Section section) {
        Map<SigningAlgorithm, Line> algorithms = new LinkedHashMap<>();
        for (Yaml.Text text : section.texts(ClientReader.SIGNED_WITH)) {
            Choice.of(text, ClientReader.ALGORITHMS, problems)
                    .ifPresent(algorithm -> algorithms.put(algorithm, text.line()));
        }
        return algorithms;
    }

    private Map<String, Line> keysFrom(Section section) {
        Map<String, Line> origins = new LinkedHashMap<>();
        for (Yaml.Text text : section.texts(KEYS_FROM)) {
            Urls.origin(text, problems)
                    .ifPresent(origin -> origins.put(origin.toString(), text.line()));
        }
        return origins;
    }

    private List<Yaml.Text> some(Section section, String key, String example) {
        section.require(key, example);
        List<Yaml.Text> texts = section.texts(key);
        if (texts.isEmpty() && section.value(key).orElse(null) instanceof Yaml.Items items) {
            problems.unexpected(
                    "wrong-type", items, "at least one", "write `" + key + ": " + example + "`");
        }
        return texts;
    }

    private int atMost(Section section) {
        Optional<Yaml> value = section.value("at-most");
        if (value.isEmpty()) {
            return ClientRegistration.AT_MOST_DEFAULT;
        }
        if (value.get() instanceof Yaml.Text text && NUMBER.matcher(text.value()).matches()) {
            int most = Integer.parseInt(text.value());
            if (most <= ClientRegistration.AT_MOST_MAX) {
                return most;
            }
        }
        problems.error(
                "bad-number",
                section.lineOf("at-most"),
                "no number of clients (expected: 1 to " + ClientRegistration.AT_MOST_MAX + ")",
                "write it like `at-most: 100`");
        return ClientRegistration.AT_MOST_DEFAULT;
    }
}
