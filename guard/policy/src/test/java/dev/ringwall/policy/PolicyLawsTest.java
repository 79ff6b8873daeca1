package dev.ringwall.policy;

import static dev.ringwall.policy.Calls.allowed;
import static dev.ringwall.policy.Calls.call;
import static dev.ringwall.policy.Calls.compiled;
import static dev.ringwall.policy.Calls.person;
import static dev.ringwall.policy.Calls.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Grants;
import dev.ringwall.model.Line;
import dev.ringwall.model.OperationName;
import dev.ringwall.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PolicyLawsTest {

    private static final int SYSTEMS = 200;

    /// Every kind of caller that a system can have, and some that it cannot.
    private static List<Caller> callers(Facts facts, RandomGenerator random) {
        List<Caller> callers = new ArrayList<>();
        Set<OperationName> all = Set.copyOf(facts.names());
        Set<String> some = subset(roles(facts), random);
        callers.add(new Caller.Stranger());
        callers.add(person(some, all));
        callers.add(person(Set.of(), all));
        callers.add(person(Set.of("unknown"), all));
        callers.add(new Caller.Client("c", some, person(Set.of(), all).scopes()));
        for (String role : roles(facts)) {
            callers.add(person(Set.of(role), all));
            callers.add(person(Set.of(role), subset(all, random)));
            callers.add(new Caller.Key("k", role));
        }
        for (int service = 0; service <= facts.services(); service++) {
            callers.add(workload("s" + service));
            callers.add(new Caller.Workload("s" + service, Optional.of(person(roles(facts), all))));
        }
        return callers;
    }

    private static Set<String> roles(Facts facts) {
        Set<String> roles = new HashSet<>();
        for (int role = 0; role < facts.roles(); role++) {
            roles.add("r" + role);
        }
        return roles;
    }

    private static <T> Set<T> subset(Set<T> all, RandomGenerator random) {
        Set<T> some = new HashSet<>();
        all.stream()
                .sorted()
                .forEach(one -> {
                    if (random.nextBoolean()) {
                        some.add(one);
                    }
                });
        return some;
    }

    /// The lines that the naive reading finds for the caller; empty when it may not.
    private static Set<Line> naive(Grants grants, Caller caller, OperationName name) {
        Set<Line> lines = new HashSet<>();
        switch (caller) {
            case Caller.Stranger() -> grants.stranger(name).ifPresent(lines::add);
            case Caller.Person(var _, var roles, var scopes, var _) ->
                    lines.addAll(naive(grants, roles, scopes, name));
            case Caller.Client(var _, var roles, var scopes) ->
                    lines.addAll(naive(grants, roles, scopes, name));
            case Caller.Key(var _, String role) -> {
                grants.role(role, name).ifPresent(lines::add);
                grants.stranger(name).ifPresent(lines::add);
            }
            case Caller.Workload(String service, var _) ->
                    grants.service(service, name).ifPresent(lines::add);
        }
        return lines;
    }

    private static Set<Line> naive(
            Grants grants, Set<String> roles, Set<String> scopes, OperationName name) {
        Set<Line> lines = new HashSet<>();
        grants.stranger(name).ifPresent(lines::add);
        if (lines.isEmpty() && scopes.contains(name.toString())) {
            roles.forEach(role -> grants.role(role, name).ifPresent(lines::add));
        }
        return lines;
    }

    @Test
    void theTableAgreesWithANaiveReadingOfTheFile() {
        Seeds.each(
                SYSTEMS,
                random -> {
                    Facts facts = Facts.random(random);
                    Policy policy = compiled(facts.blueprint());
                    Grants grants = new Grants(facts.blueprint());
                    for (Caller caller : callers(facts, random)) {
                        for (OperationName name : facts.names()) {
                            Set<Line> expected = naive(grants, caller, name);
                            switch (policy.decide(call(caller, name))) {
                                case Decision.Allow allow ->
                                        assertThat(expected)
                                                .as("%s %s", caller, name)
                                                .containsAll(allow.because());
                                case Decision.Deny(var reason, var _, String remedy) -> {
                                    assertThat(expected)
                                            .as("%s %s %s", caller, name, reason)
                                            .isEmpty();
                                    assertThat(remedy).isNotBlank();
                                }
                            }
                        }
                    }
                });
    }

    @Test
    void anAllowanceAlwaysNamesItsLine() {
        Seeds.each(
                SYSTEMS,
                random -> {
                    Facts facts = Facts.random(random);
                    Policy policy = compiled(facts.blueprint());
                    Set<Line> lines = new HashSet<>();
                    facts.facts().forEach(fact -> lines.add(Facts.line(fact)));
                    for (Caller caller : callers(facts, random)) {
                        for (OperationName name : facts.names()) {
                            if (policy.decide(call(caller, name)) instanceof Decision.Allow allow) {
                                assertThat(allow.because()).isNotEmpty().isSubsetOf(lines);
                            }
                        }
                    }
                });
    }

    @Test
    void anotherRoleNeverTakesARightAway() {
        Seeds.each(
                SYSTEMS,
                random -> {
                    Facts facts = Facts.random(random);
                    Policy policy = compiled(facts.blueprint());
                    Set<OperationName> scopes = subset(Set.copyOf(facts.names()), random);
                    Set<String> few = subset(roles(facts), random);
                    Set<String> more = new HashSet<>(few);
                    more.add("r" + random.nextInt(facts.roles()));
                    for (OperationName name : facts.names()) {
                        if (allowed(policy, person(few, scopes), name)) {
                            assertThat(allowed(policy, person(more, scopes), name)).isTrue();
                        }
                    }
                });
    }

    @Test
    void aLineThatIsTakenOutNeverGivesARight() {
        Seeds.each(
                SYSTEMS,
                random -> {
                    Facts facts = Facts.random(random);
                    if (facts.facts().isEmpty()) {
                        return;
                    }
                    Facts fewer =
                            facts.without(facts.facts().get(random.nextInt(facts.facts().size())));
                    Policy before = compiled(facts.blueprint());
                    Policy after = compiled(fewer.blueprint());
                    for (Caller caller : callers(facts, random)) {
                        for (OperationName name : facts.names()) {
                            if (allowed(after, caller, name)) {
                                assertThat(allowed(before, caller, name))
                                        .as("%s %s", caller, name)
                                        .isTrue();
                            }
                        }
                    }
                });
    }

    @Test
    void aTokensScopeOnlyNarrows() {
        Seeds.each(
                SYSTEMS,
                random -> {
                    Facts facts = Facts.random(random);
                    Policy policy = compiled(facts.blueprint());
                    Set<OperationName> all = Set.copyOf(facts.names());
                    Set<OperationName> some = subset(all, random);
                    Set<String> held = subset(roles(facts), random);
                    for (OperationName name : facts.names()) {
                        if (allowed(policy, person(held, some), name)) {
                            assertThat(allowed(policy, person(held, all), name)).isTrue();
                        }
                    }
                });
    }

    @Test
    void onWhoseBehalfAServiceCallsChangesNothingAboutWhatItMayDo() {
        Seeds.each(
                SYSTEMS,
                random -> {
                    Facts facts = Facts.random(random);
                    Policy policy = compiled(facts.blueprint());
                    Caller anybody = person(roles(facts), Set.copyOf(facts.names()));
                    for (OperationName name : facts.names()) {
                        assertThat(
                                        allowed(
                                                policy,
                                                new Caller.Workload("s0", Optional.of(anybody)),
                                                name))
                                .isEqualTo(allowed(policy, workload("s0"), name));
                    }
                });
    }
}
