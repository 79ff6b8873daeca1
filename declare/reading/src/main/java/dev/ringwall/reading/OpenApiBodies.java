package dev.ringwall.reading;

import dev.ringwall.model.RequestShape;
import dev.ringwall.model.RequestShape.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `requestBody`, and puts the shape of the operation together. Only JSON is checked, so only JSON may be described.
final class OpenApiBodies {

    static final Pattern JSON = Pattern.compile("application/([a-z0-9.-]+\\+)?json");

    private final OpenApiReferences references;
    private final OpenApiSchemas schemas;
    private final OpenApiAnswers answers;
    private final Problems problems;

    OpenApiBodies(OpenApiReferences references, OpenApiSchemas schemas, Problems problems) {
        this.references = references;
        this.schemas = schemas;
        this.answers = new OpenApiAnswers(references, schemas, problems);
        this.problems = problems;
    }

    RequestShape shape(Yaml.Mapping operation, List<Parameter> parameters) {
        Optional<Yaml> body = operation.at("requestBody").flatMap(references::resolved);
        if (body.isEmpty()) {
            return new RequestShape(
                    parameters, Map.of(), false, Optional.empty(), answers.shape(operation));
        }
        if (!(body.get() instanceof Yaml.Mapping described)
                || !(described.at("content").orElse(null) instanceof Yaml.Mapping content)
                || content.entries().isEmpty()) {
            problems.unexpected(
                    "openapi-form",
                    body.get(),
                    "a body with `content`",
                    "write `content: { application/json: { schema: … } }`");
            return new RequestShape(
                    parameters, Map.of(), false, Optional.empty(), answers.shape(operation));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Optional<String> example = Optional.empty();
        for (Yaml.Entry media : content.entries().values()) {
            Optional<Yaml> schema = schema(media);
            schema.flatMap(schemas::text)
                    .ifPresent(
                            text -> texts.put(media.key().value().toLowerCase(Locale.ROOT), text));
            if (example.isEmpty() && schema.isPresent()) {
                example = example(media.value(), schema.get());
            }
        }
        return new RequestShape(
                parameters,
                texts,
                OpenApiOperations.flag(described, "required"),
                example,
                answers.shape(operation));
    }

    private Optional<Yaml> schema(Yaml.Entry media) {
        if (!JSON.matcher(media.key().value().toLowerCase(Locale.ROOT)).matches()) {
            problems.unexpected(
                    "openapi-not-enforced",
                    media.key(),
                    "application/json, which is what can be checked",
                    "take JSON, or leave `openapi` out for this service");
            return Optional.empty();
        }
        Optional<Yaml> schema =
                media.value() instanceof Yaml.Mapping described
                        ? described.at("schema")
                        : Optional.empty();
        if (schema.isEmpty()) {
            problems.error(
                    "openapi-form",
                    media.key().line(),
                    "a body without `schema` (expected: it says what is good)",
                    "write the schema of the body");
        }
        return schema;
    }

    private Optional<String> example(Yaml media, Yaml schema) {
        return (media instanceof Yaml.Mapping described
                        ? schemas.examples().given(described)
                        : Optional.<tools.jackson.databind.JsonNode>empty())
                .or(() -> schemas.examples().of(schema))
                .map(Object::toString);
    }
}
