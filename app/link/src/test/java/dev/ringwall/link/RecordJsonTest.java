package dev.ringwall.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    private static final Instant AT = Instant.parse("2026-11-30T20:15:30.25Z");

    private static final List<Record> MESSAGES =
            List.of(
                    new Messages.Join("t\"o\\k\u0001en", Map.of("gateway", "-----BEGIN\n")),
                    new Messages.Joined(Map.of()),
                    new Messages.Renew("söüß\ud83d\ude00", ""),
                    new Messages.Renewed("chain"),
                    new Messages.News(null, "signed"),
                    new Messages.News(null, null),
                    new Messages.Ack(Long.MAX_VALUE),
                    new Messages.Endpoints(Map.of("items", "127.0.0.1:1")),
                    new Messages.Leave(),
                    new Messages.Left(List.of("items", "orders")),
                    new Messages.Noted(List.of()),
                    new Messages.Report(
                            List.of("gateway"), 1, -2, 0, 4, Map.of("door", AT), List.of("p")),
                    new Messages.Secrets(3, Map.of("stripe", "s")),
                    new Messages.Door(
                            7,
                            new Messages.KeyPair("chain", "key"),
                            Map.of("host", new Messages.KeyPair("c", "k")),
                            null),
                    new Messages.Refusal("not-known", "why"),
                    new Bundle(
                            2,
                            "shop",
                            AT,
                            "ringwall.yaml",
                            Map.of("ringwall.yaml", "a: b\n"),
                            "https://localhost",
                            "shop",
                            "{\"keys\":[]}",
                            Map.of("items", List.of("127.0.0.1:1", "127.0.0.1:2"))),
                    new Roster(
                            4,
                            "shop",
                            AT,
                            List.of(
                                    new Roster.Key("id", "00", "reader", List.of(), null),
                                    new Roster.Key("di", "ff", "reader", List.of("::/0"), AT)),
                            List.of(new Roster.Revocation("jti", "x", AT))),
                    new NodePlaces(Map.of("items", new NodePlaces.Service("a:1", null, Map.of()))));

    @Test
    void whatItWritesIsWhatJsonWrites() {
        for (Record message : MESSAGES) {
            assertThat(RecordJson.write(message))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(new String(Json.write(message), StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (Record message : MESSAGES) {
            assertThat(RecordJson.read(Json.write(message), message.getClass()))
                    .isEqualTo(new Json.Parsed.Value<>(message));
        }
    }

    @Test
    void keysMayComeInAnyOrderAndAKeyThatMayBeNullMayBeMissing() {
        assertThat(read("{\"detail\":\"d\", \"reason\":\"r\"}", Messages.Refusal.class))
                .isEqualTo(new Json.Parsed.Value<>(new Messages.Refusal("r", "d")));
        assertThat(read("{}", Messages.News.class))
                .isEqualTo(new Json.Parsed.Value<>(new Messages.News(null, null)));
    }

    @Test
    void whatIsNotTheRecordsFormIsMalformed() {
        for (String ack :
                List.of(
                        "",
                        "null",
                        "7",
                        "[]",
                        "\"\"",
                        "{",
                        "{}",
                        "{\"sequence\":null}",
                        "{\"sequence\":\"7\"}",
                        "{\"sequence\":7.5}",
                        "{\"sequence\":9223372036854775808}",
                        "{\"sequence\":[7]}",
                        "{\"sequence\":7,\"sequence\":7}",
                        "{\"sequence\":7,\"more\":1}",
                        "{\"sequence\":7}{}",
                        "{\"sequence\":7} x")) {
            assertMalformed(ack, Messages.Ack.class);
        }
        for (String left :
                List.of(
                        "{}",
                        "{\"services\":null}",
                        "{\"services\":\"items\"}",
                        "{\"services\":[1]}",
                        "{\"services\":[null]}",
                        "{\"services\":[[\"items\"]]}",
                        "{\"services\":{\"items\":1}}")) {
            assertMalformed(left, Messages.Left.class);
        }
        for (String secrets :
                List.of(
                        "{\"number\":1,\"values\":[]}",
                        "{\"number\":1,\"values\":{\"a\":null}}",
                        "{\"number\":1,\"values\":{\"a\":\"1\",\"a\":\"2\"}}")) {
            assertMalformed(secrets, Messages.Secrets.class);
        }
        assertMalformed(
                "{\"kind\":\"jti\",\"value\":\"x\",\"until\":\"tomorrow\"}",
                Roster.Revocation.class);
        assertMalformed(
                "{\"kind\":\"jti\",\"value\":\"x\",\"until\":1764533730}", Roster.Revocation.class);
    }

    @Test
    void whatIsMalformedSaysOfWhatAndWhy() {
        assertThat(read("{\"sequence\":7,\"more\":1}", Messages.Ack.class))
                .isEqualTo(new Json.Parsed.Malformed<>("Ack: unknown key more"));
    }

    private static void assertMalformed(String text, Class<?> type) {
        assertThat(read(text, type)).as(text).isInstanceOf(Json.Parsed.Malformed.class);
    }

    private static <T> Json.Parsed<T> read(String text, Class<T> type) {
        return RecordJson.read(text.getBytes(StandardCharsets.UTF_8), type);
    }
}
