package dev.ringwall.attack;

import dev.ringwall.model.AnswerShape;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.RequestShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The shape that one operation of the tiny system declares, and how the tiny door looks at it.
final class TinyShape {

    private static final String SCHEMA =
            """
            {"type":"object","additionalProperties":false,"properties":{"text":{"type":"string","maxLength":100}}}
            """;

    private TinyShape() {}

    static Operation on(Operation operation) {
        RequestShape shape =
                new RequestShape(
                        List.of(),
                        Map.of("application/json", SCHEMA),
                        Set.of(),
                        true,
                        Optional.of("{\"text\":\"milk\"}"),
                        AnswerShape.OPEN);
        return new Operation(
                operation.name(),
                operation.route(),
                operation.allow(),
                operation.accepts(),
                operation.returns(),
                operation.when(),
                operation.requires(),
                operation.limits(),
                Optional.of(shape),
                operation.line());
    }

    /// Why the request is not of the shape; empty when it is.
    static Optional<Reason> wrong(Operation operation, TinyHttp.Request request) {
        if (operation.shape().isEmpty()) {
            return Optional.empty();
        }
        if (!request.header("content-type").orElse("").equals("application/json")) {
            return Optional.of(Reason.MEDIA_TYPE_NOT_DECLARED);
        }
        return request.target().contains("?")
                        || !request.body().matches("\\{\"text\":\"[a-z]{0,100}\"}")
                ? Optional.of(Reason.REQUEST_NOT_VALID)
                : Optional.empty();
    }
}
