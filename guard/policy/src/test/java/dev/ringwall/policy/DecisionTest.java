package dev.ringwall.policy;

import static dev.ringwall.policy.Calls.call;
import static dev.ringwall.policy.Calls.compiled;
import static dev.ringwall.policy.Calls.person;
import static dev.ringwall.policy.Calls.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.model.Line;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static final OperationName PLACE = new OperationName("s0", "v0");
    private static final OperationName INTERNAL = new OperationName("s0", "v1");
    private static final OperationName OPEN = new OperationName("s1", "v0");
    private static final Facts.Fact SHOPPERS = new Facts.Fact.HoldersOf("r0", PLACE);
    private static final Facts.Fact CALLS = new Facts.Fact.Calls("s1", INTERNAL);
    private static final Facts.Fact EVERYBODY = new Facts.Fact.Everybody(OPEN);

    private final Facts facts =
            new Facts(2, 2, 2, List.of(SHOPPERS, CALLS, EVERYBODY), Map.of(), "POST");
    private final Policy policy = compiled(facts.blueprint());
    private final Set<OperationName> all = Set.copyOf(facts.names());

    private Decision.Deny denied(Caller caller, OperationName name) {
        Decision decision = policy.decide(call(caller, name));
        assertThat(decision).isInstanceOf(Decision.Deny.class);
        return (Decision.Deny) decision;
    }

    private List<Line> allowed(Caller caller, OperationName name) {
        Decision decision = policy.decide(call(caller, name));
        assertThat(decision).isInstanceOf(Decision.Allow.class);
        return decision.because();
    }

    @Test
    void whoMayIsToldTheLineThatSaysSo() {
        assertThat(allowed(person(Set.of("r0"), all), PLACE)).containsExactly(Facts.line(SHOPPERS));
        assertThat(allowed(new Caller.Key("k", "r0"), PLACE)).containsExactly(Facts.line(SHOPPERS));
        assertThat(allowed(new Caller.Stranger(), OPEN)).containsExactly(Facts.line(EVERYBODY));
        assertThat(allowed(person(Set.of(), Set.of()), OPEN))
                .containsExactly(Facts.line(EVERYBODY));
        assertThat(allowed(workload("s1"), INTERNAL)).containsExactly(Facts.line(CALLS));
    }

    @Test
    void anotherRoleIsToldWhoMayAndWhatToWrite() {
        Decision.Deny denied = denied(person(Set.of("r1"), all), PLACE);
        assertThat(denied.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(denied.because()).containsExactly(Facts.line(SHOPPERS));
        assertThat(denied.remedy()).isEqualTo("ringwall.yaml:20: s0.v0: allow: [r0, r1]");
    }

    @Test
    void aStrangerNeedsATokenWhereOneWouldHelp() {
        Decision.Deny denied = denied(new Caller.Stranger(), PLACE);
        assertThat(denied.reason()).isEqualTo(Reason.NO_TOKEN);
        assertThat(denied.remedy()).isEqualTo("send a token or key of r0");
        assertThat(denied(new Caller.Stranger(), INTERNAL).reason()).isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void nobodyComesInFromOutsideWhereNobodyIsAllowed() {
        assertThat(denied(person(Set.of("r0", "r1"), all), INTERNAL).reason())
                .isEqualTo(Reason.NOT_ALLOWED);
        assertThat(denied(new Caller.Key("k", "r0"), INTERNAL).reason())
                .isEqualTo(Reason.NOT_ALLOWED);
        assertThat(denied(person(Set.of("r0"), all), Facts.THIRD_PARTY).remedy())
                .contains("third parties");
    }

    @Test
    void aTokenThatWasGivenForSomethingElseIsNotEnough() {
        Decision.Deny denied = denied(person(Set.of("r0"), Set.of(OPEN)), PLACE);
        assertThat(denied.reason()).isEqualTo(Reason.SCOPE_MISSING);
        assertThat(denied.remedy()).contains("s0.v0");
        assertThat(denied(new Caller.Client("c", Set.of("r0"), Set.of()), PLACE).reason())
                .isEqualTo(Reason.SCOPE_MISSING);
    }

    @Test
    void aServiceMayDoWhatItsCallsListAndNothingElse() {
        Decision.Deny denied = denied(workload("s1"), PLACE);
        assertThat(denied.reason()).isEqualTo(Reason.CALL_NOT_DECLARED);
        assertThat(denied.because()).containsExactly(new Line("ringwall.yaml", 21, 3));
        assertThat(denied.remedy()).isEqualTo("ringwall.yaml:21: s1: calls: [s0.v1, s0.v0]");
        assertThat(denied(workload("s0"), OPEN).reason()).isEqualTo(Reason.CALL_NOT_DECLARED);
        assertThat(denied(workload("nobody"), OPEN).reason()).isEqualTo(Reason.CALL_NOT_DECLARED);
    }

    @Test
    void whatIsNotDeclaredDoesNotHappen() {
        assertThat(denied(person(Set.of("r0"), all), new OperationName("s0", "v9")).reason())
                .isEqualTo(Reason.NOT_DECLARED);
    }

    @Test
    void ofSeveralRolesTheFirstLineOfTheFileIsNamed() {
        Facts.Fact first = new Facts.Fact.HoldersOf("r0", PLACE);
        Facts.Fact second = new Facts.Fact.HoldersOf("r1", PLACE);
        Policy both =
                compiled(new Facts(1, 1, 2, List.of(first, second), Map.of(), "GET").blueprint());
        Line earlier =
                Facts.line(first).compareTo(Facts.line(second)) < 0
                        ? Facts.line(first)
                        : Facts.line(second);
        assertThat(both.decide(call(person(Set.of("r0", "r1"), Set.of(PLACE)), PLACE)).because())
                .containsExactly(earlier);
    }

    @Test
    void aPermitCannotBeMadeElsewhere() {
        assertThat(Permitted.class.getConstructors()).isEmpty();
        assertThat(
                        Arrays.stream(Permitted.class.getDeclaredMethods())
                                .filter(method ->
                                        java.lang.reflect.Modifier.isPublic(method.getModifiers()))
                                .filter(method ->
                                        java.lang.reflect.Modifier.isStatic(method.getModifiers())))
                .isEmpty();
    }

    @Test
    void aServiceDoesNotActForAService() {
        assertThatThrownBy(() -> new Caller.Workload("s0", Optional.of(workload("s1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
