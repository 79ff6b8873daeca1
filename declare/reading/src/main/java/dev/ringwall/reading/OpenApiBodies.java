package dev.ringwall.reading;

import dev.ringwall.model.RequestShape;
import dev.ringwall.model.RequestShape.Parameter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `requestBody`, and puts the shape of the operation together. JSON and forms are checked; other media types may be declared, but
/// not described further, for nothing would check that.
final class OpenApiBodies {

    static final Pattern JSON = Pattern.compile("application/([a-z0-9.-]+\\+)?json");

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Pattern TYPE = Pattern.compile("[a-z]+/([a-z0-9][a-z0-9!#$&^_.+-]*|\\*)");

    /// What may be said of a body that is not looked at.
    private static final Set<String> INFORMS =
            Set.of(
                    "type",
                    "format",
                    "title",
                    "description",
                    "example",
                    "examples",
                    "contentMediaType",
                    "contentEncoding");

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
        Map<String, String> texts = new LinkedHashMap<>();
        Set<String> opaque = new LinkedHashSet<>();
        Optional<String> example = Optional.empty();
        boolean required = false;
        if (body.isPresent()) {
            if (!(body.get() instanceof Yaml.Mapping described)
                    || !(described.at("content").orElse(null) instanceof Yaml.Mapping content)
                    || content.entries().isEmpty()) {
                problems.unexpected(
                        "openapi-form",
                        body.get(),
                        "a body with `content`",
                        "write `content: { application/json: { schema: … } }`");
            } else {
                required = OpenApiOperations.flag(described, "required");
                for (Yaml.Entry media : content.entries().values()) {
                    media(media, texts, opaque);
                }
                example =
                        content.entries().values().stream()
                                .filter(media -> JSON.matcher(type(media)).matches())
                                .flatMap(media -> example(media.value()).stream())
                                .findFirst();
            }
        }
        return new RequestShape(
                parameters, texts, opaque, required, example, answers.shape(operation));
    }

    private void media(Yaml.Entry media, Map<String, String> texts, Set<String> opaque) {
        Optional<Yaml> schema = schema(media.value());
        String type = type(media);
        if (!JSON.matcher(type).matches() && !type.equals(FORM)) {
            if (TYPE.matcher(type).matches()) {
                schema.ifPresent(this::saysNothing);
                opaque.add(type);
            } else {
                problems.unexpected(
                        "openapi-form",
                        media.key(),
                        "a media type, such as application/json or image/*",
                        "name what the service takes");
            }
            return;
        }
        if (schema.isEmpty()) {
            problems.error(
                    "openapi-form",
                    media.key().line(),
                    "a body without `schema` (expected: it says what is good)",
                    "write the schema of the body");
        }
        schema.flatMap(schemas::text).ifPresent(text -> texts.put(type, text));
    }

    /// What nothing checks must not look as if it were checked.
    private void saysNothing(Yaml schema) {
        if (references.resolved(schema).orElse(null) instanceof Yaml.Mapping at) {
            at.entries().values().stream()
                    .filter(entry -> !INFORMS.contains(entry.key().value()))
                    .filter(entry -> !entry.key().value().startsWith("x-"))
                    .findFirst()
                    .ifPresent(entry ->
                            problems.unexpected(
                                    "openapi-not-enforced",
                                    entry.key(),
                                    "nothing but `type: string` and `format: binary`; only JSON and forms are looked into",
                                    "take it out, or take JSON"));
        }
    }

    private static String type(Yaml.Entry media) {
        return media.key().value().toLowerCase(Locale.ROOT);
    }

    private static Optional<Yaml> schema(Yaml media) {
        return media instanceof Yaml.Mapping described ? described.at("schema") : Optional.empty();
    }

    private Optional<String> example(Yaml media) {
        return (media instanceof Yaml.Mapping described
                        ? schemas.examples().given(described)
                        : Optional.<tools.jackson.databind.JsonNode>empty())
                .or(() -> schema(media).flatMap(schemas.examples()::of))
                .map(Json::text);
    }
}
