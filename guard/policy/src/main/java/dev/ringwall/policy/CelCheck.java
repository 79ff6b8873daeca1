package dev.ringwall.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import dev.ringwall.model.Condition;
import java.util.Map;
import java.util.Optional;

/// A condition as a compiled CEL expression. An evaluation that fails, for whatever reason, is a condition that is not met.
///
/// Before there is an answer, `response` is unknown, and CEL's `||` and `&&` swallow what is unknown where the other side decides
/// alone: `caller.has('clerk') || …` is met for a clerk then and there, and the answer need not be held back.
///
/// @param onResponse whether the expression looks at the answer
record CelCheck(Condition condition, boolean onResponse, Program program) implements Check {

    /// What an evaluation came to.
    private sealed interface Result {
        record Is(boolean met) implements Result {}

        record Failed(String why) implements Result {}
    }

    @Override
    public Verdict of(Call call) {
        return switch (evaluate(call, _ -> Optional.empty())) {
            case Result.Is(boolean met) -> verdict(met);
            case Result.Failed(String why) ->
                    onResponse ? new Verdict.NeedsAnswer() : new Verdict.NotMet(why);
        };
    }

    @Override
    public Verdict of(Call call, ResponseView response) {
        Result result =
                evaluate(
                        call,
                        name ->
                                switch (name) {
                                    case CelTypes.RESPONSE -> body(response.body());
                                    case CelTypes.RESPONSE_STATUS ->
                                            Optional.of((long) response.status());
                                    case CelTypes.RESPONSE_HEADERS ->
                                            Optional.of(response.headers());
                                    default -> Optional.empty();
                                });
        return switch (result) {
            case Result.Is(boolean met) -> verdict(met);
            case Result.Failed(String why) -> new Verdict.NotMet(why);
        };
    }

    private static Verdict verdict(boolean met) {
        return met ? new Verdict.Met() : new Verdict.NotMet("it is false");
    }

    private static Optional<Object> body(ResponseView.Body body) {
        return switch (body) {
            case ResponseView.Body.Json(var value) -> Optional.of(CelValues.json(value));
            case ResponseView.Body.Opaque() -> Optional.empty();
        };
    }

    private Result evaluate(Call call, CelVariableResolver answer) {
        try {
            Map<String, Object> caller = CelValues.caller(call.caller());
            Object value =
                    program.eval(name ->
                            switch (name) {
                                case CelTypes.CALLER_NAME -> Optional.of(caller);
                                case CelTypes.REQUEST_NAME ->
                                        Optional.of(CelValues.request(call.request()));
                                default -> answer.find(name);
                            });
            return value instanceof Boolean met
                    ? new Result.Is(met)
                    : new Result.Failed("it is neither true nor false");
        } catch (CelEvaluationException | RuntimeException | StackOverflowError failed) {
            return new Result.Failed(String.valueOf(failed.getMessage()));
        }
    }
}
