package dev.ringwall.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The hand that writes a log: entries into the journal, then into the tree, now and then a checkpoint. Used by one thread.
final class LogWriter implements AutoCloseable {

    /// The name of the folder of the journals.
    static final String JOURNALS = "journal";

    private final Path journals;
    private final GrowingTree tree;
    private final NoteSigner signer;
    private final RowBuffer rows = new RowBuffer();
    private Journal journal;

    LogWriter(Path folder, GrowingTree tree, Journal journal, NoteSigner signer) {
        this.journals = folder.resolve(JOURNALS);
        this.tree = tree;
        this.journal = journal;
        this.signer = signer;
    }

    GrowingTree tree() {
        return tree;
    }

    /// Returns when the entries are on the disk and in the tree.
    void append(List<byte[]> entries) throws IOException {
        int done = 0;
        while (done < entries.size()) {
            if (tree.size() == journal.first() + Journal.ENTRIES_MAX) {
                rotate();
            }
            List<byte[]> batch =
                    entries.subList(done, done + fitting(entries.subList(done, entries.size())));
            journal.append(tree.size(), batch, rows);
            for (byte[] entry : batch) {
                tree.add(entry);
            }
            done += batch.size();
        }
    }

    Checkpoint sign() throws IOException {
        return tree.sign(signer);
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    /// Begins a new journal. The old ones are deleted when everything in them is in synced tiles and under a signature.
    private void rotate() throws IOException {
        tree.sync();
        tree.sign(signer);
        journal.close();
        journal = Journal.create(journals, tree.size());
        for (Path old : Journal.in(journals)) {
            if (Journal.firstOf(old) < tree.size()) {
                Files.delete(old);
            }
        }
    }

    private int fitting(List<byte[]> entries) {
        long room =
                Math.min(
                        Journal.BATCH_ENTRIES_MAX,
                        journal.first() + Journal.ENTRIES_MAX - tree.size());
        int bytes = 0;
        int count = 0;
        while (count < entries.size() && count < room) {
            bytes += 2 + entries.get(count).length;
            if (bytes > Journal.BATCH_BYTES_MAX) {
                break;
            }
            count++;
        }
        return count;
    }
}
