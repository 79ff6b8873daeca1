package dev.ringwall.reading;

import dev.ringwall.model.AnswerShape;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads `responses`: the schemas of JSON answers by their status. Other media types pass as they are.
final class OpenApiAnswers {

    private final OpenApiReferences references;
    private final OpenApiSchemas schemas;
    private final Problems problems;

    OpenApiAnswers(OpenApiReferences references, OpenApiSchemas schemas, Problems problems) {
        this.references = references;
        this.schemas = schemas;
        this.problems = problems;
    }

    AnswerShape shape(Yaml.Mapping operation) {
        Map<String, Map<String, String>> answers = new HashMap<>();
        if (operation.at("responses").orElse(null) instanceof Yaml.Mapping responses) {
            for (Yaml.Entry response : responses.entries().values()) {
                status(response).ifPresent(status -> answers.put(status, bodies(response.value())));
            }
        }
        return new AnswerShape(answers);
    }

    private Optional<String> status(Yaml.Entry response) {
        String status = response.key().value();
        if (status.startsWith("x-")) {
            return Optional.empty();
        }
        if (!status.matches("[1-5]([0-9][0-9]|XX)|default")) {
            problems.unexpected(
                    "openapi-form",
                    response.key(),
                    "a status, such as \"200\", 2XX or default",
                    "write the status of the answer");
            return Optional.empty();
        }
        return Optional.of(status);
    }

    private Map<String, String> bodies(Yaml response) {
        Map<String, String> bodies = new HashMap<>();
        if (references.resolved(response).orElse(null) instanceof Yaml.Mapping described
                && described.at("content").orElse(null) instanceof Yaml.Mapping content) {
            for (Yaml.Entry media : content.entries().values()) {
                String type = media.key().value().toLowerCase(Locale.ROOT);
                if (OpenApiBodies.JSON.matcher(type).matches()
                        && media.value() instanceof Yaml.Mapping at) {
                    at.at("schema")
                            .flatMap(schemas::ofAnswer)
                            .ifPresent(text -> bodies.put(type, text));
                }
            }
        }
        return bodies;
    }
}
