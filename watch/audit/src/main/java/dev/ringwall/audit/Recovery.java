package dev.ringwall.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Brings a log back to where its last answered append left it, or says why that must not be done.
///
/// The tree before the oldest journal is rebuilt from hash tiles (at most 255 for each level), the rest from the journal; on the way the
/// root is compared with that of the last checkpoint.
sealed interface Recovery {

    /// The log as it was.
    record Recovered(Path folder, FolderLock folderLock, LogWriter writer, Checkpoint checkpoint)
            implements Recovery {}

    /// It must not be written on.
    record Refused(AuditLog.Cause cause, String why) implements Recovery {}

    static Recovery of(Path folder, NoteSigner signer) throws IOException {
        PrivateFiles.createFolders(folder);
        FolderLock folderLock = FolderLock.take(folder);
        if (folderLock == null) {
            return new Refused(
                    AuditLog.Cause.IN_USE,
                    "the audit log in " + folder + " is in use by another process");
        }
        Recovery recovery = locked(folder, folderLock, signer);
        if (recovery instanceof Refused) {
            folderLock.close();
        }
        return recovery;
    }

    private static Recovery locked(Path folder, FolderLock folderLock, NoteSigner signer)
            throws IOException {
        Path journals = folder.resolve(LogWriter.JOURNALS);
        List<Path> files = Journal.in(journals);
        Path checkpointFile = folder.resolve(GrowingTree.CHECKPOINT);
        if (!Files.exists(checkpointFile)) {
            if (!files.isEmpty() || Files.exists(folder.resolve("tile"))) {
                return changed("the audit log in " + folder + " has entries but no checkpoint");
            }
            Checkpoint empty = new Checkpoint(signer.verifier().name(), 0, TreeHash.EMPTY);
            PrivateFiles.replace(checkpointFile, empty.signedBy(signer), true);
        }
        return switch (Checkpoint.open(Files.readAllBytes(checkpointFile), signer.verifier())) {
            case Checkpoint.Opened.Malformed(String why) ->
                    notOurs(checkpointFile + " is no checkpoint: " + why);
            case Checkpoint.Opened.Foreign(List<String> names) ->
                    notOurs(
                            checkpointFile
                                    + " is not signed by this log's key, or was changed after it had been signed (by: "
                                    + String.join(", ", names)
                                    + ")");
            case Checkpoint.Opened.WrongOrigin(String found, String expected) ->
                    notOurs(
                            checkpointFile
                                    + " is of another log: "
                                    + found
                                    + " (expected: "
                                    + expected
                                    + ")");
            case Checkpoint.Opened.Signed(Checkpoint checkpoint) -> {
                if (files.isEmpty() && checkpoint.size() > 0) {
                    yield new Refused(
                            AuditLog.Cause.CUT_OFF,
                            journals
                                    + " is empty, but the checkpoint speaks of "
                                    + checkpoint.size()
                                    + " entries");
                }
                if (files.isEmpty()) {
                    PrivateFiles.createFolders(journals);
                    Journal.create(journals, 0).close();
                    PrivateFiles.sync(folder);
                    files = Journal.in(journals);
                }
                yield new Replay(folder, checkpoint).run(files, folderLock, signer);
            }
        };
    }

    private static Refused changed(String why) {
        return new Refused(AuditLog.Cause.HISTORY_CHANGED, why);
    }

    private static Refused notOurs(String why) {
        return new Refused(AuditLog.Cause.CHECKPOINT_NOT_OURS, why);
    }
}
