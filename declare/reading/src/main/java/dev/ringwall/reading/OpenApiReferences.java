package dev.ringwall.reading;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Follows `$ref` inside one document. References to other documents are refused: what is enforced lies in files that were read.
final class OpenApiReferences {

    private final Yaml.Mapping root;
    private final Problems problems;

    OpenApiReferences(Yaml.Mapping root, Problems problems) {
        this.root = root;
        this.problems = problems;
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
        Set<String> followed = new HashSet<>();
        Yaml at = value;
        for (Optional<Yaml.Text> next = in(at); next.isPresent(); next = in(at)) {
            Optional<Yaml> target = target(next.get());
            if (target.isEmpty()) {
                return Optional.empty();
            }
            if (!followed.add(next.get().value())) {
                problems.unexpected(
                        "openapi-reference",
                        next.get(),
                        "a reference that leads to something",
                        "it leads back to itself; write the thing out once");
                return Optional.empty();
            }
            at = target.get();
        }
        return Optional.of(at);
    }

    /// What stands at `#/components/…`; empty when nothing does, which is then among the problems.
    Optional<Yaml> target(Yaml.Text reference) {
        Yaml at = root;
        if (!reference.value().startsWith("#/")) {
            return lost(reference, "put it into `components` of this document");
        }
        for (String part : reference.value().substring(2).split("/", -1)) {
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

    private Optional<Yaml> lost(Yaml.Text reference, String remedy) {
        problems.unexpected(
                "openapi-reference",
                reference,
                "a reference into this document, such as #/components/schemas/Order",
                remedy);
        return Optional.empty();
    }
}
