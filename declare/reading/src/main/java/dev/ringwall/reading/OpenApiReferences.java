package dev.ringwall.reading;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Follows `$ref` inside a document and into files beside it. References to the network are refused: what is enforced lies in files that
/// were read.
final class OpenApiReferences {

    private final Sources sources;
    private final Problems problems;
    private final Map<String, Optional<Yaml>> files = new HashMap<>();

    OpenApiReferences(FilePath path, Yaml.Mapping root, Sources sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
        files.put(path.text(), Optional.of(root));
    }

    /// A place in a file.
    ///
    /// @param pointer a JSON pointer (RFC 6901), empty for the whole file
    record Target(FilePath file, String pointer) {}

    /// The document in a file of YAML or JSON; empty when there is none, which is then among the problems.
    static Optional<Yaml> parse(
            FilePath path, Sources sources, Problems problems, Yaml.Text named) {
        return sources.text(path, named.line())
                .map(text -> path.text().endsWith(".json") ? text.replace('\t', ' ') : text)
                .flatMap(text -> YamlParser.parse(path.text(), text, problems));
    }

    /// The reference that stands in place of a value.
    static Optional<Yaml.Text> in(Yaml value) {
        return value instanceof Yaml.Mapping mapping
                        && mapping.at("$ref").orElse(null) instanceof Yaml.Text text
                ? Optional.of(text)
                : Optional.empty();
    }

    /// The value itself where it is no reference, or what it refers to in the end; empty when that is nothing.
    Optional<Yaml> resolved(Yaml value) {
        Set<Target> followed = new HashSet<>();
        Yaml at = value;
        for (Optional<Yaml.Text> next = in(at); next.isPresent(); next = in(at)) {
            Yaml.Text reference = next.get();
            Optional<Target> place = place(reference);
            Optional<Yaml> target = target(reference);
            if (place.isEmpty() || target.isEmpty()) {
                return Optional.empty();
            }
            if (!followed.add(place.get())) {
                circle(reference);
                return Optional.empty();
            }
            at = target.get();
        }
        return Optional.of(at);
    }

    /// Says that a reference leads back to itself.
    void circle(Yaml.Text reference) {
        problems.unexpected(
                "openapi-reference",
                reference,
                "a reference that leads to something",
                "it leads back to itself; write the thing out once");
    }

    /// Where a reference leads, seen from the file that it stands in; empty when that is no place, which is then among the problems.
    Optional<Target> place(Yaml.Text reference) {
        String written = decoded(reference.value());
        int hash = written.indexOf('#');
        String file = hash < 0 ? written : written.substring(0, hash);
        String pointer = hash < 0 ? "" : written.substring(hash + 1);
        if (!(pointer.isEmpty() ? !file.isEmpty() : pointer.startsWith("/"))) {
            return lost(reference, "write it as #/components/schemas/Order");
        }
        FilePath from = new FilePath(reference.line().file());
        Optional<FilePath> path = file.isEmpty() ? Optional.of(from) : FilePath.resolve(from, file);
        if (path.isEmpty()) {
            return lost(reference, "put it into `components` of this document");
        }
        return path.map(known -> new Target(known, pointer));
    }

    /// What stands at the place that a reference leads to; empty when nothing does, which is then among the problems.
    Optional<Yaml> target(Yaml.Text reference) {
        Optional<Target> place = place(reference);
        Optional<Yaml> found = place.flatMap(known -> file(known.file(), reference));
        if (found.isEmpty() || place.get().pointer().isEmpty()) {
            return found;
        }
        Yaml at = found.get();
        for (String part : place.get().pointer().substring(1).split("/", -1)) {
            String key = part.replace("~1", "/").replace("~0", "~");
            Optional<Yaml> next =
                    at instanceof Yaml.Mapping mapping ? mapping.at(key) : Optional.empty();
            if (next.isEmpty()) {
                return lost(reference, "write what it refers to, or mend its name");
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    private Optional<Yaml> file(FilePath path, Yaml.Text named) {
        Optional<Yaml> known = files.get(path.text());
        if (known == null) {
            known = parse(path, sources, problems, named);
            files.put(path.text(), known);
        }
        return known;
    }

    /// A reference is a URI, so characters may be escaped in it (RFC 6901 §6).
    private static String decoded(String reference) {
        if (!reference.matches(".*%[0-9A-Fa-f]{2}.*")) {
            return reference;
        }
        byte[] bytes = reference.getBytes(StandardCharsets.UTF_8);
        byte[] left = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean escape =
                    bytes[i] == '%'
                            && i + 2 < bytes.length
                            && Character.digit(bytes[i + 1], 16) >= 0
                            && Character.digit(bytes[i + 2], 16) >= 0;
            left[length++] =
                    escape
                            ? (byte)
                                    (Character.digit(bytes[i + 1], 16) << 4
                                            | Character.digit(bytes[i + 2], 16))
                            : bytes[i];
            i += escape ? 2 : 0;
        }
        return new String(left, 0, length, StandardCharsets.UTF_8);
    }

    private <T> Optional<T> lost(Yaml.Text reference, String remedy) {
        problems.unexpected(
                "openapi-reference",
                reference,
                "a reference into this document or a file beside it, such as #/components/schemas/Order",
                remedy);
        return Optional.empty();
    }
}
