package dev.ringwall.attack;

import dev.ringwall.model.AnswerShape;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.RequestShape;
import dev.ringwall.model.Show;
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

    private static final String ANSWER =
            """
            {"type":"object","properties":{"desk":{"type":"string"},"phone":{"type":"string"}}}
            """;

    /// Who visits the desk: of their number the last two digits show.
    static final DataType VISITOR =
            new DataType(
                    "visitor",
                    DataType.Sensitivity.PERSONAL,
                    new DataType.Keep.Unstated(),
                    List.of("phone"),
                    Optional.empty(),
                    Show.parse("last2"),
                    Sketch.line(6));

    private TinyShape() {}

    /// With an answer of that shape, which carries a visitor.
    static Operation answering(Operation operation) {
        AnswerShape answers = new AnswerShape(Map.of("200", Map.of("application/json", ANSWER)));
        return new Operation(
                operation.name(),
                operation.route(),
                operation.allow(),
                Map.of(),
                Map.of(VISITOR.name(), operation.line()),
                operation.when(),
                operation.requires(),
                operation.limits(),
                Optional.of(
                        new RequestShape(
                                List.of(), Map.of(), Set.of(), false, Optional.empty(), answers)),
                operation.line());
    }

    /// What is left of an answer of the desk when it leaves its host.
    static String seen(Set<Weakness> weaknesses, String body) {
        String trimmed =
                weaknesses.contains(Weakness.UNDECLARED_ANSWERED)
                        ? body
                        : body.replaceAll(",\"keys\":\"[0-9]*\"", "");
        return weaknesses.contains(Weakness.UNMASKED)
                ? trimmed
                : trimmed.replaceAll("\"phone\":\"[0-9]*([0-9]{2})\"", "\"phone\":\"****$1\"");
    }

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
        boolean body = !operation.shape().get().bodies().isEmpty();
        if (body && !request.header("content-type").orElse("").equals("application/json")) {
            return Optional.of(Reason.MEDIA_TYPE_NOT_DECLARED);
        }
        return request.target().contains("?")
                        || (body && !request.body().matches("\\{\"text\":\"[a-z]{0,100}\"}"))
                ? Optional.of(Reason.REQUEST_NOT_VALID)
                : Optional.empty();
    }
}
