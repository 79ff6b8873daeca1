package dev.ringwall.reading;

import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Service;
import dev.ringwall.model.Service.Runs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one service with its operations and its calls.
final class ServiceReader {

    static final List<String> KEYS =
            List.of("run", "image", "url", "openapi", "health", "stores", "operations", "calls");

    /// Names that other parties of the system bear.
    static final Set<String> TAKEN =
            Set.of("gateway", "control", "operator", "auth", "anyone", "nobody", "ringwall");

    private final Problems problems;
    private final Unenforced unenforced;
    private final Sources sources;
    private final OperationReader operations;

    ServiceReader(Problems problems, Unenforced unenforced, Sources sources) {
        this.problems = problems;
        this.unenforced = unenforced;
        this.sources = sources;
        this.operations = new OperationReader(problems);
    }

    Optional<Service> read(FilePath file, Yaml.Entry entry) {
        notTaken(entry.key(), problems);
        return Section.of(entry.value(), "a service", KEYS, problems)
                .map(section -> read(file, entry.key(), section));
    }

    static void notTaken(Yaml.Text name, Problems problems) {
        if (TAKEN.contains(name.value())) {
            problems.unexpected(
                    "reserved-name", name, "a name that has no meaning yet", "choose another name");
        }
    }

    private Service read(FilePath file, Yaml.Text name, Section section) {
        Optional<OpenApiDocument> document =
                section.text("openapi")
                        .flatMap(text ->
                                sources.resolve(file, text)
                                        .flatMap(path ->
                                                OpenApiDocument.read(
                                                        path, text, sources, problems)));
        Map<String, Operation> verbs = new LinkedHashMap<>();
        for (Yaml.Entry entry : section.named("operations")) {
            operations
                    .ofService(name, entry, document)
                    .ifPresent(operation -> verbs.put(operation.name().verb(), operation));
        }
        return new Service(
                name.value(),
                runs(section),
                document.map(known -> known.path().text()),
                section.text("health")
                        .flatMap(text ->
                                Routes.fixed(text, problems)
                                        .map(path -> new Service.Health(path, text.line()))),
                stores(section),
                verbs,
                calls(section),
                name.line());
    }

    private Optional<Runs> runs(Section section) {
        Optional<Runs> command = section.text("run").flatMap(this::command);
        Optional<Runs> image = section.text("image").map(this::image);
        Optional<Runs> url =
                section.text("url")
                        .flatMap(text ->
                                Urls.service(text, problems)
                                        .map(to -> new Runs.Url(to, text.line())));
        if (List.of("run", "image", "url").stream().filter(section::has).count() > 1) {
            problems.error(
                    "several-ways-to-run",
                    section.line(),
                    "more than one of `run`, `image` and `url` (expected: one)",
                    "keep the one that is true");
        }
        return command.or(() -> image).or(() -> url);
    }

    private Optional<Runs> command(Yaml.Text text) {
        return switch (CommandLine.split(text.value())) {
            case CommandLine.Split.Words(List<String> words) ->
                    Optional.of(new Runs.Command(words, text.line()));
            case CommandLine.Split.Bad(String expected, String remedy) -> {
                problems.unexpected("bad-command", text, expected, remedy);
                yield Optional.empty();
            }
        };
    }

    private Runs image(Yaml.Text text) {
        unenforced.add(text.line(), "image");
        return new Runs.Image(text.value(), text.line());
    }

    private Map<String, Map<String, Line>> stores(Section section) {
        Map<String, Map<String, Line>> stores = new LinkedHashMap<>();
        for (Yaml.Entry entry : section.named("stores")) {
            Map<String, Line> data = new LinkedHashMap<>();
            Yaml.Mapping alone =
                    new Yaml.Mapping(Map.of(entry.key().value(), entry), entry.key().line());
            Section.of(alone, "a store", List.of(entry.key().value()), problems).stream()
                    .flatMap(store -> store.texts(entry.key().value()).stream())
                    .filter(text -> Named.isName(text, problems))
                    .forEach(text -> data.put(text.value(), text.line()));
            stores.put(entry.key().value(), data);
        }
        return stores;
    }

    private Map<OperationName, Line> calls(Section section) {
        Map<OperationName, Line> calls = new LinkedHashMap<>();
        for (Yaml.Text text : section.texts("calls")) {
            OperationName.parse(text.value())
                    .ifPresentOrElse(
                            name -> calls.put(name, text.line()),
                            () ->
                                    problems.unexpected(
                                            "bad-name",
                                            text,
                                            "an operation as service.verb",
                                            "write it like `catalog.list`"));
        }
        return calls;
    }
}
