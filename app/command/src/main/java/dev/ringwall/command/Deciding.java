package dev.ringwall.command;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Grants;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was decided of one call, told with the log's help.
///
/// @param status of the answer
/// @param line   the line of the declaration that decided; empty where none did
record Deciding(boolean allowed, int status, String sentence, String line, String request) {

    static Deciding of(
            Blueprint blueprint,
            Operation operation,
            @Nullable String role,
            DoorCall.Answer answer,
            OperatorClient control) {
        Optional<SecurityEvent.CallDecided> refusal =
                answer.request().isEmpty()
                        ? Optional.empty()
                        : decisions(control, answer).stream()
                                .filter(call -> call.reason().isPresent())
                                .reduce((_, inner) -> inner);
        if (refusal.isPresent()) {
            Reason reason = refusal.get().reason().orElseThrow();
            String line =
                    refusal.get().because().isEmpty()
                            ? operation.line().toString()
                            : refusal.get().because().getLast().toString();
            return new Deciding(
                    false,
                    answer.status(),
                    reason.word() + ": " + whose(operation, reason),
                    line,
                    answer.request());
        }
        Grants grants = new Grants(blueprint);
        Optional<Line> line =
                role == null
                        ? grants.stranger(operation.name())
                        : grants.role(role, operation.name());
        return new Deciding(
                true,
                answer.status(),
                (role == null ? "anyone" : role) + " may " + operation.name(),
                line.map(Line::toString).orElse(""),
                answer.request());
    }

    private static List<SecurityEvent.CallDecided> decisions(
            OperatorClient control, DoorCall.Answer answer) {
        List<SecurityEvent.CallDecided> calls = new ArrayList<>();
        boolean refused = answer.status() >= 400 && answer.body().contains("\"reason\":");
        if (!refused) {
            return calls;
        }
        for (String json : Explanations.await(control, answer.request()).events()) {
            if (EventJson.read(json.getBytes(StandardCharsets.UTF_8))
                            instanceof EventJson.Parsed.Event(SecurityEvent event)
                    && event instanceof SecurityEvent.CallDecided call) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static String whose(Operation operation, Reason reason) {
        if (reason != Reason.NOT_ALLOWED && reason != Reason.NO_TOKEN) {
            return operation.name() + ": " + reason.title();
        }
        return operation.name()
                + switch (operation.allow()) {
                    case Allow.Nobody() -> " is for services only";
                    case Allow.Anyone _ -> " is for anyone";
                    case Allow.Roles(var roles) ->
                            " is for " + String.join(" and ", roles.keySet());
                };
    }

    List<String> lines(Screen screen) {
        String word = allowed ? screen.good("ALLOW") : screen.bad("DENY ");
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%d %s  %-42s %s", status, word, sentence, line));
        if (!allowed) {
            lines.add("           why: ./ringwall why " + request);
        }
        return lines;
    }
}
