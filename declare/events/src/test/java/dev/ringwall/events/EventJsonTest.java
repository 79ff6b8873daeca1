package dev.ringwall.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    static final Header HEADER =
            new Header(
                    "01J9ZZZZZZZZZZZZZZZZZZZZZZ",
                    Instant.parse("2026-11-23T10:00:00.123456Z"),
                    "shop",
                    "gateway",
                    Optional.of("01J9YYYYYYYYYYYYYYYYYYYYYY"),
                    Optional.of("0af7651916cd43dd8448eb211c80319c"));
    private static final Actor ANA =
            new Actor(Actor.Kind.PERSON, "ana", List.of("shopper"), "192.0.2.1");

    @Test
    void aCallIsWrittenInOneForm() {
        assertThat(text(refusal()))
                .isEqualTo(
                        "{\"kind\":\"call\",\"id\":\"01J9ZZZZZZZZZZZZZZZZZZZZZZ\",\"at\":\"2026-11-23T10:00:00.123456Z\","
                                + "\"system\":\"shop\",\"node\":\"gateway\",\"request\":\"01J9YYYYYYYYYYYYYYYYYYYYYY\","
                                + "\"trace\":\"0af7651916cd43dd8448eb211c80319c\",\"hop\":\"gateway\",\"operation\":\"orders.ship\","
                                + "\"method\":\"POST\",\"who\":{\"kind\":\"person\",\"id\":\"ana\",\"roles\":[\"shopper\"],"
                                + "\"address\":\"192.0.2.1\"},\"reason\":\"not-allowed\",\"because\":[{\"file\":\"ringwall.yaml\","
                                + "\"line\":33,\"column\":7}],\"rings\":{\"route\":30,\"authorise\":55},"
                                + "\"stoppedBy\":\"authorise\",\"notes\":{\"authorise\":\"for warehouse\"},"
                                + "\"status\":403,\"sensitivity\":\"internal\",\"times\":1}");
    }

    @Test
    void anActIsWrittenInOneForm() {
        SecurityEvent act =
                new SecurityEvent.Administered(
                        new Header(
                                HEADER.id(),
                                HEADER.at(),
                                "shop",
                                "control",
                                Optional.empty(),
                                Optional.empty()),
                        AdminAct.KEY_CREATED,
                        Actor.system(),
                        "key7",
                        Map.of("role", "warehouse", "by", "ana"));
        assertThat(text(act))
                .isEqualTo(
                        "{\"kind\":\"administration\",\"id\":\"01J9ZZZZZZZZZZZZZZZZZZZZZZ\","
                                + "\"at\":\"2026-11-23T10:00:00.123456Z\",\"system\":\"shop\",\"node\":\"control\","
                                + "\"act\":\"key-created\",\"who\":{\"kind\":\"system\",\"id\":\"ringwall\",\"roles\":[],"
                                + "\"address\":\"-\"},\"subject\":\"key7\",\"details\":{\"by\":\"ana\",\"role\":\"warehouse\"}}");
    }

    @Test
    void everyEventIsReadAsItWasWritten() {
        Seeds.each(
                300,
                random -> {
                    SecurityEvent event = any(random);
                    byte[] bytes = EventJson.write(event);

                    assertThat(EventJson.read(bytes)).isEqualTo(new EventJson.Parsed.Event(event));
                    assertThat(EventJson.write(event)).isEqualTo(bytes);
                    assertThat(bytes).doesNotContain('\n');
                });
    }

    @Test
    void whatIsNoEventIsRefusedWithWords() {
        String good = text(refusal());
        isNone("", "the event is not an object");
        isNone("[]", "the event is not an object");
        isNone("{}", "id is missing");
        isNone("nonsense", "Unrecognized token");
        isNone(good.substring(0, good.length() - 1), "Unexpected end-of-input");
        isNone(good + "{}", "something follows");
        isNone(good.replace("\"call\"", "\"cull\""), "kind cull");
        isNone(good.replace("{\"kind\"", "{\"kind\":\"call\",\"kind\""), "Duplicate");
        isNone(good.replace("\"because\":[", "\"because\":[],\"because\":["), "duplicate");
        isNone(good.replace("not-allowed", "not-nice"), "reason not-nice is not known");
        isNone(good.replace("2026-11-23T", "yesterday "), "could not be parsed");
        isNone(good.replace("\"line\":33", "\"line\":\"33\""), "line is not a whole number");
        isNone(good.replace("\"line\":33", "\"line\":33.5"), "line is not a whole number");
        isNone(good.replace("\"line\":33", "\"line\":5000000000"), "overflow");
        isNone(good.replace("\"line\":33", "\"line\":0"), "count from 1");
        isNone(good.replace("\"rings\":{", "\"rings\":[17],\"r\":{"), "a ring is not an object");
        isNone(good.replace("\"rings\":{", "\"rings\":{\"route\":1,"), "duplicate key route");
        isNone(good.replace("\"rings\":{", "\"rings\":{\"moat\":1,"), "ring moat is not known");
        isNone(good.replace("\"notes\":{", "\"notes\":{\"moat\":\"x\","), "moat is not known");
        isNone(good.replace("stoppedBy\":\"authorise", "stoppedBy\":\"route"), "not the last ring");
        isNone(good.replace("\"times\":1", "\"times\":0"), "times 0");
        isNone(good.replace("\"status\":403,", ""), "status is missing");
        isNone(good.replace("[\"shopper\"]", "[17]"), "a role is not a string");
    }

    private static void isNone(String text, String why) {
        assertThat(EventJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .as(text)
                .isInstanceOfSatisfying(
                        EventJson.Parsed.Malformed.class,
                        malformed -> assertThat(malformed.why()).containsIgnoringCase(why));
    }

    @Test
    void ringsAreReadAsTheListThatTheyWereAtFirst() {
        String older =
                text(refusal())
                        .replaceFirst(
                                "\"rings\":.*,\"status\"",
                                "\"rings\":[{\"ring\":\"route\",\"passed\":true,\"micros\":30},"
                                        + "{\"ring\":\"authorise\",\"passed\":false,\"micros\":55,\"note\":\"for warehouse\"}],"
                                        + "\"status\"");
        assertThat(EventJson.read(older.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new EventJson.Parsed.Event(refusal()));
    }

    @Test
    void aKeyThatIsNotKnownYetIsPassedOver() {
        byte[] newer =
                text(refusal())
                        .replace("{\"kind\"", "{\"planet\":\"Mars\",\"kind\"")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(EventJson.read(newer)).isEqualTo(new EventJson.Parsed.Event(refusal()));
    }

    @Test
    void anEventThatIsTooLargeIsNotRead() {
        byte[] large = new byte[EventJson.EVENT_BYTES_MAX + 1];
        assertThat(EventJson.read(large))
                .isEqualTo(new EventJson.Parsed.Malformed("16385 bytes (expected: at most 16384)"));
    }

    @Test
    void anyFlippedBitGivesAnotherEventOrNone() {
        byte[] bytes = EventJson.write(refusal());
        for (int at = 0; at < bytes.length; at++) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            assertThat(EventJson.read(flipped))
                    .as("byte %d", at)
                    .isNotEqualTo(new EventJson.Parsed.Event(refusal()))
                    .isNotNull();
        }
    }

    @Test
    void useOfPersonalDataIsFirmerThanTheRest() {
        assertThat(refusal().firmness()).isEqualTo(SecurityEvent.Firmness.SPOOLED);
        assertThat(call(Optional.empty(), DataType.Sensitivity.PERSONAL, 1).firmness())
                .isEqualTo(SecurityEvent.Firmness.SYNCED);
        assertThat(call(Optional.empty(), DataType.Sensitivity.INTERNAL, 1).firmness())
                .isEqualTo(SecurityEvent.Firmness.SPOOLED);
    }

    @Test
    void anEventStandsForAtLeastOne() {
        assertThatThrownBy(() -> call(Optional.empty(), DataType.Sensitivity.PUBLIC, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SecurityEvent.CallDecided refusal() {
        return call(Optional.of(Reason.NOT_ALLOWED), DataType.Sensitivity.INTERNAL, 1);
    }

    private static SecurityEvent.CallDecided call(
            Optional<Reason> reason, DataType.Sensitivity sensitivity, long times) {
        return new SecurityEvent.CallDecided(
                HEADER,
                "gateway",
                Optional.of("orders.ship"),
                "POST",
                ANA,
                Optional.empty(),
                reason,
                List.of(new Line("ringwall.yaml", 33, 7)),
                List.of(
                        new Step(Ring.ROUTE, true, 30, ""),
                        new Step(Ring.AUTHORISE, false, 55, "for warehouse")),
                reason.map(Reason::status).orElse(200),
                sensitivity,
                times);
    }

    static SecurityEvent any(RandomGenerator random) {
        Header header =
                new Header(
                        word(random),
                        Instant.ofEpochSecond(
                                random.nextLong(0, 4_000_000_000L),
                                random.nextInt(1_000_000) * 1_000L),
                        word(random),
                        word(random),
                        maybe(random),
                        maybe(random));
        Actor who =
                new Actor(
                        one(random, Actor.Kind.values()),
                        word(random),
                        words(random),
                        word(random));
        return switch (random.nextInt(4)) {
            case 0 ->
                    new SecurityEvent.CallDecided(
                            header,
                            word(random),
                            maybe(random),
                            word(random),
                            who,
                            maybe(random),
                            random.nextBoolean()
                                    ? Optional.of(one(random, Reason.values()))
                                    : Optional.empty(),
                            words(random).stream()
                                    .map(file -> new Line(file, 1 + random.nextInt(99), 1))
                                    .toList(),
                            words(random).stream()
                                    .map(note ->
                                            new Step(
                                                    one(random, Ring.values()),
                                                    random.nextBoolean(),
                                                    random.nextInt(9_999),
                                                    note))
                                    .toList(),
                            random.nextInt(100, 600),
                            one(random, DataType.Sensitivity.values()),
                            random.nextLong(1, Long.MAX_VALUE));
            case 1 ->
                    new SecurityEvent.IdentityActed(
                            header, one(random, IdentityAct.values()), who, map(random));
            case 2 ->
                    new SecurityEvent.Administered(
                            header, one(random, AdminAct.values()), who, word(random), map(random));
            default ->
                    new SecurityEvent.AttackPlayed(
                            header, word(random), random.nextBoolean(), word(random));
        };
    }

    private static <T> T one(RandomGenerator random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Optional<String> maybe(RandomGenerator random) {
        return random.nextBoolean() ? Optional.of(word(random)) : Optional.empty();
    }

    private static List<String> words(RandomGenerator random) {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            words.add(word(random));
        }
        return words;
    }

    private static Map<String, String> map(RandomGenerator random) {
        Map<String, String> map = new TreeMap<>();
        words(random).forEach(word -> map.put(word, word(random)));
        return map;
    }

    /// Also what needs escaping, and what is not ASCII.
    private static String word(RandomGenerator random) {
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            word.appendCodePoint(
                    one(
                            random,
                            new Integer[] {
                                (int) 'a', (int) 'Z', (int) '"', (int) '\\', 10, 0, 0x20ac, 0x1f6e1
                            }));
        }
        return word.toString();
    }

    static String text(SecurityEvent event) {
        return new String(EventJson.write(event), StandardCharsets.UTF_8);
    }
}
