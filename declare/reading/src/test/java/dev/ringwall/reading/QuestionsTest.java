package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Can;
import dev.ringwall.model.Change;
import dev.ringwall.model.Deadlines;
import dev.ringwall.model.Difference;
import dev.ringwall.model.Problem;
import dev.ringwall.model.WhoCan;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the model answers about the shop: may they, who can see it, what is different, what is over.
class QuestionsTest {

    private final Blueprint shop = blueprint(Shop.TEXT);

    @Test
    void whoMayIsAnsweredWithTheDecidingLine() {
        assertThat(may("shopper", "orders.place"))
                .isEqualTo("shopper may orders.place ringwall.yaml:29");
        assertThat(may("anyone", "catalog.list"))
                .isEqualTo("anyone may catalog.list ringwall.yaml:23");
        assertThat(may("shopper", "catalog.list"))
                .isEqualTo("shopper may catalog.list ringwall.yaml:23");
        assertThat(may("orders", "payments.charge"))
                .isEqualTo("orders may payments.charge ringwall.yaml:33");
        assertThat(may("clerk", "orders.read"))
                .isEqualTo(
                        "clerk may orders.read when caller.has('clerk') || response.owner == caller.id ringwall.yaml:30");
    }

    @Test
    void whoMayNotIsToldTheLineToAdd() {
        assertThat(may("shopper", "orders.ship"))
                .isEqualTo(
                        "shopper may not orders.ship: write `allow: [shopper, warehouse]` in ringwall.yaml:32");
        assertThat(may("shopper", "payments.charge"))
                .isEqualTo(
                        "shopper may not payments.charge: write `allow: shopper` in ringwall.yaml:37");
        assertThat(may("anyone", "catalog.edit"))
                .isEqualTo(
                        "anyone may not catalog.edit: write `allow: anyone` in ringwall.yaml:24");
        assertThat(may("catalog", "orders.read"))
                .isEqualTo(
                        "catalog may not orders.read: add `orders.read` to the `calls` of catalog in ringwall.yaml:19");
        assertThat(may("shopper", "stripe.charge"))
                .isEqualTo(
                        "shopper may not stripe.charge: only services call third parties; let one of them do it");
        assertThat(may("service:shopper", "orders.read"))
                .startsWith("`service:shopper` is not declared");
        assertThat(may("shoper", "orders.read"))
                .isEqualTo("`shoper` is not declared: did you mean `shopper`?");
        assertThat(may("shopper", "orders.raed"))
                .isEqualTo("`orders.raed` is not declared: did you mean `orders.read`?");
    }

    @Test
    void whoCanSeeDataNamesEveryWay() {
        assertThat(see("contact"))
                .containsExactly(
                        "ROLE clerk gets it from orders.read when caller.has('clerk') || response.owner == caller.id ringwall.yaml:30",
                        "ROLE shopper gets it from orders.read when caller.has('clerk') || response.owner == caller.id ringwall.yaml:30",
                        "SERVICE orders stores it in postgres ringwall.yaml:27",
                        "SERVICE orders takes it by orders.place ringwall.yaml:29");
        assertThat(see("card"))
                .containsExactly(
                        "SERVICE orders takes it by orders.place ringwall.yaml:29",
                        "SERVICE payments takes it by payments.charge ringwall.yaml:37",
                        "THIRD_PARTY stripe is sent it by payments through stripe.charge ringwall.yaml:38");
        assertThat(see("product"))
                .first()
                .asString()
                .startsWith("ANYONE anyone gets it from catalog.list");
        assertThat(see("nothing")).isEmpty();
    }

    @Test
    void theSameMeaningInOtherWordsIsNoDifference() {
        assertThat(
                        Difference.between(
                                shop, blueprint(Shop.TEXT.replace("data:", "# moved\n\ndata:"))))
                .isEmpty();
    }

    @Test
    void whatLoosensIsSaidFirst() {
        assertThat(plan("allow: warehouse, accepts", "allow: [warehouse, shopper], accepts"))
                .containsExactly("+ shopper gains orders.ship, which accepts order");
        assertThat(plan("300/min per address", "600/min per address"))
                .containsExactly(
                        "+ limit of catalog.list loosens from 300/min per address to 600/min per address");
        assertThat(plan("limit: 10/min per caller", "limit: 10/min per address"))
                .containsExactly(
                        "+ orders.place is no longer limited to 10/min per caller",
                        "- orders.place is now limited to 10/min per address");
        assertThat(plan("session: 30m", "session: 8h"))
                .containsExactly("+ a login of clerk lasts 8h instead of 30m");
        assertThat(plan("from: [203.0.113.0/24], ", ""))
                .containsExactly(
                        "+ keys of warehouse are good from anywhere instead of [203.0.113.0/24]");
        assertThat(plan("rotate: 90d, ", ""))
                .containsExactly("+ keys of warehouse live for ever instead of 90d");
        assertThat(plan("response.owner == caller.id", "true"))
                .singleElement()
                .asString()
                .startsWith("~ orders.read needs caller.has('clerk') || true instead of");
        assertThat(
                        plan(
                                "stores: { postgres: [product] }",
                                "stores: { postgres: [product, order] }"))
                .containsExactly("+ catalog now stores order");
        assertThat(plan("keep: 2y", "keep: 3y"))
                .containsExactly("+ contact is kept for 1095 days instead of for 730 days");
        assertThat(plan("class: internal,   keep", "class: personal,   keep"))
                .containsExactly("- order is personal instead of internal");
    }

