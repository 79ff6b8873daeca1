package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringwall doctor` on the real shop, well and not.
final class DoctorTest {

    private static final int FOLLOWS_WITHIN_SECONDS = 60;

    @TempDir Path folder;

    private static ShopUnderTest.Ended doctor(Path declaration, Path state) {
        return ShopUnderTest.run("doctor", declaration.toString(), "--state", state.toString());
    }

    /// A node follows within seconds.
    private static ShopUnderTest.Ended awaitNewest(Path declaration, Path state)
            throws InterruptedException {
        ShopUnderTest.Ended ended = doctor(declaration, state);
        for (int i = 0; i < FOLLOWS_WITHIN_SECONDS && ended.out().contains("the newest is"); i++) {
            Thread.sleep(Duration.ofSeconds(1));
            ended = doctor(declaration, state);
        }
        return ended;
    }

    @Test
    void aSystemThatRunsIsWellAndOneThatWasStoppedIsNot() throws Exception {
        Path state;
        try (ShopUnderTest shop = ShopUnderTest.start(folder, InstantSource.system())) {
            state = shop.state().path();

            ShopUnderTest.Ended well = awaitNewest(shop.state().declaration(), state);

            assertThat(well.out())
                    .contains(
                            "machine", "declaration", "state folder", "audit log", "running system")
                    .contains("√ verified, ", "√ control plane of shop", "has the newest bundle")
                    .contains("certificate of orders")
                    .doesNotContain("×", "‼");
            assertThat(well.exitCode()).as(well.out()).isZero();

            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-x---"));
            ShopUnderTest.Ended open = doctor(shop.state().declaration(), state);

            assertThat(open.exitCode()).isEqualTo(Exit.FINDINGS);
            assertThat(open.out())
                    .contains("× " + state + " is open to others", "chmod 700 " + state);
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        }

        ShopUnderTest.Ended stopped = doctor(folder.resolve("nowhere.yaml"), state);

        assertThat(stopped.exitCode()).isEqualTo(Exit.FINDINGS);
        assertThat(stopped.out())
                .contains("× no answer", "ringwall up", "‼ there is no ", "ringwall init");
    }

    @Test
    void aDeclarationThatDoesNotLoadIsAFailureAndJsonSaysSo() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "ringwall: 1\nsystme: shop\n");

        ShopUnderTest.Ended ended =
                ShopUnderTest.run(
                        "doctor", bad.toString(), "--state", folder.toString(), "-o", "json");

        assertThat(ended.exitCode()).isEqualTo(Exit.FINDINGS);
        assertThat(ended.out())
                .startsWith("{\"worst\":\"failed\"")
                .contains("\"group\":\"declaration\",\"state\":\"failed\"", "does not load");
    }
}
