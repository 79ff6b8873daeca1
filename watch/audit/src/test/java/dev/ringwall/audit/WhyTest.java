package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.Actor;
import dev.ringwall.events.Header;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.events.SecurityEvent.CallDecided;
import dev.ringwall.events.Step;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhyTest {

    private static final String REQUEST = "01J9ZZZZZZZZZZZZZZZZZZZZZZ";
    private static final Actor ANA =
            new Actor(Actor.Kind.PERSON, "ana", List.of("shopper"), "192.0.2.1");

    @Test
    void aRefusalIsToldRingByRingWithTheLineAndItsChange() {
        CallDecided refused =
                call(
                        "gateway",
                        "orders.ship",
                        1_100,
                        Optional.of(Reason.NOT_ALLOWED),
                        33,
                        List.of(
                                new Step(Ring.TRANSPORT, true, 12, ""),
                                new Step(Ring.ROUTE, true, 30, "orders.ship"),
                                new Step(Ring.AUTHENTICATE, true, 1_055, "ana"),
                                new Step(Ring.AUTHORISE, false, 1_100, "for warehouse only")));

        String text =
                new Why(REQUEST, List.of(new Recorded(12, refused)))
                        .text(line ->
                                Optional.of(
                                        "      ship:  { http: \"POST /orders/{id}/ship\", allow: warehouse }"));

        assertThat(text)
                .isEqualTo(
                        """
                        request 01J9ZZZZZZZZZZZZZZZZZZZZZZ
                        POST orders.ship by person ana (shopper) from 192.0.2.1 at 2026-11-23T10:00:00.123456Z

                        gateway      403 not-allowed   entry 12
                          √ transport         0.012 ms
                          √ route             0.030 ms  orders.ship
                          √ authenticate      1.055 ms  ana
                          × authorise         1.100 ms  for warehouse only
                          because ringwall.yaml:33   ship:  { http: "POST /orders/{id}/ship", allow: warehouse }

                        refused by gateway at authorise: not-allowed — This caller may not do that.
                        remedy: add the caller's role to `allow:` of orders.ship, or call as a role that has it
                          ringwall.yaml:33
                        -       ship:  { http: "POST /orders/{id}/ship", allow: warehouse }
                        +       ship:  { http: "POST /orders/{id}/ship", allow: [warehouse, shopper] }
                        """);
    }

    @Test
    void hopsAreToldFromTheOutsideIn() {
        // Recorded from the inside out: an outer hop ends after the inner ones.
        CallDecided inner = call("orders", "orders.place", 500, Optional.empty(), 31, List.of());
        CallDecided outer = call("gateway", "orders.place", 2_000, Optional.empty(), 31, List.of());
        List<Recorded> events =
                new ArrayList<>(List.of(new Recorded(7, inner), new Recorded(8, outer)));
        events.sort(Hops.IN_ORDER);

        String text = new Why(REQUEST, events).text(_ -> Optional.empty());

        assertThat(text.indexOf("gateway ")).isLessThan(text.indexOf("orders  "));
        assertThat(text).contains("let through, answered 200").doesNotContain("remedy");
    }

    @Test
    void theInnermostRefusalIsTheOneThatDecided() {
        CallDecided gateway =
                call("gateway", "orders.place", 9_000, Optional.empty(), 31, List.of());
        CallDecided sidecar =
                call(
                        "payments",
                        "payments.charge",
                        100,
                        Optional.of(Reason.CALL_NOT_DECLARED),
                        40,
                        List.of());
        Why why = new Why(REQUEST, List.of(new Recorded(1, gateway), new Recorded(2, sidecar)));

        assertThat(why.refusal()).contains(sidecar);
        assertThat(why.text(_ -> Optional.of("    calls: [catalog.list]")))
                .contains("+     calls: [catalog.list, payments.charge]");
    }

    @Test
    void aFoldSaysForHowManyItStands() {
        CallDecided flood = Events.refusal(1);
        CallDecided folded =
                new CallDecided(
                        flood.header(),
                        flood.hop(),
                        flood.operation(),
                        flood.method(),
                        flood.caller(),
                        flood.onBehalfOf(),
                        flood.reason(),
                        flood.because(),
                        flood.rings(),
                        flood.status(),
                        flood.sensitivity(),
                        995);
        assertThat(new Why(REQUEST, List.of(new Recorded(1, folded))).text(_ -> Optional.empty()))
                .contains("by a stranger from 192.0.2.1")
                .contains("stands for 995 like refusals within a second");
    }

    @Test
    void whatIdentityDidIsToldAsWell() {
        SecurityEvent failed =
                new SecurityEvent.IdentityActed(
                        Events.header("control", Events.id(1), REQUEST),
                        IdentityAct.SIGN_IN_FAILED,
                        ANA,
                        Map.of("why", "password"));
        assertThat(new Why(REQUEST, List.of(new Recorded(4, failed))).text(_ -> Optional.empty()))
                .contains(
                        "control      sign-in-failed person ana (shopper) from 192.0.2.1 why=password   entry 4")
                .contains("no call was decided");
    }

    @Test
    void anUnknownRequestIsSaidToBeUnknown() {
        Why why = new Why(REQUEST, List.of());
        assertThat(why.known()).isFalse();
        assertThat(why.text(_ -> Optional.empty()))
                .startsWith("The log has no event of request " + REQUEST);
        assertThat(why.json())
                .isEqualTo("{\"request\":\"" + REQUEST + "\",\"known\":false,\"events\":[]}");
    }

    @Test
    void theJsonHoldsTheEventsAsTheyLieInTheLog() {
        CallDecided refused = Events.refusal(3);
        assertThat(new Why(REQUEST, List.of(new Recorded(12, refused))).json())
                .contains(
                        "\"refused\":{\"hop\":\"gateway\",\"ring\":\"authorise\",\"reason\":\"not-allowed\"")
                .contains("\"because\":[\"ringwall.yaml:33\"]")
                .contains("\"events\":[{\"index\":12,\"event\":{\"kind\":\"call\"");
    }

    @Test
    void whatAStrangerTypedCannotMoveTheCursor() {
        Actor typed =
                new Actor(Actor.Kind.PERSON, "ana\u001b[2J\n\u202egpj", List.of(), "192.0.2.1");
        SecurityEvent failed =
                new SecurityEvent.IdentityActed(
                        Events.header("control", Events.id(1), REQUEST),
                        IdentityAct.SIGN_IN_FAILED,
                        typed,
                        Map.of());

        assertThat(EventLine.of(failed))
                .isEqualTo(
                        "2026-11-23T10:00:00.123456Z control sign-in-failed person ana\\u001b[2J\\u000a\\u202egpj"
                                + " from 192.0.2.1");
        assertThat(new Why(REQUEST, List.of(new Recorded(1, failed))).text(_ -> Optional.empty()))
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void anEventIsOneLine() {
        assertThat(EventLine.of(Events.refusal(3)))
                .isEqualTo(
                        "2026-11-23T10:00:00.123456Z gateway 403 DENY orders.ship not-allowed"
                                + " a stranger from 192.0.2.1 ringwall.yaml:33 01J90000000000000000000003");
    }

    @Test
    void everyReasonHasARemedy() {
        for (Reason reason : Reason.values()) {
            assertThat(Remedy.of(Events.refusal(1), reason)).isNotBlank().doesNotEndWith(".");
        }
    }

    private static CallDecided call(
            String hop,
            String operation,
            long micros,
            Optional<Reason> reason,
            int line,
            List<Step> steps) {
        List<Step> rings =
                steps.isEmpty() ? List.of(new Step(Ring.RECORD, true, micros, "")) : steps;
        return new CallDecided(
                new Header(
                        Events.id(micros),
                        Events.AT,
                        "shop",
                        hop,
                        Optional.of(REQUEST),
                        Optional.empty()),
                hop,
                Optional.of(operation),
                "POST",
                ANA,
                Optional.empty(),
                reason,
                List.of(new Line("ringwall.yaml", line, 7)),
                rings,
                reason.map(Reason::status).orElse(200),
                DataType.Sensitivity.INTERNAL,
                1);
    }
}
