package dev.ringwall.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// An append-only log on disk whose entries are the leaves of a Merkle tree (RFC 9162 §2.1), laid out as C2SP tlog-tiles, with
/// checkpoints as C2SP signed notes. Any thread may append and read.
///
/// Appends of many threads are written and synced together; an append is answered when its entry is on the disk and in the tree. A
/// checkpoint is signed when the log has grown, at most once in `checkpointEvery`, and when the log is closed.
///
/// Killed at any moment, the log opens with every entry that was answered for. Opening recomputes the root over the newest entries and the
/// tiles before them, and refuses a history that the last checkpoint does not know. It does not read old entries: that is what
/// [LogVerifier] is for. Memory does not grow with the log.
public final class AuditLog implements AutoCloseable {

    /// The largest entry.
    public static final int ENTRY_BYTES_MAX = 17 * 1024;

    /// How many bytes may wait to be written; what comes on top is lost, and told so.
    public static final long WAITING_BYTES_MAX = 64L * 1024 * 1024;

    /// How often a growing log is signed, unless told otherwise.
    public static final Duration CHECKPOINT_EVERY_DEFAULT = Duration.ofSeconds(1);

    private final Path folder;
    private final VerifierKey verifier;
    private final FolderLock folderLock;
    private final Committer committer;

    /// What became of the wish to open a log.
    public sealed interface Opening {
        /// It is open.
        record Opened(AuditLog log) implements Opening {}

        /// It must not be written on; the words are for whoever runs the system.
        record Refused(Cause cause, String why) implements Opening {}
    }

    /// Why a log is not opened.
    public enum Cause {
        /// Another process writes it.
        IN_USE,
        /// Its checkpoint is not signed by this key for this log.
        CHECKPOINT_NOT_OURS,
        /// It ends before its checkpoint does.
        CUT_OFF,
        /// It holds something else than what its checkpoint was signed for.
        HISTORY_CHANGED,
        /// Parts of it are missing or cannot be read.
        DAMAGED
    }

    /// What became of an entry.
    public sealed interface Appended {
        /// It is on the disk and in the tree, and this is its place; of several entries, the first one's.
        record At(long index) implements Appended {}

        /// It is not in the log.
        record Lost(String why) implements Appended {}
    }

    private AuditLog(
            Path folder, VerifierKey verifier, FolderLock folderLock, Committer committer) {
        this.folder = folder;
        this.verifier = verifier;
        this.folderLock = folderLock;
        this.committer = committer;
    }

    /// Opens the log in that folder, making it where there is none.
    ///
    /// @throws IOException when the disk fails
    public static Opening open(
            Path folder, NoteSigner signer, Duration checkpointEvery, InstantSource clock)
            throws IOException {
        return switch (Recovery.of(folder, signer)) {
            case Recovery.Refused(Cause cause, String why) -> new Opening.Refused(cause, why);
            case Recovery.Recovered recovered -> {
                Committer committer =
                        new Committer(
                                recovered.writer(), recovered.checkpoint(), checkpointEvery, clock);
                committer.start();
                yield new Opening.Opened(
                        new AuditLog(folder, signer.verifier(), recovered.folderLock(), committer));
            }
        };
    }

    /// Appends one entry. The stage never completes exceptionally.
    public CompletionStage<Appended> append(byte[] entry) {
        return appendAll(List.of(entry));
    }

    /// Appends entries side by side. They are answered for together; a crash before that may have kept the first few of them.
    public CompletionStage<Appended> appendAll(List<byte[]> entries) {
        long bytes = 0;
        for (byte[] entry : entries) {
            if (entry.length > ENTRY_BYTES_MAX) {
                return Committer.lost(
                        "an entry has "
                                + entry.length
                                + " bytes (expected: at most "
                                + ENTRY_BYTES_MAX
                                + ")");
            }
            bytes += entry.length;
        }
        return committer.append(List.copyOf(entries), bytes);
    }

    /// How many entries are in the tree.
    public long size() {
        return committer.visible().size();
    }

    /// The last signed checkpoint; it may be a little behind [#size].
    public Checkpoint checkpoint() {
        return committer.checkpoint();
    }

    /// What outsiders check this log with.
    public VerifierKey verifier() {
        return verifier;
    }

    /// Consecutive entries from that index on: never more than the rest of a bundle, at least one if there is one.
    ///
    /// @throws IOException when the disk fails
    public List<byte[]> read(long index) throws IOException {
        Committer.Visible now = committer.visible();
        long bundle = index / TilePath.WIDTH;
        int skip = (int) (index % TilePath.WIDTH);
        if (index >= now.size()) {
            return List.of();
        }
        List<byte[]> entries =
                bundle == now.size() / TilePath.WIDTH
                        ? now.tail()
                        : Bundle.entries(
                                Files.readAllBytes(
                                        TilePath.entries(folder, bundle, TilePath.WIDTH)),
                                0);
        if (entries.size() <= skip) {
            throw new IOException("entry " + index + " is missing from its bundle");
        }
        return entries.subList(skip, entries.size());
    }

    /// Tells of consecutive entries from that index on as [#read] gives them, but where they lie: good until the next call with that memory.
    ///
    /// @throws IOException when the disk fails
    void tell(long index, BundleFile memory, Bundle.Told told) throws IOException {
        Committer.Visible now = committer.visible();
        long bundle = index / TilePath.WIDTH;
        int skip = (int) (index % TilePath.WIDTH);
        if (index >= now.size() || bundle == now.size() / TilePath.WIDTH) {
            read(index).forEach(entry -> told.entry(entry, 0, entry.length));
            return;
        }
        int[] passed = {0};
        memory.read(
                TilePath.entries(folder, bundle, TilePath.WIDTH),
                (bytes, from, to) -> {
                    if (passed[0]++ >= skip) {
                        told.entry(bytes, from, to);
                    }
                });
        if (passed[0] <= skip) {
            throw new IOException("entry " + index + " is missing from its bundle");
        }
    }

    /// Completes when there are more than that many entries, or the log is closed or broken.
    public CompletionStage<Void> grownBeyond(long size) {
        return committer.grownBeyond(size);
    }

    /// Whether nothing will be appended any more: it is closed or broken.
    boolean ended() {
        return committer.ended();
    }

    /// Writes what waits, signs a last checkpoint, and lets go of the folder.
    @Override
    public void close() throws IOException {
        if (committer.close()) {
            folderLock.close();
        }
    }
}
