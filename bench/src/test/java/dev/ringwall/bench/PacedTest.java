package dev.ringwall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PacedTest {

    private static String line(int micros) {
        return "1764400000000000\t200\t" + micros;
    }

    @Test
    void ofAllCallsTheMiddleAndTheSlowestHundredthAreTold() throws IOException {
        Paced.Times times =
                Paced.times(IntStream.rangeClosed(1, 1_000).mapToObj(PacedTest::line), 10);
        assertThat(times).isEqualTo(new Paced.Times(1_000, 100, 501, 991));
    }

    @Test
    void oneFailedCallMakesTheRoundVoid() {
        assertThatThrownBy(() -> Paced.times(Stream.of(line(100), "1764400000000000\t503\t100"), 1))
                .isInstanceOf(IOException.class)
                .hasMessage("1 of 2 calls failed, so they say nothing");
        assertThatThrownBy(() -> Paced.times(Stream.of(), 1)).isInstanceOf(IOException.class);
    }

    @Test
    void ofSeveralRoundsTheMiddleOneCounts() {
        Paced.Times quick = new Paced.Times(10, 1, 100, 900);
        Paced.Times slow = new Paced.Times(10, 3, 300, 700);
        Paced.Times between = new Paced.Times(10, 2, 200, 800);
        assertThat(Paced.Times.median(List.of(quick, slow, between)))
                .isEqualTo(new Paced.Times(30, 2, 200, 800));
    }
}
