package dev.ringwall.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The store of a provider, filled to a size. Accounts come in by the product's own command. Rows of tokens and logins are copies of one, made by
/// SQLite's program in a copy of the file while nobody uses it: without a journal, in one go, with all indexes as they are. So each row lands in
/// each index where a real one would, and the file is as a busy system leaves it. What is broken off in between leaves the store as it was.
final class AccountStore {

    /// Rows between two signs of life.
    private static final int ROWS_AT_ONCE = 50_000;

    private static final long LOOK_EVERY_MILLIS = 1_000;

    /// Rows that are alive stay so for as long as a filled store is likely to be used.
    private static final Duration ALIVE = Duration.ofDays(30);

    private final Path home;
    private final OwnProvider own;
    private final InstantSource clock;

    AccountStore(Path home, OwnProvider own, InstantSource clock) {
        this.home = home;
        this.own = own;
        this.clock = clock;
    }

    /// Takes in what is lacking of so many accounts, tokens that are alive (half of them of logins), and those whose time is up.
    void fill(int accounts, int tokens, int over) throws IOException, InterruptedException {
        long people = own.asked("SELECT count(*) FROM account WHERE name_key LIKE 'person%'");
        if (people < accounts) {
            long began = System.nanoTime();
            Bench.say("taking in " + (accounts - people) + " accounts, by `ringwall user import`");
            own.takeIn(people(accounts));
            Bench.say("that took " + seconds(began) + " s");
        }
        long now = clock.millis();
        long alive = own.asked("SELECT count(*) FROM token_family WHERE expires > " + now);
        long gone = own.asked("SELECT count(*) FROM token_family") - alive;
        own.whileStopped(database -> {
            if (Files.exists(Path.of(database + "-wal"))) {
                throw new IOException("the control plane did not close its store in time");
            }
            Path copy = home.resolve("filling.db");
            Files.copy(database, copy, StandardCopyOption.REPLACE_EXISTING);
            Fill fill = new Fill(home, copy, accounts);
            fill.rows("over", over - gone, now - Duration.ofHours(2).toMillis());
            fill.rows("alive", tokens - alive, now + ALIVE.toMillis());
            Files.move(copy, database, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private Path people(int accounts) throws IOException {
        Path file = home.resolve("people.csv");
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            lines.write("name,roles\n");
            for (int i = 0; i < accounts; i++) {
                lines.write("person" + i + ",reader\n");
            }
        }
        return file;
    }

    private static long seconds(long began) {
        return (System.nanoTime() - began) / 1_000_000_000L;
    }

    /// Rows into one file.
    private record Fill(Path home, Path database, int accounts) {

        private static final String BEGIN =
                """
                PRAGMA locking_mode = EXCLUSIVE;
                PRAGMA journal_mode = OFF;
                PRAGMA synchronous = OFF;
                PRAGMA cache_size = -4000000;
                CREATE TEMP TABLE machine AS SELECT * FROM token_family WHERE account IS NULL AND access IS NOT NULL LIMIT 1;
                CREATE TEMP TABLE person AS SELECT * FROM token_family
                  WHERE account IS NOT NULL AND access IS NOT NULL AND sid IN (SELECT sid FROM login_session) LIMIT 1;
                CREATE TEMP TABLE login AS SELECT login_method.methods, login_place.address, login_place.agent, login_session.created
                  FROM person JOIN login_method USING (sid) JOIN login_place USING (sid) JOIN login_session USING (sid);
                CREATE TEMP TABLE fresh (sid TEXT, account TEXT, expires INTEGER);
                BEGIN;
                """;

        private static final String ROWS =
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ROWS)
                INSERT INTO token_family (id, version, client, access, expires, body)
                  SELECT lower(hex(randomblob(18))), version, client, lower(hex(randomblob(32))), EXPIRES + i, body FROM n, machine;
                DELETE FROM fresh;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ROWS)
                INSERT INTO fresh SELECT hex(randomblob(13)),
                  (SELECT id FROM account WHERE rowid = 1 + abs(random() % ACCOUNTS + i - i)), EXPIRES + i FROM n;
                INSERT INTO token_family (id, version, client, account, sid, code, access, refresh, expires, body)
                  SELECT lower(hex(randomblob(18))), version, client, fresh.account, fresh.sid, lower(hex(randomblob(32))),
                         lower(hex(randomblob(32))), CASE WHEN refresh IS NULL THEN NULL ELSE lower(hex(randomblob(32))) END,
                         fresh.expires, body
                  FROM fresh, person;
                INSERT INTO login_session (hash, sid, account, created, expires)
                  SELECT lower(hex(randomblob(32))), fresh.sid, fresh.account, created, fresh.expires FROM fresh, login;
                INSERT INTO login_method (sid, methods, expires) SELECT sid, methods, expires FROM fresh, login;
                INSERT INTO login_place (sid, address, agent, expires) SELECT sid, address, agent, expires FROM fresh, login;
                INSERT INTO login_client (sid, client, account, expires)
                  SELECT fresh.sid, client, fresh.account, fresh.expires FROM fresh, person;
                """;

        void rows(String what, long rows, long expires) throws IOException, InterruptedException {
            if (rows <= 0) {
                return;
            }
            long parts = Math.ceilDiv(rows, ROWS_AT_ONCE);
            StringBuilder sql = new StringBuilder(BEGIN);
            for (long part = 1; part <= parts; part++) {
                long pairs = (Math.min(rows, part * ROWS_AT_ONCE) - (part - 1) * ROWS_AT_ONCE) / 2;
                sql.append(
                        ROWS.replace("ROWS", Long.toString(Math.max(1, pairs)))
                                .replace("ACCOUNTS", Integer.toString(Math.max(1, accounts)))
                                .replace("EXPIRES", Long.toString(expires + part * ROWS_AT_ONCE)));
                // What goes to a file of its own is there at once.
                sql.append(".once ").append(progress()).append("\nSELECT ").append(part + ";\n");
            }
            sql.append("COMMIT;\n");
            Files.deleteIfExists(progress());
            Path script = Files.writeString(home.resolve("fill.sql"), sql);
            Bench.say("making " + rows + " rows of tokens, " + what + ", with their logins");
            try (Program sqlite =
                    Program.start(
                            home,
                            "sqlite3",
                            List.of(
                                    "sqlite3",
                                    "-batch",
                                    "-bail",
                                    database.toString(),
                                    ".read " + script))) {
                await(sqlite, parts);
            }
        }

        private Path progress() {
            return home.resolve("progress.txt");
        }

        private void await(Program sqlite, long parts) throws IOException, InterruptedException {
            long began = System.nanoTime();
            long said = 0;
            while (sqlite.runs()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
                String text = Files.exists(progress()) ? Files.readString(progress()).strip() : "";
                long done = text.isEmpty() ? 0 : Long.parseLong(text);
                if (done > said) {
                    said = done;
                    long left = seconds(began) * (parts - done) / done;
                    Bench.say("  " + 100 * done / parts + " %, some " + left + " s are left");
                }
            }
            if (!sqlite.endedWell()) {
                throw new IOException("the store was not filled: " + sqlite.printed());
            }
            Bench.say("that took " + seconds(began) + " s");
        }
    }
}
