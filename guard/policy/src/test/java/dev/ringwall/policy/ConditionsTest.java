package dev.ringwall.policy;

import static dev.ringwall.policy.Calls.call;
import static dev.ringwall.policy.Calls.compiled;
import static dev.ringwall.policy.Calls.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.model.Line;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Problem;
import dev.ringwall.model.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {

    private static final OperationName READ = new OperationName("s0", "v0");
    private static final String OWN_OR_CLERK = "caller.has('r1') || response.owner == caller.id";
    private static final Caller SHOPPER = person(Set.of("r0"), Set.of(READ));
    private static final Caller CLERK = person(Set.of("r1"), Set.of(READ));

    private static Policy policy(String expression) {
        return compiled(Facts.conditioned("GET", expression).blueprint());
    }

    private static Decision decide(String expression, Caller caller) {
        return policy(expression).decide(call(caller, READ));
    }

    private static ResponseView json(Object value) {
        return new ResponseView(
                200, Map.of("content-type", "application/json"), new ResponseView.Body.Json(value));
    }

    private static Release answered(String expression, Caller caller, ResponseView response) {
        Policy policy = policy(expression);
        Decision decision = policy.decide(call(caller, READ));
        assertThat(decision).as(expression).isInstanceOf(Decision.Allow.class);
        Permitted<Call> permitted = ((Decision.Allow) decision).permitted();
        assertThat(permitted.holdsAnswer()).as(expression).isTrue();
        return policy.release(permitted, response);
    }

    private static void withheld(String expression, ResponseView response) {
        assertThat(answered(expression, SHOPPER, response))
                .isInstanceOfSatisfying(
                        Release.Withheld.class,
                        kept -> {
                            assertThat(kept.reason()).isEqualTo(Reason.ANSWER_WITHHELD);
                            assertThat(kept.because()).containsExactly(Facts.conditionLine());
                        });
    }

    private static void released(String expression, ResponseView response) {
        assertThat(answered(expression, SHOPPER, response)).isInstanceOf(Release.Released.class);
    }

    @Test
    void somebodyElsesOrderIsWithheldAndOnesOwnIsNot() {
        released(OWN_OR_CLERK, json(Map.of("owner", "ann", "total", 12)));
        withheld(OWN_OR_CLERK, json(Map.of("owner", "bob", "total", 12)));
    }

    @Test
    void aClerksAnswerNeedNotBeHeldBack() {
        assertThat(decide(OWN_OR_CLERK, CLERK))
                .isInstanceOfSatisfying(
                        Decision.Allow.class,
                        allow -> {
                            assertThat(allow.permitted().holdsAnswer()).isFalse();
                            assertThat(allow.because()).hasSize(2).contains(Facts.conditionLine());
                        });
        Policy policy = policy(OWN_OR_CLERK);
        Permitted<Call> permitted = ((Decision.Allow) policy.decide(call(CLERK, READ))).permitted();
        assertThat(policy.release(permitted, json(Map.of("owner", "bob"))))
                .isInstanceOf(Release.Released.class);
    }

    @Test
    void whatCannotComeTrueIsRefusedBeforeTheCall() {
        assertThat(decide("caller.has('r1') && response.owner == caller.id", SHOPPER))
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> assertThat(deny.reason()).isEqualTo(Reason.CONDITION_FAILED));
    }

    @Test
    void anAnswerThatCannotBeReadIsWithheld() {
        withheld(OWN_OR_CLERK, json(Map.of()));
        withheld(OWN_OR_CLERK, json(null));
        withheld(OWN_OR_CLERK, json(List.of()));
        withheld(OWN_OR_CLERK, json("ann"));
        withheld(OWN_OR_CLERK, json(Collections.singletonMap("owner", null)));
        withheld(OWN_OR_CLERK, json(Map.of("owner", Map.of("id", "ann"))));
        withheld(OWN_OR_CLERK, new ResponseView(200, Map.of(), new ResponseView.Body.Opaque()));
    }

    @Test
    void nobodyOwnsWhatHasNoOwner() {
        for (Object owner : Arrays.asList("", null, 0, false)) {
            withheld(OWN_OR_CLERK, json(Collections.singletonMap("owner", owner)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response.n == 3 && response.n < 3.5 && response.big > 9000000000",
                "response.d == 2.5",
                "response.none == null && !has(response.missing) && has(response.none)",
                "response.list.all(x, x > 0) && size(response.list) == 2 && response.list[1] == 2",
                "response.lines.exists(l, l.sku == 'apple' && l.count == 1)",
                "response_status == 200 && response.n > 0",
                "response_headers['content-type'].startsWith('application/json')",
                "response.flag && response.text.matches('^a+$')",
            })
    void conditionsSeeAllOfAJsonAnswer(String expression) {
        Map<String, Object> body = new HashMap<>();
        body.put("n", 3);
        body.put("big", new BigInteger("9000000001"));
        body.put("d", 2.5);
        body.put("none", null);
        body.put("list", List.of(1, 2));
        body.put("lines", List.of(Map.of("sku", "apple", "count", 1)));
        body.put("flag", true);
        body.put("text", "aaa");
        released(expression, json(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    caller.id == 'ann'                                          ; true
                    caller.id == 'bob'                                          ; false
                    caller.kind == 'person' && caller.client == 'shop-web'      ; true
                    caller.has('r0') && !caller.has('r1')                       ; true
                    'r0' in caller.roles && caller.via == ''                    ; true
                    request.method == 'GET' && request.path == '/s0/v0/17'      ; true
                    request.params.id == '17'                                   ; true
                    request.params['nope'] == '17'                              ; false
                    request.query.page == '2'                                   ; true
                    request.query.twice == 'a' || request.query.twice == 'b'    ; false
                    request.headers['accept-language'] == 'sr'                  ; true
                    request.address == '203.0.113.9'                            ; true
                    request.time < timestamp('2027-01-01T00:00:00Z')            ; true
                    request.time.getHours('Europe/Belgrade') < 12               ; false
                    1 / 0 == 1                                                  ; false
                    """)
    void conditionsSeeCallerAndRequest(String expression, boolean met) {
        Decision decision = decide(expression, SHOPPER);
        assertThat(decision instanceof Decision.Allow).as(decision.toString()).isEqualTo(met);
        if (decision instanceof Decision.Deny deny) {
            assertThat(deny.reason()).isEqualTo(Reason.CONDITION_FAILED);
            assertThat(deny.because()).containsExactly(Facts.conditionLine());
            assertThat(deny.remedy()).contains(expression);
        }
    }

    @Test
    void aConditionHoldsForServicesToo() {
        Caller.Workload alone = new Caller.Workload("s1", Optional.empty());
        Caller.Workload forAnn = new Caller.Workload("s1", Optional.of(SHOPPER));
        assertThat(decide("caller.id == 'service:s1' && caller.kind == 'service'", alone))
                .isInstanceOf(Decision.Allow.class);
        assertThat(decide("caller.id == 'ann' && caller.via == 's1'", forAnn))
                .isInstanceOf(Decision.Allow.class);
        assertThat(decide("caller.id == 'ann'", alone)).isInstanceOf(Decision.Deny.class);
        assertThat(decide("caller.kind == 'key' && caller.id == 'k'", new Caller.Key("k", "r0")))
                .isInstanceOf(Decision.Allow.class);
        assertThat(
                        decide(
                                "caller.kind == 'client'",
                                new Caller.Client("c", Set.of("r0"), Set.of("s0.v0"))))
                .isInstanceOf(Decision.Allow.class);
    }

    @Test
    void aLoopWithoutMeasureIsCutOff() {
        List<Integer> many = Collections.nCopies(CelConditions.ITERATIONS_MAX + 1, 1);
        withheld("response.all(x, x == 1)", json(many));
        released("response.all(x, x == 1)", json(many.subList(0, 1000)));
        withheld(
                "response.all(x, response.all(y, response.all(z, x + y + z == 3)))",
                json(many.subList(0, 1000)));
    }

    private static List<Problem> problems(String method, String expression) {
        return switch (Policy.compile(Facts.conditioned(method, expression).blueprint())) {
            case Policy.Outcome.Compiled _ -> List.of();
            case Policy.Outcome.Rejected(List<Problem> problems) -> problems;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    caller.nme == 'x'          | undefined field 'nme'           | 6
                    caller.id                  | expected type 'bool'            | 6
                    caller.id == 7             | no matching overload            | 10
                    1 +                        | mismatched input                | 3
                    calller.id == 'x'          | undeclared reference            | 0
                    caller.has(7)              | no matching overload            | 10
                    request.body.x == 1        | undefined field 'body'          | 7
                    response_status == 'x'     | no matching overload            | 16
                    """)
    void whatIsNoConditionIsToldWithItsPlace(String expression, String message, int column) {
        assertThat(problems("GET", expression))
                .first()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo("condition-invalid");
                    assertThat(problem.message()).contains(message).contains(expression);
                    assertThat(problem.line())
                            .isEqualTo(new Line("ringwall.yaml", 5_000, 20 + column));
                    assertThat(problem.remedy()).contains("caller.has('clerk')");
                });
    }

    @Test
    void aConditionOnTheAnswerOfAnActIsRefused() {
        for (String expression :
                List.of("response.ok", "response_status == 200", "size(response_headers) > 0")) {
            assertThatThrownBy(() -> problems("POST", expression))
                    .hasMessageContaining("condition-too-late");
        }
        assertThat(problems("POST", "caller.id == 'x'")).isEmpty();
        assertThat(problems("GET", "response.ok")).isEmpty();
    }

    @Test
    void aRoleThatNobodyHasIsASlipOfThePen() {
        assertThat(problems("GET", "caller.has('clrk')"))
                .extracting(Problem::rule)
                .containsExactly("no-such-role");
    }

    @Test
    void anExpressionHasAnEnd() {
        assertThat(problems("GET", "true" + " || true".repeat(249))).isEmpty();
        assertThat(problems("GET", "true" + "||true".repeat(332))).isEmpty();
        assertThat(problems("GET", "1" + "+1".repeat(999) + "==1")).isNotEmpty();
    }
}
