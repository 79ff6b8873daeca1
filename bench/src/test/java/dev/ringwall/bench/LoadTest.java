package dev.ringwall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final String PRINTED =
            """
            Running 10s test @ https://localhost:8443/
              1 threads and 32 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.91ms    0.87ms  21.03ms   88.01%
                Req/Sec    17.03k     1.02k   19.10k    70.00%
              Latency Distribution
                 50%  840.00us
                 75%    2.05ms
                 90%    2.60ms
                 99%    4.76ms
              169466 requests in 10.00s, 208.63MB read
            Requests/sec:  16943.72
            Transfer/sec:     20.86MB
            """;

    @Test
    void whatWrkPrintsIsRead() throws IOException {
        assertThat(Load.parse(PRINTED)).isEqualTo(new Load(169_466, 16_943.72, 840, 4_760, 0));
    }

    @Test
    void failuresAreCounted() throws IOException {
        Load load =
                Load.parse(
                        PRINTED
                                + "  Socket errors: connect 1, read 2, write 3, timeout 4\n"
                                + "  Non-2xx or 3xx responses: 90\n");
        assertThat(load.failures()).isEqualTo(100);
    }

    @Test
    void anythingElseIsNotTakenForAResult() {
        assertThatThrownBy(() -> Load.parse("unable to connect"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unable to connect");
    }

    @Test
    void theTimeOfAProcessIsReadWhateverItsNameIs() {
        assertThat(Cpu.parse("7 (a ) b) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0"))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aPeerIsShownBesideNginxByItsMedian() {
        Peer nginx = new Peer("nginx", "nothing", "", Optional.empty(), 1);
        Peer ours = new Peer("ringwall", "all", "", Optional.empty(), 2);
        Load load = new Load(100, 10, 1, 2, 0);
        Table table =
                Table.of(
                        List.of(
                                new Round(ours, load, 90),
                                new Round(nginx, load, 20),
                                new Round(ours, load, 30),
                                new Round(nginx, load, 10),
                                new Round(ours, load, 20),
                                new Round(nginx, load, 15)));
        assertThat(table.rows().getFirst().ratio()).isEqualTo(2);
        assertThat(table.rows().getFirst().most()).isEqualTo(90);
        assertThat(table.text()).contains("ringwall", "20.0 to 90.0", "2.00");
        assertThat(table.json()).contains("\"ratioToNginx\": 2.000");
    }
}
