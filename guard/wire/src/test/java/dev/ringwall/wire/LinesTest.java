package dev.ringwall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Header lines in one array say what the library's own headers would say.
final class LinesTest {

    private static final List<String> NAMES =
            List.of("Host", "host", "Accept", "ACCEPT", "accept", "x-one", "X-Two", "te");

    @Test
    void whateverIsDoneWithThemTheySayWhatTheLibrarysSay() {
        SplittableRandom random = new SplittableRandom(20_261_130);
        for (int run = 0; run < 2_000; run++) {
            HttpHeaders ours = Lines.CHECKING.newHeaders();
            HttpHeaders theirs = new DefaultHttpHeaders();
            for (int step = 0; step < 40; step++) {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                String value = "v" + random.nextInt(5);
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> {
                        ours.add(name, value);
                        theirs.add(name, value);
                    }
                    case 3 -> {
                        ours.set(name, value);
                        theirs.set(name, value);
                    }
                    case 4 -> {
                        ours.remove(name);
                        theirs.remove(name);
                    }
                    default -> {
                        ours.set(name, List.of(value, "w"));
                        theirs.set(name, List.of(value, "w"));
                    }
                }
            }
            for (String name : NAMES) {
                assertThat(ours.getAll(name)).isEqualTo(theirs.getAll(name));
                assertThat(ours.get(name)).isEqualTo(theirs.get(name));
                assertThat(ours.contains(name)).isEqualTo(theirs.contains(name));
                assertThat(ours.contains(name, "V1", true))
                        .isEqualTo(theirs.contains(name, "V1", true));
            }
            assertThat(ours.size()).isEqualTo(theirs.size());
            assertThat(ours.isEmpty()).isEqualTo(theirs.isEmpty());
            assertThat(ours.entries())
                    .containsExactlyInAnyOrderElementsOf(
                            theirs.entries().stream()
                                    .map(line -> Map.entry(line.getKey(), line.getValue()))
                                    .toList());
            assertThat(ours.copy().entries()).isEqualTo(ours.entries());
        }
    }

    @Test
    void aCopyIsOfItsOwn() {
        HttpHeaders lines = Lines.CHECKING.newEmptyHeaders().add("a", "1");
        HttpHeaders copy = lines.copy().add("b", "2");
        lines.clear();

        assertThat(lines.isEmpty()).isTrue();
        assertThat(copy.entries()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    }

    @Test
    void aNameThatIsNoTokenIsRefused() {
        for (String odd : List.of("", "a b", "a:", "a\r\nb", "ä", "a\0")) {
            assertThatIllegalArgumentException()
                    .as(odd)
                    .isThrownBy(() -> Lines.CHECKING.newHeaders().add(odd, "1"));
        }
    }

    @Test
    void aValueThatCouldEndItsLineIsRefused() {
        for (String odd : List.of("a\r\nb: c", "a\nb", "a\0b", "a\u007f")) {
            assertThatIllegalArgumentException()
                    .as(odd)
                    .isThrownBy(() -> Lines.CHECKING.newHeaders().set("a", odd));
        }
    }

    @Test
    void numbersAndTimesAreReadFromThem() {
        HttpHeaders lines =
                Lines.CHECKING
                        .newHeaders()
                        .addInt("n", 17)
                        .add("date", "Mon, 30 Nov 2026 17:25:00 GMT")
                        .add("word", "x");

        assertThat(lines.getInt("n")).isEqualTo(17);
        assertThat(lines.getShort("n", (short) 0)).isEqualTo((short) 17);
        assertThat(lines.getInt("word", 3)).isEqualTo(3);
        assertThat(lines.getInt("none")).isNull();
        assertThat(lines.getTimeMillis("date", 0)).isEqualTo(1_796_059_500_000L);
        assertThat(lines.getTimeMillis("word")).isNull();
    }

    @Test
    void linesAreLeftOutOfACopyAndTakenOutInPlaceByTheirNames() {
        HttpHeaders came =
                Lines.CHECKING.newHeaders().add("host", "a").add("x-one", "1").add("HOST", "b");
        List<Map.Entry<String, String>> left = List.of(Map.entry("x-one", "1"));

        assertThat(Lines.without(came, "host"::contentEquals).entries())
                .containsExactly(Map.entry("x-one", "1"), Map.entry("HOST", "b"));
        assertThat(came.size()).isEqualTo(3);
        assertThat(
                        Lines.without(
                                        new DefaultHttpHeaders().add(came),
                                        name -> name.length() == "host".length())
                                .entries())
                .isEqualTo(left);
        Lines.of(came).removeIf(name -> name.length() == "host".length());
        assertThat(came.entries()).isEqualTo(left);
    }
}
