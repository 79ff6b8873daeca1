package dev.ringwall.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rebuilds a log's tree, from its tiles up to the oldest journal and from the journals after that, and holds it against a checkpoint.
final class Replay {

    private final Path folder;
    private final Checkpoint checkpoint;
    private @Nullable TreeHash rootThen;

    Replay(Path folder, Checkpoint checkpoint) {
        this.folder = folder;
        this.checkpoint = checkpoint;
    }

    /// The log, ready to be written on.
    ///
    /// @param journals oldest first, at least one
    Recovery run(List<Path> journals, FolderLock folderLock, NoteSigner signer) throws IOException {
        long base = Journal.firstOf(journals.getFirst());
        if (base % Journal.ENTRIES_MAX != 0 || base > checkpoint.size()) {
            return refused(
                    AuditLog.Cause.HISTORY_CHANGED,
                    "the checkpoint is for "
                            + checkpoint.size()
                            + " entries, but one for at least "
                            + base
                            + " was signed: an older one was put in its place");
        }
        List<List<TreeHash>> partials = new ArrayList<>();
        for (int level = 0; level < TilePath.LEVELS_MAX; level++) {
            List<TreeHash> hashes = new ArrayList<>();
            long end = TilePath.hashes(base, level);
            for (long index = end - TilePath.partialWidth(base, level); index < end; index++) {
                List<TreeHash> tile = TileFiles.fullHashes(folder, level - 1, index);
                if (tile.isEmpty()) {
                    Path missing = TilePath.hashes(folder, level - 1, index, TilePath.WIDTH);
                    return refused(AuditLog.Cause.DAMAGED, missing + " is missing or cut off");
                }
                hashes.add(TreeHash.over(tile));
            }
            partials.add(hashes);
        }
        // Nothing is written before all of it has been found good: what is refused is evidence.
        RightEdge edge = new RightEdge(base, partials);
        compare(edge);
        Journal.End end = new Journal.End(0, base, Journal.End.Kind.WHOLE);
        for (Path journal : journals) {
            if (Journal.firstOf(journal) != end.next() || end.kind() != Journal.End.Kind.WHOLE) {
                return refused(
                        AuditLog.Cause.DAMAGED,
                        journal
                                + " does not begin where the one before ends, with entry "
                                + end.next());
            }
            end =
                    Journal.replay(
                            journal,
                            entry -> {
                                edge.append(TreeHash.leaf(entry), (_, _, _) -> {});
                                compare(edge);
                            });
        }
        Path newest = journals.getLast();
        boolean tornTooEarly = end.kind() == Journal.End.Kind.TORN && rootThen == null;
        if (end.kind() == Journal.End.Kind.DAMAGED || tornTooEarly) {
            return refused(
                    AuditLog.Cause.DAMAGED,
                    newest
                            + " cannot be read from entry "
                            + end.next()
                            + " on, although later ones were written");
        }
        if (rootThen == null) {
            return refused(
                    AuditLog.Cause.CUT_OFF,
                    "there are "
                            + edge.size()
                            + " entries, but the checkpoint was signed for "
                            + checkpoint.size());
        }
        if (!rootThen.equals(checkpoint.root())) {
            return refused(
                    AuditLog.Cause.HISTORY_CHANGED,
                    "the first "
                            + checkpoint.size()
                            + " entries are not those that the checkpoint was signed for");
        }
        GrowingTree tree = new GrowingTree(folder, new RightEdge(base, partials));
        for (Path journal : journals) {
            Journal.replay(journal, tree::add);
        }
        LogWriter writer =
                new LogWriter(folder, tree, Journal.reopen(newest, end.offset()), signer);
        return new Recovery.Recovered(folder, folderLock, writer, checkpoint);
    }

    private void compare(RightEdge edge) {
        if (edge.size() == checkpoint.size()) {
            rootThen = edge.root();
        }
    }

    private static Recovery refused(AuditLog.Cause cause, String why) {
        return new Recovery.Refused(
                cause, why + "; run `ringwall audit verify` and restore the log from a copy");
    }
}
