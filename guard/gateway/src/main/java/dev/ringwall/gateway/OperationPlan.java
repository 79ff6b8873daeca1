package dev.ringwall.gateway;

import dev.ringwall.limits.Counted;
import dev.ringwall.model.DataType;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.shape.AnswerCheck;
import dev.ringwall.shape.AnswerMask;
import dev.ringwall.shape.RequestCheck;
import java.util.List;
import java.util.Optional;

/// An operation, with all that is needed to guard it looked up beforehand.
///
/// @param id          its name as text
/// @param thirdParty  whether it is somebody else's
/// @param sensitivity the most sensitive data that it touches
/// @param recorded    whether allowed use is recorded one by one
/// @param limits      its limits, with their counts
/// @param shape       what its requests must look like
/// @param answers     what its answers must look like
/// @param mask        what may be seen of their values
record OperationPlan(
        Operation operation,
        String id,
        boolean thirdParty,
        DataType.Sensitivity sensitivity,
        boolean recorded,
        List<Counted> limits,
        Optional<RequestCheck> shape,
        Optional<AnswerCheck> answers,
        Optional<AnswerMask> mask) {

    OperationPlan {
        limits = List.copyOf(limits);
    }

    OperationName name() {
        return operation.name();
    }

    HttpRoute route() {
        return operation.route();
    }
}
