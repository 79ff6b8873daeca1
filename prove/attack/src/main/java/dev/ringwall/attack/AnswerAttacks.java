package dev.ringwall.attack;

import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.RequestShape;
import dev.ringwall.model.Show;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What answers show to who may have them: nothing that nobody declared, and of some values a part only.
final class AnswerAttacks {

    private static final String HIDDEN = "****";

    private AnswerAttacks() {}

    static void derive(Derivation to) {
        for (Operation operation : to.own()) {
            Optional<Reach> reach = Reach.of(to, operation);
            if (!operation.route().method().equals("GET") || reach.isEmpty()) {
                continue;
            }
            operation
                    .shape()
                    .map(RequestShape::answers)
                    .flatMap(DeclaredMembers::of)
                    .ifPresent(names -> undeclared(to, reach.get(), names));
            for (String name : operation.returns().keySet()) {
                DataType data = to.blueprint().declaration().data().get(name);
                if (data != null && data.show().isPresent() && !data.fields().isEmpty()) {
                    unmasked(to, reach.get(), data, data.show().get());
                }
            }
        }
    }

    private static void undeclared(Derivation to, Reach reach, Set<String> names) {
        add(
                to,
                reach,
                "answer-undeclared",
                "members of an answer that its document does not name",
                reach.operation().line(),
                body ->
                        members(body)
                                .filter(member -> !names.contains(member.name()))
                                .findFirst()
                                .<Seen>map(member ->
                                        new Seen.Yielded("`" + member.name() + "` came out"))
                                .orElseGet(() -> new Seen.Thwarted("only declared members")));
    }

    private static void unmasked(Derivation to, Reach reach, DataType data, Show show) {
        add(
                to,
                reach,
                "answer-unmasked-" + data.name(),
                "the whole of " + String.join(", ", data.fields()) + ", of which only a part shows",
                data.line(),
                body -> {
                    List<Member> carried =
                            members(body)
                                    .filter(member -> data.fields().contains(member.name()))
                                    .filter(member -> member.value().isValueNode())
                                    .filter(member -> !member.value().isNull())
                                    .toList();
                    if (carried.isEmpty()) {
                        throw new NotPlayable("the answer carries nothing of " + data.name());
                    }
                    return carried.stream()
                            .filter(member -> !masked(member.value(), show))
                            .findFirst()
                            .<Seen>map(member -> new Seen.Yielded("`" + member.name() + "` shows"))
                            .orElseGet(() -> new Seen.Thwarted(carried.size() + " masked"));
                });
    }

    private static boolean masked(JsonNode value, Show show) {
        String text = value.asString("");
        if (!value.isString() || !text.contains(HIDDEN)) {
            return false;
        }
        String rest = text.replace(HIDDEN, "");
        return switch (show.part()) {
            case NOTHING -> rest.isEmpty();
            case FIRST, LAST -> rest.codePointCount(0, rest.length()) <= show.count();
            case DOMAIN -> rest.isEmpty() || rest.startsWith("@");
        };
    }

    @FunctionalInterface
    private interface Look {
        Seen at(JsonNode body) throws NotPlayable;
    }

    private static void add(
            Derivation to, Reach reach, String kind, String what, Line line, Look look) {
        String who = reach.holder().map(role -> "a " + role.name()).orElse("a stranger");
        to.add(
                reach.operation().name() + "/" + kind,
                Family.ANSWERS,
                who + " calls " + reach.operation().name() + " and looks for " + what,
                line,
                Expectation.stopped(),
                scene -> {
                    Reply reply = reach.answer(scene, reach.call(scene));
                    JsonNode body =
                            Scene.json(reply)
                                    .orElseThrow(() -> new NotPlayable("the answer is no JSON"));
                    return look.at(body);
                });
    }

    private record Member(String name, JsonNode value) {}

    /// All members, however deep.
    private static Stream<Member> members(JsonNode node) {
        return Stream.concat(
                node.properties().stream()
                        .map(member -> new Member(member.getKey(), member.getValue())),
                node.valueStream().flatMap(AnswerAttacks::members));
    }
}
