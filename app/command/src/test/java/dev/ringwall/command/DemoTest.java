package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demonstration where it cannot run.
class DemoTest {

    private static final int STAND_IN = 18_099;

    @TempDir private Path folder;

    @Test
    void aSecondDemonstrationSaysWhichPortIsTakenAndWhatToDo() throws Exception {
        try (ServerSocket _ = taken();
                RingwallProcess demo =
                        RingwallProcess.startWith(
                                List.of(
                                        "-Dringwall.home="
                                                + Path.of("..", "..").toAbsolutePath().normalize()),
                                folder,
                                "demo",
                                "--smoke")) {
            assertThat(demo.awaitEnd()).isEqualTo(Exit.UNUSABLE);
            assertThat(demo.printed())
                    .contains(
                            "port 18099 is taken",
                            "one demo at a time",
                            "stop the other demo",
                            "sport = :18099")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    /// By this test, or by whoever has it already.
    private static ServerSocket taken() throws IOException {
        try {
            return new ServerSocket(STAND_IN, 1, InetAddress.getLoopbackAddress());
        } catch (BindException already) {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }
    }
}
