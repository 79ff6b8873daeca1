package dev.ringwall.audit;

import java.io.IOException;

/// The index has not read everything yet that is in the log, and did not catch up while it was waited for. To ask again helps, unless
/// the index cannot be written; then the log of the process says so.
public final class IndexBehind extends IOException {

    private static final long serialVersionUID = 1L;

    IndexBehind(long read, long entries) {
        super("the index has read " + read + " of " + entries + " entries of the audit log");
    }
}
