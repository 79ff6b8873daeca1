package dev.ringwall.policy;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.OperationName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Calls and callers for tests.
final class Calls {

    static final RequestView REQUEST =
            new RequestView() {
                @Override
                public String method() {
                    return "GET";
                }

                @Override
                public String path() {
                    return "/s0/v0/17";
                }

                @Override
                public Map<String, String> params() {
                    return Map.of("id", "17");
                }

                @Override
                public Map<String, List<String>> query() {
                    return Map.of("page", List.of("2"), "twice", List.of("a", "b"));
                }

                @Override
                public Map<String, String> headers() {
                    return Map.of("accept-language", "sr");
                }

                @Override
                public String address() {
                    return "203.0.113.9";
                }

                @Override
                public Instant time() {
                    return Instant.parse("2026-11-23T12:00:00Z");
                }
            };

    private Calls() {}

    static Policy compiled(Blueprint blueprint) {
        return switch (Policy.compile(blueprint)) {
            case Policy.Outcome.Compiled(Policy policy) -> policy;
            case Policy.Outcome.Rejected(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    static Call call(Caller caller, OperationName name) {
        return new Call(name, caller, REQUEST);
    }

    static boolean allowed(Policy policy, Caller caller, OperationName name) {
        return policy.decide(call(caller, name)) instanceof Decision.Allow;
    }

    static Caller.Person person(Set<String> roles, Set<OperationName> scopes) {
        return new Caller.Person(
                "ann",
                roles,
                scopes.stream().map(OperationName::toString).collect(Collectors.toSet()),
                "shop-web");
    }

    static Caller.Workload workload(String service) {
        return new Caller.Workload(service, Optional.empty());
    }
}
