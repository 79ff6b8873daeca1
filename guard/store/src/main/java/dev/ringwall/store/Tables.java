package dev.ringwall.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The tables of one room. Times are milliseconds since 1970; secrets stand there as hashes.
public interface Tables {

    /// What makes them where they are not there. Each may be run any number of times.
    List<String> statements();

    /// Which rows are about one person: whatever names an account is here. Rows that lead to others stand before those.
    default List<Personal> personal() {
        return List.of();
    }

    /// Forgets rows that are over and says how many they were: where there may be many, by [Transaction#forget], which takes some and is
    /// asked again.
    int forget(Transaction tx, Instant now) throws SQLException;
}
