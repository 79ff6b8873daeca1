package dev.ringwall.reading;

import dev.ringwall.model.Operation;
import dev.ringwall.model.ThirdParty;
import dev.ringwall.model.ThirdParty.Contract;
import dev.ringwall.model.ThirdParty.Credential;
import dev.ringwall.model.ThirdParty.Form;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one third party: where it is, what may be asked of it, and the credential that is added on the way out.
final class ThirdPartyReader {

    static final List<String> KEYS = List.of("url", "credential", "operations", "contract");

    static final List<String> CREDENTIAL_KEYS = List.of("secret", "as", "rotate");

    static final List<String> CONTRACT_KEYS = List.of("role", "agreement", "review");

    static final Map<String, String> CONTRACT_ROLES =
            Choice.words(
                    new String[] {"processor", "controller", "joint-controller", "supplier"},
                    word -> word);

    /// A field name (RFC 9110 §5.1), as far as one would choose it.
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,62}");

    /// Headers that the proxy itself writes; a credential in them would break the call or be dropped.
    private static final Set<String> PROXY_HEADERS =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "content-type",
                    "transfer-encoding",
                    "te",
                    "trailer",
                    "upgrade",
                    "expect",
                    "forwarded",
                    "traceparent",
                    "tracestate",
                    "txn-token");

    private final Problems problems;
    private final OperationReader operations;

    ThirdPartyReader(Problems problems) {
        this.problems = problems;
        this.operations = new OperationReader(problems);
    }

    Optional<ThirdParty> read(Yaml.Entry entry) {
        ServiceReader.notTaken(entry.key(), problems);
        return Section.of(entry.value(), "a third party", KEYS, problems)
                .flatMap(section -> read(entry.key(), section));
    }

    private Optional<ThirdParty> read(Yaml.Text name, Section section) {
        Optional<URI> url =
                section.requiredText("url", "https://…")
                        .flatMap(text -> Urls.thirdParty(text, problems));
        Optional<Credential> credential =
                section.value("credential").flatMap(value -> credential(value));
        Optional<Contract> contract = section.value("contract").flatMap(value -> contract(value));
        Map<String, Operation> verbs = new LinkedHashMap<>();
        for (Yaml.Entry entry : section.named("operations")) {
            operations
                    .ofThirdParty(name, entry)
                    .ifPresent(operation -> verbs.put(operation.name().verb(), operation));
        }
        return url.map(good ->
                new ThirdParty(name.value(), good, credential, verbs, contract, name.line()));
    }

    private Optional<Credential> credential(Yaml value) {
        return Section.of(value, "a credential", CREDENTIAL_KEYS, problems)
                .flatMap(section -> {
                    Optional<Yaml.Text> secret = section.requiredText("secret", "some-name");
                    section.require("as", "bearer");
                    Optional<Form> form = section.value("as").flatMap(this::form);
                    var rotate =
                            section.text("rotate")
                                    .flatMap(text ->
                                            Durations.read(text, Durations.Range.ROTATE, problems));
                    return secret.filter(text -> Named.isName(text, problems))
                            .flatMap(text ->
                                    form.map(how ->
                                            new Credential(
                                                    text.value(), how, rotate, section.line())));
                });
    }

    private Optional<Form> form(Yaml value) {
        if (value instanceof Yaml.Mapping) {
            return Section.of(value, "the form of a credential", List.of("header"), problems)
                    .flatMap(section -> section.requiredText("header", "X-Api-Key"))
                    .flatMap(this::header);
        }
        if (value instanceof Yaml.Text text && text.kind() == Yaml.Kind.STRING) {
            return switch (text.value()) {
                case "bearer" -> Optional.of(new Form.Bearer());
                case "basic" -> Optional.of(new Form.Basic());
                default -> badForm(value);
            };
        }
        return badForm(value);
    }

    private Optional<Form> header(Yaml.Text text) {
        String lower = text.value().toLowerCase(Locale.ROOT);
        if (HEADER.matcher(text.value()).matches()
                && !PROXY_HEADERS.contains(lower)
                && !lower.startsWith("ringwall-")
                && !lower.startsWith("x-forwarded-")) {
            return Optional.of(new Form.Header(text.value()));
        }
        problems.unexpected(
                "bad-header",
                text,
                "the name of a header that nothing else uses",
                "write the header that the third party asks for, such as X-Api-Key");
        return Optional.empty();
    }

    private Optional<Form> badForm(Yaml value) {
        problems.unexpected(
                "unknown-word",
                value,
                "bearer, basic or { header: X-Api-Key }",
                "write one of them");
        return Optional.empty();
    }

    private Optional<Contract> contract(Yaml value) {
        return Section.of(value, "a contract", CONTRACT_KEYS, problems)
                .map(section ->
                        new Contract(
                                section.requiredText("role", "processor")
                                        .flatMap(text -> Choice.of(text, CONTRACT_ROLES, problems))
                                        .orElse(""),
                                section.text("agreement").map(Yaml.Text::value),
                                section.text("review").flatMap(text -> Dates.read(text, problems)),
                                section.line()));
    }
}
