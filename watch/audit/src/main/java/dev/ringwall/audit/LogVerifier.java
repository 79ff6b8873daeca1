package dev.ringwall.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Checks a log from outside: its files and its public key are all it needs, and it only reads.
///
/// The signature makes the checkpoint's root believed; from there it goes down the hash tiles to the leaves, believing a hash only under one
/// that is believed, and holds every entry against its leaf. So everything that the checkpoint was signed for is checked, each tile and
/// each entry once, with memory that does not grow with the log. Entries after the checkpoint are not: nobody has signed for them yet.
///
/// Whoever can sign can rewrite everything. Against that, and against a log that was put back to an earlier state, helps a checkpoint that
/// somebody kept elsewhere: with it, the log must be a continuation of what was signed then.
public final class LogVerifier {

    /// The most findings that are listed.
    public static final int FINDINGS_MAX = 100;

    private final VerifierKey key;

    /// Checks logs of that key.
    public LogVerifier(VerifierKey key) {
        this.key = key;
    }

    /// Checks the log in that folder.
    ///
    /// @param keptCheckpoint a checkpoint of this log that somebody kept, signed
    /// @throws IOException when a file that is there cannot be read
    public Verification verify(Path folder, Optional<byte[]> keptCheckpoint) throws IOException {
        Path file = folder.resolve(GrowingTree.CHECKPOINT);
        if (!Files.isRegularFile(file)) {
            return unsound(new Finding.CheckpointMissing());
        }
        if (Files.size(file) > SignedNote.BYTES_MAX) {
            return unsound(
                    new Finding.CheckpointMalformed(
                            "it is larger than " + SignedNote.BYTES_MAX + " bytes"));
        }
        return switch (Checkpoint.open(Files.readAllBytes(file), key)) {
            case Checkpoint.Opened.Malformed(String why) ->
                    unsound(new Finding.CheckpointMalformed(why));
            case Checkpoint.Opened.Foreign(List<String> names) ->
                    unsound(new Finding.CheckpointForeign(names));
            case Checkpoint.Opened.WrongOrigin(String found, String expected) ->
                    unsound(new Finding.CheckpointOfAnotherLog(found, expected));
            case Checkpoint.Opened.Signed(Checkpoint checkpoint) ->
                    against(folder, checkpoint, keptCheckpoint);
        };
    }

    private Verification against(
            Path folder, Checkpoint checkpoint, Optional<byte[]> keptCheckpoint)
            throws IOException {
        Findings findings = new Findings();
        Optional<Checkpoint> kept = keptCheckpoint.flatMap(bytes -> kept(bytes, findings));
        StoredTree tree = new StoredTree(folder, checkpoint.size());
        if (kept.isPresent() && kept.get().size() > checkpoint.size()) {
            findings.add(new Finding.EntriesCutOff(checkpoint.size(), kept.get().size()));
            kept = Optional.empty();
        }
        walk(tree, checkpoint.root(), kept, findings);
        if (findings.none() && kept.isPresent() && !continues(kept.get(), checkpoint, tree)) {
            findings.add(new Finding.HistoryForked(kept.get().size()));
        }
        return findings.none()
                ? new Verification.Sound(checkpoint, kept)
                : new Verification.Unsound(findings.all());
    }

    private Optional<Checkpoint> kept(byte[] bytes, Findings findings) {
        switch (Checkpoint.open(bytes, key)) {
            case Checkpoint.Opened.Signed(Checkpoint checkpoint) -> {
                return Optional.of(checkpoint);
            }
            case Checkpoint.Opened.Malformed(String why) ->
                    findings.add(new Finding.KeptCheckpointUnusable(why));
            case Checkpoint.Opened.Foreign _ ->
                    findings.add(
                            new Finding.KeptCheckpointUnusable("it is not signed by this key"));
            case Checkpoint.Opened.WrongOrigin(String found, _) ->
                    findings.add(
                            new Finding.KeptCheckpointUnusable("it is of another log: " + found));
        }
        return Optional.empty();
    }

    /// Holds everything that is stored against the root.
    private static void walk(
            StoredTree tree, TreeHash root, Optional<Checkpoint> kept, Findings findings)
            throws IOException {
        Alignment alignment = new Alignment(tree, findings);
        if (tree.size() == 0 || new ProvenTree(tree, findings, alignment).walk(root)) {
            alignment.end();
            return;
        }
        EntriesAlone entries = EntriesAlone.read(tree, kept);
        if (entries.root().equals(root)) {
            entries.nameTiles(tree, findings);
            return;
        }
        if (entries.size() >= tree.size()) {
            findings.add(entries.whereRewritten(tree.size(), kept));
        }
        for (long bundle = 0; bundle < tree.bundles(); bundle++) {
            List<TreeHash> hashes = tree.hashes(0, bundle);
            if (hashes.isEmpty()) {
                alignment.unknown(tree.width(0, bundle));
            } else {
                alignment.leaves(hashes, false);
            }
        }
        alignment.end();
    }

    private static boolean continues(Checkpoint kept, Checkpoint checkpoint, StoredTree tree)
            throws IOException {
        List<TreeHash> proof = Proofs.consistency(kept.size(), checkpoint.size(), tree::node);
        return Proofs.consistent(
                kept.size(), checkpoint.size(), kept.root(), checkpoint.root(), proof);
    }

    private static Verification unsound(Finding finding) {
        return new Verification.Unsound(List.of(finding));
    }
}
