/// The database: transactions, and the tables that its users hand in.
///
/// The SQL of all rooms is the subset that SQLite and PostgreSQL share, so that where it runs is decided here alone.
///
/// *Start here:* [dev.ringwall.store.Store] is the database, [dev.ringwall.store.Tables] what a room hands in.
@NullMarked
package dev.ringwall.store;

import org.jspecify.annotations.NullMarked;
