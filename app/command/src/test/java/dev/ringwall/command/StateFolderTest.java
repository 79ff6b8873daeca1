package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir private Path folder;

    private Path elsewhere;
    private Path project;

    @BeforeEach
    void folders() throws IOException {
        elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        project = Files.createDirectories(folder.resolve("project"));
    }

    @Test
    void theNearestFolderFromHereUpwardsIsMeant() throws IOException {
        StateFolder mine = started(project);
        Path below = Files.createDirectories(project.resolve("src/main"));

        assertThat(StateFolder.find(below, Optional.of(started(elsewhere)))).isEqualTo(mine);
    }

    @Test
    void whereThereIsNoneTheSystemThatWasStartedLastIsMeant() throws IOException {
        StateFolder last = started(elsewhere);

        assertThat(StateFolder.find(project, Optional.of(last))).isEqualTo(last);
        assertThatThrownBy(() -> StateFolder.find(project, Optional.empty()))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("ringwall up");
    }

    @Test
    void besideADeclarationNoOtherSystemIsMeant() throws IOException {
        Path declaration = Files.createFile(project.resolve("ringwall.yaml"));
        StateFolder last = started(elsewhere);

        assertThatThrownBy(() -> StateFolder.find(project, Optional.of(last)))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(declaration.toString())
                .hasMessageContaining("was not started here");

        last.declaration(declaration);
        assertThat(StateFolder.find(project, Optional.of(last))).isEqualTo(last);
    }

    private static StateFolder started(Path where) throws IOException {
        StateFolder state = new StateFolder(where.resolve(".ringwall"));
        Files.createDirectories(state.operator());
        return state;
    }
}
