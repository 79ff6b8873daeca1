package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir Path folder;

    @Test
    void aFileIsReplacedAndItsOwnersAlone() throws IOException {
        Path file = folder.resolve("tile");
        for (byte[] bytes : List.of(new byte[] {1, 2, 3}, new byte[] {4})) {
            PrivateFiles.replace(file, bytes, true);

            assertThat(file).hasBinaryContent(bytes);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatACrashHasLeftHalfWrittenIsInNobodysWay() throws IOException {
        Path half = Files.write(folder.resolve("tile.new"), new byte[] {1, 2, 3});

        PrivateFiles.replace(folder.resolve("tile"), new byte[] {7}, false);

        assertThat(folder.resolve("tile")).hasBinaryContent(new byte[] {7});
        assertThat(half).doesNotExist();
    }

    @Test
    void aFileThatCannotBeBroughtToTheDiskIsNotPassedOver() throws IOException {
        Path there = Files.createFile(folder.resolve("there"));
        PrivateFiles.syncAll(List.of(there));
        PrivateFiles.syncAll(List.of());

        assertThatThrownBy(
                        () -> PrivateFiles.syncAll(List.of(there, folder.resolve("lost"), there)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lost");
    }
}
