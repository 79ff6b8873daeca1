package dev.ringwall.audit;

import java.util.List;

/// Something that is not as the log's key signed it.
public sealed interface Finding {

    /// The finding as a sentence without its full stop.
    String words();

    /// There is no checkpoint.
    record CheckpointMissing() implements Finding {
        @Override
        public String words() {
            return "the checkpoint is missing";
        }
    }

    /// The checkpoint has the wrong form.
    record CheckpointMalformed(String why) implements Finding {
        @Override
        public String words() {
            return "the checkpoint is none: " + why;
        }
    }

    /// The checkpoint is not signed by the log's key, or was changed after it had been signed.
    record CheckpointForeign(List<String> names) implements Finding {
        public CheckpointForeign {
            names = List.copyOf(names);
        }

        @Override
        public String words() {
            return "the checkpoint is not signed by this key, or was changed afterwards (it names: "
                    + String.join(", ", names)
                    + ")";
        }
    }

    /// The checkpoint is signed, but for another log.
    record CheckpointOfAnotherLog(String found, String expected) implements Finding {
        @Override
        public String words() {
            return "the checkpoint is of another log: " + found + " (expected: " + expected + ")";
        }
    }

    /// The checkpoint that somebody kept cannot be held against the log.
    record KeptCheckpointUnusable(String why) implements Finding {
        @Override
        public String words() {
            return "the kept checkpoint cannot be used: " + why;
        }
    }

    /// The log ends earlier than a checkpoint says.
    ///
    /// @param found    how many entries there are
    /// @param promised how many a checkpoint was signed for
    record EntriesCutOff(long found, long promised) implements Finding {
        @Override
        public String words() {
            return "cut off: there are " + found + " entries, but " + promised + " were signed for";
        }
    }

    /// An entry is not the one that was signed for.
    record EntryChanged(long index) implements Finding {
        @Override
        public String words() {
            return "entry " + index + " was changed";
        }
    }

    /// Entries of a bundle cannot be told apart: one of their lengths was changed, or the file was cut.
    ///
    /// @param first the first of them
    record EntriesUnreadable(String file, long first) implements Finding {
        @Override
        public String words() {
            return file + " cannot be read from entry " + first + " on";
        }
    }

    /// A bundle of entries is gone, and later ones are there.
    record BundleMissing(String file, long first, long last) implements Finding {
        @Override
        public String words() {
            return file + " with entries " + first + " to " + last + " is missing";
        }
    }

    /// Entries were taken out, and the others moved up.
    record EntriesDropped(long first, long last) implements Finding {
        @Override
        public String words() {
            return (first == last ? "entry " + first : "entries " + first + " to " + last)
                    + " dropped";
        }
    }

    /// The entries between these two are all there, in another order.
    record EntriesReordered(long first, long last) implements Finding {
        @Override
        public String words() {
            return "entries " + first + " to " + last + " are not in their order";
        }
    }

    /// Entries were put in that were never signed for.
    ///
    /// @param before the place of the first true entry after them
    record EntriesInserted(long before, int count) implements Finding {
        @Override
        public String words() {
            return count
                    + (count == 1 ? " entry was" : " entries were")
                    + " put in before entry "
                    + before;
        }
    }

    /// A hash tile was changed; the entries below it are as they were signed for.
    ///
    /// @param position of the first changed hash in it
    record TileChanged(String file, int position) implements Finding {
        @Override
        public String words() {
            return file + " was changed at hash " + position;
        }
    }

    /// A hash tile is missing, cut off or too long; the entries below it are as they were signed for.
    record TileUnreadable(String file) implements Finding {
        @Override
        public String words() {
            return file + " is missing or not of its size";
        }
    }

    /// An entry and its hash do not fit each other, and neither can be shown to be the one that was signed for.
    record EntryAndTileDisagree(long index) implements Finding {
        @Override
        public String words() {
            return "entry " + index + " and its hash do not fit each other";
        }
    }

    /// Entries and the hash tiles over them were changed together. Which of them is not to be seen from what is left.
    record HistoryRewritten(long first, long last) implements Finding {
        @Override
        public String words() {
            return "between entry "
                    + first
                    + " and entry "
                    + last
                    + " the history was rewritten, with its hash tiles: it is not what was signed for";
        }
    }

    /// The log's key has signed two histories: what the kept checkpoint was signed for is not how this log begins.
    record HistoryForked(long keptSize) implements Finding {
        @Override
        public String words() {
            return "the first "
                    + keptSize
                    + " entries are not those that the kept checkpoint was signed for";
        }
    }
}
