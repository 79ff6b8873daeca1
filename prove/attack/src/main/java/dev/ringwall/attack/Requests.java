package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.HttpRoute.Segment;
import dev.ringwall.model.Operation;
import dev.ringwall.model.RequestShape;
import dev.ringwall.model.RequestShape.In;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes requests that an operation accepts, from the examples of its OpenAPI document and from what was created before.
final class Requests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What has a body as a rule.
    static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final Stage stage;

    Requests(Stage stage) {
        this.stage = stage;
    }

    /// A request that is well formed; what it asks for need not exist.
    Call plain(Operation operation) {
        return filled(operation, Map.of());
    }

    /// A request of that holder of the role, for something that exists and, where the role may create such, is its own.
    Call of(Scene scene, Operation operation, String role, int number)
            throws IOException, NotPlayable {
        Optional<Operation> creator = creator(operation);
        List<String> parameters = operation.route().parameters();
        if (creator.isEmpty() || parameters.isEmpty()) {
            return plain(operation);
        }
        Optional<String> by = creatorRole(creator.get(), role);
        if (by.isEmpty()) {
            return plain(operation);
        }
        String id =
                stage.created(scene, creator.get(), by.get(), by.get().equals(role) ? number : 0);
        return filled(operation, Map.of(parameters.getFirst(), id));
    }

    /// A request that must be refused: for something that exists where such can be made, else for anything.
    Call asGoodAs(Scene scene, Operation operation, String role) throws IOException {
        try {
            return of(scene, operation, role, Accounts.ORDINARY);
        } catch (NotPlayable nothingMade) {
            return plain(operation);
        }
    }

    /// The same request for something that somebody else made.
    Call about(Operation operation, String id) {
        return filled(operation, Map.of(operation.route().parameters().getFirst(), id));
    }

    /// The operation that makes what the first parameter of the path names: `POST /orders` for `/orders/{id}`.
    Optional<Operation> creator(Operation operation) {
        return creator(stage.blueprint().operations().values(), operation);
    }

    static Optional<Operation> creator(Iterable<Operation> all, Operation operation) {
        List<Segment> segments = operation.route().segments();
        int first = 0;
        while (first < segments.size() && segments.get(first) instanceof Segment.Literal) {
            first++;
        }
        if (first == segments.size()) {
            return Optional.empty();
        }
        boolean ours = operation.name().owner().equals(Service.BUILT_IN);
        if (ours && !operation.name().verb().endsWith("-user")) {
            return Optional
                    .empty(); // keys and clients are made of roles, which not everybody can give
        }
        HttpRoute collection = new HttpRoute("POST", segments.subList(0, first));
        for (Operation other : all) {
            if (other.name().owner().equals(operation.name().owner())
                    && other.route().equals(collection)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /// Who creates: the role itself where it may, else the first that may.
    static Optional<String> creatorRole(Operation creator, String preferred) {
        return switch (creator.allow()) {
            case Allow.Roles(var roles) when roles.containsKey(preferred) -> Optional.of(preferred);
            case Allow.Roles(var roles) -> roles.keySet().stream().findFirst();
            case Allow.Anyone _, Allow.Nobody _ -> Optional.empty();
        };
    }

    /// The id of what an answer says was made.
    static Optional<String> id(Reply reply) {
        Optional<String> inBody =
                Scene.json(reply)
                        .map(body -> body.path("id").asString(""))
                        .filter(id -> !id.isEmpty());
        return inBody.or(() ->
                reply.header("location")
                        .map(at -> at.substring(at.lastIndexOf('/') + 1))
                        .filter(id -> !id.isEmpty()));
    }

    static Call filled(Operation operation, Map<String, String> known) {
        Optional<RequestShape> shape = operation.shape();
        Function<String, String> inPath =
                name -> known.getOrDefault(name, example(shape, name, In.PATH).orElse("1"));
        StringBuilder target = new StringBuilder();
        for (Segment segment : operation.route().segments()) {
            target.append('/')
                    .append(
                            switch (segment) {
                                case Segment.Literal(String text) -> text;
                                case Segment.Parameter(String name) -> encoded(inPath.apply(name));
                            });
        }
        Call call = Call.of(operation.route().method(), target.isEmpty() ? "/" : target.toString());
        String separator = "?";
        for (RequestShape.Parameter parameter : parameters(shape)) {
            String value = parameter.example().orElseGet(() -> fromSchema(parameter.schema()));
            if (!parameter.required()) {
                continue;
            }
            if (parameter.in() == In.QUERY) {
                call =
                        call.withTarget(
                                call.target()
                                        + separator
                                        + encoded(parameter.name())
                                        + "="
                                        + encoded(value));
                separator = "&";
            } else if (parameter.in() == In.HEADER) {
                call = call.with(parameter.name(), value);
            }
        }
        return switch (operation.route().protocol()) {
            case HTTP -> http(call, operation);
            case GRPC -> call.with("Content-Type", "application/grpc").with("TE", "trailers");
            case WEBSOCKET -> handshake(call);
        };
    }

    private static Call http(Call call, Operation operation) {
        Call usual =
                WITH_BODY.contains(operation.route().method())
                        ? body(call, operation.shape())
                        : call;
        return operation.name().owner().equals(Service.BUILT_IN)
                ? Administering.making(call, operation.name()).orElse(usual)
                : usual;
    }

    /// RFC 6455 §4.1. The nonce is the one of the document: nothing depends on it here.
    static Call handshake(Call call) {
        return call.with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    private static Call body(Call call, Optional<RequestShape> shape) {
        if (shape.isPresent() && shape.get().bodies().isEmpty()) {
            return call;
        }
        String json = shape.flatMap(RequestShape::exampleBody).orElse("{}");
        return call.with("Content-Type", "application/json").withBody(json);
    }

    private static List<RequestShape.Parameter> parameters(Optional<RequestShape> shape) {
        return shape.map(RequestShape::parameters).orElse(List.of());
    }

    private static Optional<String> example(Optional<RequestShape> shape, String name, In in) {
        return parameters(shape).stream()
                .filter(parameter -> parameter.in() == in && parameter.name().equals(name))
                .findFirst()
                .map(parameter ->
                        parameter.example().orElseGet(() -> fromSchema(parameter.schema())));
    }

    /// A value that the schema accepts, as far as that can be told without solving it.
    private static String fromSchema(String text) {
        JsonNode schema;
        try {
            schema = JSON.readTree(text);
        } catch (JacksonException notJson) {
            return "1";
        }
        for (String member : List.of("example", "default", "const")) {
            if (schema.has(member)) {
                return schema.path(member).asString("1");
            }
        }
        if (schema.path("enum").size() > 0) {
            return schema.path("enum").path(0).asString("1");
        }
        return switch (schema.path("type").asString("string")) {
            case "integer", "number" -> Long.toString(schema.path("minimum").asLong(1));
            case "boolean" -> "true";
            default -> ofLength(schema);
        };
    }

    private static String ofLength(JsonNode schema) {
        if (schema.path("format").asString("").equals("uuid")) {
            return "00000000-0000-4000-8000-000000000001";
        }
        return "1".repeat(Math.clamp(schema.path("minLength").asInt(1), 1, 100));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
