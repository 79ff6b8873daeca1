package dev.ringwall.reading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Compose file says that a declaration can use.
final class ComposeFile {

    /// Images that are stores of other services rather than services.
    private static final Pattern STORE =
            Pattern.compile(
                    "(?:.*/)?(postgres|mysql|mariadb|mongo|redis|valkey|memcached|cassandra|elasticsearch|minio)\\b.*");

    /// An address and a published port may stand before the port of the container.
    private static final Pattern PORT =
            Pattern.compile(
                    "(?:(?:[0-9]+(?:\\.[0-9]+){3}|\\[[0-9a-fA-F:]+\\]):)?([0-9]{1,5})(?::[0-9]{1,5})?(?:/tcp)?");

    private ComposeFile() {}

    /// One service of the file.
    ///
    /// @param needs the names of those it depends on, as the file has them
    record Composed(
            String name,
            String original,
            String image,
            String command,
            OptionalInt port,
            List<String> needs) {

        Optional<String> store() {
            Matcher store = STORE.matcher(image);
            return store.matches() ? Optional.of(store.group(1)) : Optional.empty();
        }
    }

    static Optional<List<Composed>> services(Yaml root, Problems problems) {
        if (!(root instanceof Yaml.Mapping file)
                || !(file.at("services").orElse(null) instanceof Yaml.Mapping services)) {
            problems.unexpected(
                    "wrong-type",
                    root,
                    "a Compose file with `services`",
                    "name a docker-compose.yml");
            return Optional.empty();
        }
        List<Composed> found = new ArrayList<>();
        TreeSet<String> taken = new TreeSet<>(ServiceReader.TAKEN);
        services.entries()
                .forEach((name, entry) -> {
                    if (entry.value() instanceof Yaml.Mapping service) {
                        String free = Init.free(Init.name(name, "service"), taken);
                        taken.add(free);
                        found.add(
                                new Composed(
                                        free,
                                        name,
                                        word(service, "image"),
                                        word(service, "command"),
                                        port(service),
                                        needs(service)));
                    }
                });
        return Optional.of(found);
    }

    static String declaration(String system, List<Composed> services) {
        Map<String, Composed> byName = new LinkedHashMap<>();
        services.forEach(service -> byName.put(service.original(), service));
        StringBuilder text = new StringBuilder();
        text.append("# yaml-language-server: $schema=https://ringwall.dev/schema/ringwall-1.json\n")
                .append("ringwall: 1\nsystem: ")
                .append(system)
                .append(
                        "\n\ndata: {}      # what could leak: `order: { class: internal, keep: 7y }`\n")
                .append(
                        "\nroles: {}     # everyone outside: `shopper: { login: password }`\n\nservices:");
        List<Composed> programs = services.stream().filter(one -> one.store().isEmpty()).toList();
        text.append(programs.isEmpty() ? " {}\n" : "\n");
        programs.forEach(one -> program(one, byName, text));
        return text.toString();
    }

    private static void program(Composed one, Map<String, Composed> all, StringBuilder text) {
        text.append("  ").append(one.name()).append(":\n");
        if (one.port().isPresent()) {
            text.append("    url: http://127.0.0.1:").append(one.port().getAsInt()).append('\n');
        }
        if (!one.image().isEmpty()) {
            line(
                    text,
                    "# image: "
                            + one.image()
                            + "   (containers are not started yet; say `run:` or `url:`)");
        }
        line(
                text,
                "# run: "
                        + (one.command().isEmpty() ? "the command that starts it" : one.command()));
        for (String need : one.needs()) {
            Composed needed = all.get(need);
            if (needed != null && needed.store().isPresent()) {
                line(text, "# stores: { " + needed.store().get() + ": [the kinds of data in it] }");
            }
        }
        text.append(
                "    operations: {}   # `list: { http: GET /things, allow: anyone }`; without `allow` it is closed\n");
        for (String need : one.needs()) {
            Composed needed = all.get(need);
            if (needed != null && needed.store().isEmpty()) {
                line(
                        text,
                        "# calls: ["
                                + needed.name()
                                + ".an-operation]   (it depends on "
                                + needed.name()
                                + ")");
            }
        }
    }

    private static void line(StringBuilder text, String comment) {
        text.append("    ").append(Init.comment(comment)).append('\n');
    }

    private static String word(Yaml.Mapping service, String key) {
        return switch (service.at(key).orElse(null)) {
            case Yaml.Text text -> text.value();
            case Yaml.Items(List<Yaml> items, _) ->
                    String.join(
                            " ",
                            items.stream()
                                    .map(item -> item instanceof Yaml.Text text ? text.value() : "")
                                    .toList());
            case null, default -> "";
        };
    }

    private static OptionalInt port(Yaml.Mapping service) {
        if (!(service.at("ports").orElse(null) instanceof Yaml.Items(List<Yaml> items, _))
                || items.isEmpty()) {
            return OptionalInt.empty();
        }
        String written =
                items.getFirst() instanceof Yaml.Mapping described
                        ? word(
                                described,
                                described.at("published").isPresent() ? "published" : "target")
                        : items.getFirst() instanceof Yaml.Text text ? text.value() : "";
        Matcher port = PORT.matcher(written);
        if (!port.matches()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(port.group(1));
        return number >= 1 && number <= 65_535 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private static List<String> needs(Yaml.Mapping service) {
        return switch (service.at("depends_on").orElse(null)) {
            case Yaml.Items(List<Yaml> items, _) ->
                    items.stream()
                            .filter(Yaml.Text.class::isInstance)
                            .map(item -> ((Yaml.Text) item).value())
                            .toList();
            case Yaml.Mapping mapping -> List.copyOf(mapping.entries().keySet());
            case null, default -> List.of();
        };
    }
}
