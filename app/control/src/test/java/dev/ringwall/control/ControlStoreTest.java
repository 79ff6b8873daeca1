package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.store.Database;
import dev.ringwall.testkit.Postgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the control plane remembers, on each database.
class ControlStoreTest {

    @TempDir Path folder;

    private Database database(String kind) {
        return kind.equals("file")
                ? new Database.Embedded(folder.resolve("control.db"))
                : Database.Server.at(
                        Postgres.server().fresh(), Database.Password.of(Postgres.PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "server"})
    void whatIsRememberedIsFoundByAnIndex(String kind) {
        Instant now = Instant.ofEpochSecond(1_000);
        try (ControlStore store = ControlStore.open(database(kind))) {
            store.nextNumber("bundle");
            store.addJoinToken(
                    "id", "a".repeat(64), List.of("orders"), now.plusSeconds(60), Optional.empty());
            store.putSecret("stripe", "sealed");

            assertThat(store.nextNumber("bundle")).isEqualTo(2);
            assertThat(
                            Stream.of("b".repeat(64), "a".repeat(64), "a".repeat(64))
                                    .map(secret -> store.useJoinToken("id", secret, now)))
                    .satisfiesExactly(
                            wrong ->
                                    assertThat(wrong)
                                            .isInstanceOf(ControlStore.Admission.Refused.class),
                            right ->
                                    assertThat(right)
                                            .isInstanceOf(ControlStore.Admission.Admitted.class),
                            again ->
                                    assertThat(again)
                                            .isInstanceOf(ControlStore.Admission.Refused.class));
            assertThat(store.secretNames()).containsExactly("stripe");
            assertThat(store.unindexed()).isEmpty();
        }
    }
}
