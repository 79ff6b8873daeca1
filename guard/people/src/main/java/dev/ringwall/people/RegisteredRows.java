package dev.ringwall.people;

import dev.ringwall.model.Client;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.Line;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.people.RegisteredClients.Known;
import dev.ringwall.store.Transaction;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Clients that registered themselves, as they lie in the database and as events speak of them.
final class RegisteredRows {

    static final String COLUMNS =
            "SELECT id, kind, method, title, redirects, leaving, scopes, refreshes, secret, keys, access, created, used, expires,"
                    + " subject, told, proves, asks, keys_at FROM registered_client LEFT JOIN registered_choice ON client = id WHERE ";

    private RegisteredRows() {}

    /// What an event says of it.
    static Map<String, String> details(Known known) {
        Map<String, String> details = new TreeMap<>();
        details.put("client", known.id());
        details.put("kind", known.is().kind().word());
        details.put("scopes", String.valueOf(known.is().scopes().size()));
        details.put("redirects", String.valueOf(known.is().redirects().size()));
        return details;
    }

    static void insert(Transaction tx, Known known) throws SQLException {
        ClientWish is = known.is();
        tx.change(
                "INSERT INTO registered_client (id, kind, method, title, redirects, leaving, scopes, refreshes, secret, keys,"
                        + " access, created, used, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                known.id(),
                is.kind().word(),
                is.method(),
                is.title(),
                String.join("\n", is.redirects()),
                String.join("\n", is.leaving()),
                String.join(" ", is.scopes()),
                is.refreshes() ? 1 : 0,
                known.secret(),
                is.keys(),
                known.access(),
                known.created().toEpochMilli(),
                known.used().toEpochMilli(),
                known.expires().toEpochMilli());
        ClientWish.Signing signing = is.signing();
        if (!signing.equals(ClientWish.Signing.USUAL)
                || is.keysAt() != null
                || is.subject() != Client.Subject.PUBLIC) {
            tx.change(
                    "INSERT INTO registered_choice (client, subject, told, proves, asks, keys_at) VALUES (?, ?, ?, ?, ?, ?)",
                    known.id(),
                    is.subject().word(),
                    signing.told().word(),
                    signing.proves(),
                    signing.asks(),
                    is.keysAt() == null ? null : is.keysAt().toString());
        }
    }

    /// Deletes it; false where it was not there, or another token than that one is its registration access token.
    static boolean delete(Transaction tx, Known known) throws SQLException {
        boolean there =
                tx.change(
                                "DELETE FROM registered_client WHERE id = ? AND access = ?",
                                known.id(),
                                known.access())
                        == 1;
        if (there) {
            tx.change("DELETE FROM registered_choice WHERE client = ?", known.id());
        }
        return there;
    }

    private static Client.Subject subject(ResultSet row) throws SQLException {
        return row.getString(15) == null || row.getString(15).equals(Client.Subject.PUBLIC.word())
                ? Client.Subject.PUBLIC
                : Client.Subject.PAIRWISE;
    }

    private static ClientWish.Signing signing(ResultSet row) throws SQLException {
        return row.getString(16) == null
                ? ClientWish.Signing.USUAL
                : new ClientWish.Signing(
                        SigningAlgorithm.of(row.getString(16)).orElse(SigningAlgorithm.ES256),
                        row.getString(17),
                        row.getString(18));
    }

    static Known known(ResultSet row) throws SQLException {
        Client.Kind kind = null;
        for (Client.Kind one : Client.Kind.values()) {
            kind = one.word().equals(row.getString(2)) ? one : kind;
        }
        return new Known(
                row.getString(1),
                new ClientWish(
                        kind == null ? Client.Kind.BROWSER : kind,
                        row.getString(3),
                        row.getString(4),
                        parts(row.getString(5), "\n"),
                        parts(row.getString(6), "\n"),
                        new TreeSet<>(parts(row.getString(7), " ")),
                        row.getInt(8) != 0,
                        subject(row),
                        row.getString(10),
                        row.getString(19) == null ? null : URI.create(row.getString(19)),
                        signing(row)),
                row.getString(9),
                row.getString(11),
                Instant.ofEpochMilli(row.getLong(12)),
                Instant.ofEpochMilli(row.getLong(13)),
                Instant.ofEpochMilli(row.getLong(14)));
    }

    /// As a client of the declaration with these roles would be. People are always asked.
    static Client client(Known known, ClientRegistration says, Map<String, Line> roles) {
        return new Client(
                known.id(),
                known.is().kind(),
                roles,
                lines(known.is().redirects(), says.line()),
                Map.of(),
                says.claims(),
                known.is().proof(),
                Client.Profile.PLAIN,
                known.is().subject(),
                Optional.empty(),
                Client.Consent.ASK,
                new Client.Logout(
                        lines(known.is().leaving(), says.line()),
                        Optional.empty(),
                        Optional.empty()),
                known.is().signing().told(),
                says.line());
    }

    private static Map<String, Line> lines(List<String> texts, Line line) {
        Map<String, Line> lines = new LinkedHashMap<>();
        texts.forEach(text -> lines.put(text, line));
        return lines;
    }

    private static List<String> parts(String text, String between) {
        return text.isEmpty() ? List.of() : List.of(text.split(between, -1));
    }
}
