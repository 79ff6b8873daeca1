package dev.ringwall.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.SecurityEvent.CallDecided;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WrittenCallTest {

    /// Numbers that it recognises have fewer digits.
    private static final long LARGE = 1_000_000_000_000_000_000L;

    /// What JSON is made of, and what numbers and times are.
    private static final String PIECES = "\"\\{}[],:.0123456789-+TZeE \n\ttrueabc\u007f\u0000";

    @Test
    void aCallAsItIsWrittenIsRecognised() {
        Seeds.each(
                2_000,
                random -> {
                    CallDecided call = plainCall(random);

                    assertThat(EventJson.nodeOfWritten(EventJson.write(call)))
                            .contains(call.header().node());
                });
    }

    @Test
    void itAgreesWithTheReaderAboutWhateverIsWritten() {
        Seeds.each(1_000, random -> agree(EventJson.write(EventJsonTest.any(random))));
    }

    @Test
    void itAgreesWithTheReaderAboutCallsThatWereChanged() {
        Seeds.each(
                500,
                random -> {
                    byte[] call = EventJson.write(plainCall(random));
                    for (int i = 0; i < 30; i++) {
                        agree(changed(call, random));
                    }
                });
    }

    @Test
    void itAgreesWithTheReaderWhenAnyByteIsMissingTwiceOrAnother() {
        byte[] call = EventJson.write(plainCall(Seeds.source(5)));
        for (int at = 0; at < call.length; at++) {
            agree(spliced(call, at, at + 1, new byte[0]));
            agree(spliced(call, at, at, new byte[] {call[at]}));
            for (int other = 0; other < 256; other++) {
                agree(spliced(call, at, at + 1, new byte[] {(byte) other}));
            }
            assertThat(EventJson.nodeOfWritten(spliced(call, at, call.length, new byte[0])))
                    .isEmpty();
        }
    }

    @Test
    void whatIsNotWrittenSoIsLeftToTheReader() {
        String good = text(EventJson.write(plainCall(Seeds.source(7))));
        left(good, "{\"kind\"", "{ \"kind\"");
        left(good, "{\"kind\"", "{\"planet\":\"Mars\",\"kind\"");
        left(good, "\"status\":", "\"status\":0");
        left(good, "\"status\":", "\"status\":-");
        left(good, "\"times\":", "\"times\":0");
        left(good, "\"hop\":\"", "\"hop\":\"\\u0041");
        left(good, "\"hop\":\"", "\"hop\":\"\u00fc");
        left(good, "\"at\":\"", "\"at\":\"+");
        left(good, "\"kind\":\"call\"", "\"kind\":\"cull\"");
        left(good, "\"kind\":", "\"kind\": ");
        assertThat(EventJson.nodeOfWritten(bytes(good))).isPresent();
        assertThat(EventJson.nodeOfWritten(bytes(good + " "))).isEmpty();
        assertThat(EventJson.nodeOfWritten(bytes(good + good))).isEmpty();
        assertThat(EventJson.nodeOfWritten(new byte[0])).isEmpty();
    }

    @Test
    void timesThatNoCalendarHasAreLeftToTheReader() {
        for (String at :
                List.of(
                        "2026-02-29T10:00:00Z",
                        "2026-13-01T10:00:00Z",
                        "2026-04-31T10:00:00Z",
                        "2026-00-10T10:00:00Z",
                        "2026-01-00T10:00:00Z",
                        "2026-01-01T24:00:00Z",
                        "2026-01-01T10:60:00Z",
                        "2026-12-31T23:59:60Z",
                        "2026-01-01T10:00:00.000Z",
                        "2026-01-01T10:00:00.120000Z",
                        "2026-01-01T10:00:00.12Z",
                        "2026-01-01T10:00:00.Z",
                        "2026-01-01T10:00Z",
                        "2026-01-01T10:00:00+00:00",
                        "2026-01-01t10:00:00Z")) {
            byte[] call = dated(at);

            assertThat(EventJson.nodeOfWritten(call)).as(at).isEmpty();
            agree(call);
        }
        for (String at :
                List.of(
                        "2024-02-29T10:00:00Z",
                        "2000-02-29T00:00:00.001Z",
                        "0000-01-01T23:59:59.000001Z",
                        "9999-12-31T23:59:59.999999Z")) {
            assertThat(EventJson.nodeOfWritten(dated(at))).as(at).isPresent();
            agree(dated(at));
        }
    }

    @Test
    void aCallThatIsTooLargeIsLeftToTheReader() {
        CallDecided call = plainCall(Seeds.source(9));
        String good = text(EventJson.write(call));
        String large =
                good.replace(
                        "\"hop\":\"",
                        "\"hop\":\"" + "x".repeat(EventJson.EVENT_BYTES_MAX - good.length()));

        assertThat(EventJson.nodeOfWritten(bytes(large))).isPresent();
        assertThat(EventJson.nodeOfWritten(bytes(large.replace("\"hop\":\"", "\"hop\":\"x"))))
                .isEmpty();
    }

    /// It is recognised exactly where the reader reads a call, writing it gives the same bytes, and no text in it needs escaping; and the node
    /// is the one that the reader reads.
    private static void agree(byte[] bytes) {
        Optional<String> read =
                EventJson.read(bytes)
                                        instanceof
                                        EventJson.Parsed.Event(SecurityEvent.CallDecided call)
                                && isPlain(bytes, call)
                        ? Optional.of(call.header().node())
                        : Optional.empty();
        assertThat(EventJson.nodeOfWritten(bytes)).as(text(bytes)).isEqualTo(read);
    }

    private static boolean isPlain(byte[] bytes, CallDecided call) {
        Instant at = call.header().at();
        for (byte letter : bytes) {
            if (letter < ' ' || letter == 0x7f || letter == '\\') {
                return false;
            }
        }
        return Arrays.equals(bytes, EventJson.write(call))
                && !text(bytes).contains("\"rings\":[")
                && at.equals(at.truncatedTo(ChronoUnit.MICROS))
                && at.toString().charAt(4) == '-'
                && call.status() >= 0
                && call.times() < LARGE
                && call.rings().stream()
                        .allMatch(step -> step.micros() >= 0 && step.micros() < LARGE);
    }

    private static byte[] changed(byte[] call, RandomGenerator random) {
        byte[] changed = call;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int from = random.nextInt(changed.length);
            int to = Math.min(changed.length, from + random.nextInt(3));
            byte[] put = new byte[random.nextInt(3)];
            for (int j = 0; j < put.length; j++) {
                put[j] = (byte) PIECES.charAt(random.nextInt(PIECES.length()));
            }
            if (random.nextInt(4) == 0) { // a piece of it once more
                int piece = random.nextInt(changed.length);
                put =
                        Arrays.copyOfRange(
                                changed,
                                piece,
                                Math.min(changed.length, piece + random.nextInt(40)));
            }
            changed = spliced(changed, from, to, put);
        }
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] put) {
        byte[] spliced = new byte[bytes.length - (to - from) + put.length];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(put, 0, spliced, from, put.length);
        System.arraycopy(bytes, to, spliced, from + put.length, bytes.length - to);
        return spliced;
    }

    private static void left(String good, String part, String other) {
        byte[] bytes =
                bytes(good.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(other)));
        assertThat(EventJson.nodeOfWritten(bytes)).as(other).isEmpty();
    }

    private static byte[] dated(String at) {
        return bytes(
                text(EventJson.write(plainCall(Seeds.source(3))))
                        .replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"" + at + "\""));
    }

    /// A call as nodes record them, of letters that stand for themselves.
    private static CallDecided plainCall(RandomGenerator random) {
        List<Ring> rings = new ArrayList<>(List.of(Ring.values()));
        if (random.nextInt(3) == 0) {
            Collections.shuffle(rings, Random.from(random));
        }
        int count = random.nextInt(rings.size() + 1);
        boolean stopped = random.nextBoolean();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(
                    new Step(
                            rings.get(i),
                            !stopped || i < count - 1,
                            random.nextInt(99_999),
                            random.nextInt(3) == 0 ? word(random) : ""));
        }
        return new CallDecided(
                new Header(
                        word(random),
                        Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L), nanos(random)),
                        word(random),
                        word(random),
                        maybe(random),
                        maybe(random)),
                word(random),
                maybe(random),
                word(random),
                new Actor(
                        one(random, Actor.Kind.values()),
                        word(random),
                        words(random),
                        word(random)),
                maybe(random),
                random.nextBoolean() ? Optional.of(one(random, Reason.values())) : Optional.empty(),
                words(random).stream()
                        .map(file -> new Line(file, 1 + random.nextInt(99), 1 + random.nextInt(9)))
                        .toList(),
                steps,
                random.nextInt(100, 600),
                one(random, DataType.Sensitivity.values()),
                random.nextLong(1, random.nextBoolean() ? 9 : LARGE));
    }

    private static int nanos(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000) * 1_000_000;
            default -> random.nextInt(1_000_000) * 1_000;
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

    private static String word(RandomGenerator random) {
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            word.append("aZ09 -_./:>,{}[]'".charAt(random.nextInt(17)));
        }
        return word.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
