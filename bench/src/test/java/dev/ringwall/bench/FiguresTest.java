package dev.ringwall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is made of the rounds.
class FiguresTest {

    @Test
    void mediansAreComparedWithThoseOfTheFirstFigureByFigure() {
        Figures figures = new Figures();
        for (double value : new double[] {30, 10, 20}) {
            figures.add("token", "CPU µs", "ours", value);
            figures.add("tokens", "per second", "ours", 5);
            figures.add("token", "CPU µs", "theirs", value * 4);
        }

        assertThat(figures.text())
                .isEqualTo(
                        """
                        token, CPU µs
                          ours                            20.00   10.00 to 30.00   first / this 1.00
                          theirs                          80.00   40.00 to 120.00   first / this 0.25
                        tokens, per second
                          ours                             5.00   5.00 to 5.00   first / this 1.00
                        """);
        assertThat(figures.json())
                .contains(
                        "{\"figure\": \"token\", \"unit\": \"CPU µs\", \"of\": \"theirs\", \"rounds\": 3, \"median\": 80.000,"
                                + " \"least\": 40.000, \"most\": 120.000, \"firstBesideThis\": 0.250}");
    }
}