    @Test
    void whatTightensIsSaidToo() {
        assertThat(plan("calls: [catalog.list, payments.charge]", "calls: [payments.charge]"))
                .containsExactly("- orders no longer calls catalog.list");
        assertThat(
                        plan(
                                "allow: [shopper, clerk], returns: [order, contact]",
                                "allow: [clerk], returns: [order]"))
                .containsExactly(
                        "- shopper loses orders.read", "- orders.read no longer returns contact");
        assertThat(plan("audit:    { keep: 13mo }", ""))
                .containsExactly("- more is recorded, or it is kept for longer");
        assertThat(plan("https://api.stripe.com", "https://eu.stripe.com"))
                .containsExactly(
                        "~ calls to stripe go to https://eu.stripe.com instead of https://api.stripe.com");
    }

    @Test
    void howServicesRunAndWhatTellsThatTheyAreWellIsSaidToo() {
        String jar = "run: java -jar orders.jar";
        assertThat(plan(jar, jar + "\n    health: /healthz"))
                .containsExactly(
                        "~ orders is well when GET /healthz is answered with 2xx instead of when it takes a connection");
        assertThat(plan(jar, "url: http://10.0.0.7:8080"))
                .containsExactly(
                        "~ orders is reached at http://10.0.0.7:8080 instead of run by `java -jar orders.jar`");
        Blueprint watched = blueprint(Shop.TEXT.replace(jar, jar + "\n    health: /healthz"));
        assertThat(Difference.between(watched, shop))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.sentence())
                            .isEqualTo(
                                    "orders is well when it takes a connection instead of when GET /healthz is answered with 2xx");
                    assertThat(change.line().toString()).startsWith("ringwall.yaml:");
                });
        assertThat(
                        Difference.between(
                                watched,
                                blueprint(Shop.TEXT.replace(jar, jar + "\n    health: /ready"))))
                .extracting(Change::sentence)
                .containsExactly(
                        "orders is well when GET /ready is answered with 2xx instead of when GET /healthz is answered with 2xx");
    }

    @Test
    void aDifferenceThereAndBackHasTheSameNumberOfChanges() {
        Blueprint other =
                blueprint(
                        Shop.TEXT.replace(
                                "allow: clerk,  accepts", "allow: [clerk, shopper],  accepts"));

        assertThat(Difference.between(shop, other)).hasSameSizeAs(Difference.between(other, shop));
        assertThat(Difference.between(shop, shop)).isEmpty();
    }

    @Test
    void whatIsOverDependsOnTheDay() {
        assertThat(over("2026-11-23")).isEmpty();
        assertThat(over("2027-02-01")).containsExactly("contract-review-due");
        assertThat(over("2027-06-10")).containsExactly("contract-review-due", "accepted-risk-ends");
        assertThat(over("2027-07-01"))
                .containsExactly("contract-review-due", "accepted-risk-ended");
        assertThat(over("2027-06-30")).contains("accepted-risk-ends");
    }

    private String may(String who, String operation) {
        Can.Answer answer = new Can(shop).may(who, operation);
        return answer.sentence()
                + switch (answer) {
                    case Can.Answer.Yes yes -> " " + yes.because();
                    case Can.Answer.No no -> ": " + no.remedy();
                    case Can.Answer.Unknown unknown -> ": " + unknown.remedy();
                };
    }

    private List<String> see(String data) {
        return new WhoCan(shop)
                .see(data).stream()
                        .map(sight -> sight.kind() + " " + sight.sentence() + " " + sight.line())
                        .toList();
    }

    private List<String> plan(String old, String young) {
        assertThat(Shop.TEXT).contains(old);
        return Difference.between(shop, blueprint(Shop.TEXT.replace(old, young))).stream()
                .map(Change::toString)
                .map(text -> text.substring(0, text.lastIndexOf("  ")))
                .toList();
    }

    private List<String> over(String day) {
        return Deadlines.on(shop.declaration(), LocalDate.parse(day)).stream()
                .map(Problem::rule)
                .toList();
    }

    private static Blueprint blueprint(String text) {
        return switch (Reader.read(Map.of("ringwall.yaml", text), "ringwall.yaml")) {
            case Reading.Read(var read, _)
                    when Blueprint.of(read) instanceof Blueprint.Outcome.Sound(var sound, _) ->
                    sound;
            case Reading.Read(var read, _) ->
                    throw new AssertionError(Blueprint.of(read).problems());
            case Reading.Unreadable(var problems, _) -> throw new AssertionError(problems);
        };
    }
}
