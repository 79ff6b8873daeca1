package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.link.FreePorts;
import dev.ringwall.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A control plane whose records lie in PostgreSQL, killed and started again.
final class OnPostgresTest {

    @TempDir private Path folder;

    private StateFolder state() {
        return new StateFolder(folder.resolve(".ringwall"));
    }

    private RingwallProcess control(ShopCopy copy, String database) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), Postgres.PASSWORD + "\n");
        RingwallProcess control =
                RingwallProcess.start(
                        folder,
                        "control",
                        copy.declaration().toString(),
                        "--state",
                        state().path().toString(),
                        "--listen",
                        "127.0.0.1:" + FreePorts.next(),
                        "--health",
                        "0",
                        "--database",
                        database,
                        "--database-password",
                        password.toString());
        control.awaitLine("control ");
        return control;
    }

    private ShopUnderTest.Ended ringwall(String... words) {
        String[] whole = java.util.Arrays.copyOf(words, words.length + 2);
        whole[words.length] = "--state";
        whole[words.length + 1] = state().path().toString();
        return ShopUnderTest.run(whole);
    }

    @Test
    void whatTheControlPlaneKnowsLiesInTheDatabaseAndSurvivesItsDeath() throws Exception {
        String database = Postgres.server().fresh();
        try (ShopCopy copy = ShopCopy.in(folder)) {
            try (RingwallProcess control = control(copy, database)) {
                ShopUnderTest.Ended added = ringwall("user", "add", "ana", "--role", "shopper");
                assertThat(added.exitCode()).as(added.err()).isZero();
                control.kill();
            }
            try (RingwallProcess _ = control(copy, database)) {
                assertThat(ringwall("user", "list").out()).contains("ana", "shopper");
            }
        }

        assertThat(Postgres.server().dump(database)).contains("ana", "document_number");
        assertThat(state().control().resolve("identity.db")).doesNotExist();
        assertThat(state().control().resolve("control.db")).doesNotExist();
    }

    @Test
    void aDatabaseThatIsNotThereIsSaidAndNothingStarts() throws Exception {
        try (ShopCopy copy = ShopCopy.in(folder)) {
            Path password = Files.writeString(folder.resolve("password"), "x");

            ShopUnderTest.Ended ended =
                    RingwallProcess.run(
                            folder,
                            "control",
                            copy.declaration().toString(),
                            "--state",
                            state().path().toString(),
                            "--listen",
                            "127.0.0.1:" + FreePorts.next(),
                            "--health",
                            "0",
                            "--database",
                            "postgresql://ringwall@127.0.0.1:1/shop",
                            "--database-password",
                            password.toString());

            assertThat(ended.exitCode()).as(ended.out()).isEqualTo(Exit.UNUSABLE);
            assertThat(ended.out())
                    .contains("database shop of PostgreSQL at 127.0.0.1:1 cannot be used");
        }
    }
}
