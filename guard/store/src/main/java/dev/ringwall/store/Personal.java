package dev.ringwall.store;

import java.util.List;

/// Which rows of a table are about one person, so that they can be shown to that person and erased (GDPR art. 15, 17).
///
/// @param table its name
/// @param rows  the condition that finds them; its one `?` is the id of the account
/// @param shown columns that the person may see: secrets and their hashes are none of them
/// @param times those of them that are milliseconds since 1970
/// @param goes  with the account; not where the end of a login still needs the rows, and takes them away by itself
public record Personal(
        String table, String rows, List<String> shown, List<String> times, boolean goes) {

    public Personal {
        shown = List.copyOf(shown);
        times = List.copyOf(times);
    }

    /// Rows that go with the account.
    public Personal(String table, String rows, List<String> shown, List<String> times) {
        this(table, rows, shown, times, true);
    }
}
