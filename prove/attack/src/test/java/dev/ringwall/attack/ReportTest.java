package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.SecurityEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Result HELD =
            result(
                    "orders.ship/as-shopper",
                    Family.WHO_MAY,
                    true,
                    new Verdict.Held("not-allowed (authorise)"));
    private static final Result PASSED =
            result(
                    "orders.place/as-shopper",
                    Family.WHO_MAY,
                    false,
                    new Verdict.Held("passed: 201"));
    private static final Result THROUGH =
            result(
                    "orders.read/token-alg-none",
                    Family.TOKENS,
                    true,
                    new Verdict.GotThrough("200 <b>\u0001"));
    private static final Result ELSEWHERE =
            result(
                    "orders.read/token-expired",
                    Family.TOKENS,
                    true,
                    new Verdict.StoppedElsewhere("not-declared (route)", "token-expired"));
    private static final Result NOT_PLAYED =
            result(
                    "orders/txn-missing",
                    Family.SERVICES,
                    true,
                    new Verdict.NotPlayed("no identity of orders is at hand"));
    private static final Result ACCEPTED =
            result(
                    "catalog.list/overrun-per-address",
                    Family.LIMITS,
                    true,
                    new Verdict.Accepted("400 passed", "ana until 2027-06-30: public and cached"));

    private static Result result(String name, Family family, boolean hostile, Verdict verdict) {
        return new Result(
                name,
                family,
                hostile,
                "somebody tries " + name,
                Sketch.line(31),
                verdict,
                Optional.of("curl 'https://localhost:8443/orders/1'"),
                Duration.ofMillis(12));
    }

    private static Report report(Result... results) {
        return new Report("shop", AT, Duration.ofSeconds(3), List.of(results));
    }

    @Test
    void onlyWhatHoldsOrIsAcceptedExitsWithZero() {
        assertThat(report(HELD, PASSED, ACCEPTED).exitCode()).isZero();
        assertThat(report(HELD, THROUGH).exitCode()).isOne();
        assertThat(report(ELSEWHERE).exitCode()).isOne();
        assertThat(report(NOT_PLAYED).exitCode()).isOne();
        assertThat(
                        report(
                                        result(
                                                "a/b",
                                                Family.WHO_MAY,
                                                false,
                                                new Verdict.WronglyRefused("not-allowed")))
                                .exitCode())
                .isOne();
    }

    @Test
    void theTablePutsWhatDoesNotHoldFirstWithTheRequestAndTheLine() {
        assertThat(report(HELD, PASSED, THROUGH).table())
                .isEqualTo(
                        """
                        NOT PROVED
                          × orders.read/token-alg-none  GOT THROUGH: 200 <b>\u0001  ringwall.yaml:31
                              somebody tries orders.read/token-alg-none
                              curl 'https://localhost:8443/orders/1'

                        who may do what  2 of 2
                          √ orders.ship/as-shopper      not-allowed (authorise)  ringwall.yaml:31
                          √ orders.place/as-shopper     passed: 201  ringwall.yaml:31
                        tokens  0 of 1
                          × orders.read/token-alg-none  GOT THROUGH: 200 <b>\u0001  ringwall.yaml:31

                        attacks 2   stopped 1
                        allowed 1   passed 1
                        """);
    }

    @Test
    void theSummarySaysWhenEveryAttackWasStoppedByTheRingThatShould() {
        assertThat(report(HELD, PASSED).summary())
                .isEqualTo(
                        """
                        attacks 1   stopped 1   each by the ring that should
                        allowed 1   passed 1
                        """);
    }

    @Test
    void theJsonHasAStableFormForEveryVerdict() {
        JsonNode json =
                JSON.readTree(report(HELD, THROUGH, ELSEWHERE, NOT_PLAYED, ACCEPTED).json());
        assertThat(json.path("proved").booleanValue()).isFalse();
        assertThat(json.path("results").valueStream().map(one -> one.path("verdict").stringValue()))
                .containsExactly(
                        "held", "got-through", "stopped-elsewhere", "not-played", "accepted");
        JsonNode elsewhere = json.path("results").path(2);
        assertThat(elsewhere.path("expected").stringValue()).isEqualTo("token-expired");
        assertThat(elsewhere.path("line").intValue()).isEqualTo(31);
        assertThat(elsewhere.path("file").stringValue()).isEqualTo("ringwall.yaml");
    }

    @Test
    void theJunitXmlIsReadableWhateverCameBackAndCountsFailures() throws Exception {
        Document xml =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        report(HELD, THROUGH, ACCEPTED)
                                                .junit()
                                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(1);
        assertThat(
                        xml.getElementsByTagName("failure")
                                .item(0)
                                .getAttributes()
                                .getNamedItem("message")
                                .getNodeValue())
                .isEqualTo("200 <b>?");
    }

    @Test
    void theSarifNamesTheKindOfAttackTheLineAndAFingerprintThatStays() {
        JsonNode run = JSON.readTree(report(HELD, THROUGH, ACCEPTED).sarif()).path("runs").path(0);
        JsonNode results = run.path("results");
        assertThat(results.size()).isEqualTo(2);
        assertThat(results.path(0).path("ruleId").stringValue()).isEqualTo("token-alg-none");
        assertThat(results.path(0).path("level").stringValue()).isEqualTo("error");
        assertThat(
                        results.path(0)
                                .path("locations")
                                .path(0)
                                .path("physicalLocation")
                                .path("region")
                                .path("startLine")
                                .intValue())
                .isEqualTo(31);
        assertThat(
                        results.path(0)
                                .path("partialFingerprints")
                                .path("ringwallAttack/v1")
                                .stringValue())
                .hasSize(43);
        assertThat(results.path(1).path("suppressions").size()).isEqualTo(1);
        assertThat(run.path("tool").path("driver").path("rules").size()).isEqualTo(2);
    }

    @Test
    void eachResultIsAnEventThatTheLogCanKeep() {
        SecurityEvent.AttackPlayed event =
                new AttackEvents(InstantSource.fixed(AT), "shop").of(THROUGH);
        assertThat(event.held()).isFalse();
        assertThat(event.attack()).isEqualTo("orders.read/token-alg-none");
        assertThat(event.outcome()).startsWith("got-through: 200");
        assertThat(EventJson.read(EventJson.write(event)))
                .isEqualTo(new EventJson.Parsed.Event(event));
    }
}
