package dev.ringwall.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A closed log of [#SIZE] entries, of which a checkpoint was kept at 600, and the hands of somebody who changes its files.
record StoredLog(Path folder) {

    static final int SIZE = 1_000;

    static StoredLog written(Path folder) throws IOException {
        Logs.written(folder, 600);
        Files.copy(folder.resolve("checkpoint"), folder.resolve("kept"));
        Logs.written(folder, SIZE);
        return new StoredLog(folder);
    }

    Optional<byte[]> kept() throws IOException {
        return Optional.of(Files.readAllBytes(folder.resolve("kept")));
    }

    /// The entries of a bundle.
    List<byte[]> bundle(int index) throws IOException {
        Path file = TilePath.entries(folder, index, Math.min(256, SIZE - index * 256));
        return new ArrayList<>(Bundle.entries(Files.readAllBytes(file), 0));
    }

    /// Puts other entries into a bundle.
    void write(int index, List<byte[]> entries) throws IOException {
        write(index, Math.min(256, SIZE - index * 256), entries);
    }

    void write(int index, int width, List<byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            bytes.write(entry.length >>> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        Files.write(TilePath.entries(folder, index, width), bytes.toByteArray());
    }

    /// Changes an entry of the bundle, and its hash in the tile above.
    void rewrite(int bundle, int at) throws IOException {
        List<byte[]> entries = bundle(bundle);
        entries.get(at)[3] ^= 1;
        write(bundle, entries);
        Path tile = TilePath.hashes(folder, 0, bundle, entries.size());
        byte[] hashes = Files.readAllBytes(tile);
        System.arraycopy(TreeHash.leaf(entries.get(at)).bytes(), 0, hashes, at * 32, 32);
        Files.write(tile, hashes);
    }

    static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    List<Finding> findings(Optional<byte[]> kept) throws IOException {
        return findings(folder, kept);
    }

    static List<Finding> findings(Path log, Optional<byte[]> kept) throws IOException {
        return switch (verify(log, kept)) {
            case Verification.Sound _ -> List.of();
            case Verification.Unsound(List<Finding> findings) -> findings;
        };
    }

    static Verification verify(Path log, Optional<byte[]> kept) throws IOException {
        return new LogVerifier(Logs.SIGNER.verifier()).verify(log, kept);
    }
}
