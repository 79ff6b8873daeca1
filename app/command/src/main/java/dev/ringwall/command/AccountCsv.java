package dev.ringwall.command;

import dev.ringwall.link.Administering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads accounts from CSV (RFC 4180) whose first line names the columns: `name`, and any of `roles` (several with spaces), `password_hash`,
/// `disabled`. A field does not go over several lines.
final class AccountCsv {

    private static final Set<String> COLUMNS = Set.of("name", "roles", "password_hash", "disabled");

    private final List<String> columns;

    /// @throws Unusable when the first line does not name the columns
    AccountCsv(String firstLine) {
        this.columns = fields(firstLine.strip());
        boolean known = COLUMNS.containsAll(columns) && columns.contains("name");
        if (!known || Set.copyOf(columns).size() != columns.size()) {
            throw new Unusable(
                    "line 1: the columns are "
                            + columns
                            + " (expected: name, and any of roles, password_hash, disabled)");
        }
    }

    AccountLine.Read read(String line, List<String> given) {
        try {
            List<String> fields = fields(line.strip());
            if (fields.size() != columns.size()) {
                return new AccountLine.Read.Bad(
                        fields.size() + " fields (expected: " + columns.size() + ")");
            }
            Map<String, String> said = new HashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                said.put(columns.get(i), fields.get(i));
            }
            String hash = said.getOrDefault("password_hash", "");
            return new AccountLine.Read.Account(
                    new Administering.Newcomer(
                            said.getOrDefault("name", ""),
                            roles(said.getOrDefault("roles", ""), given),
                            hash.isEmpty() ? null : hash,
                            disabled(said.getOrDefault("disabled", ""))));
        } catch (IllegalArgumentException bad) {
            return new AccountLine.Read.Bad(String.valueOf(bad.getMessage()));
        }
    }

    private static List<String> roles(String words, List<String> given) {
        List<String> roles = new ArrayList<>(given);
        for (String role : words.split(" ", -1)) {
            if (!role.isEmpty() && !roles.contains(role)) {
                roles.add(role);
            }
        }
        return List.copyOf(roles);
    }

    private static boolean disabled(String text) {
        return switch (text) {
            case "", "false" -> false;
            case "true" -> true;
            default ->
                    throw new IllegalArgumentException(
                            "`disabled` is " + text + " (expected: true, false or nothing)");
        };
    }

    /// The fields of one line; what stands in quotation marks may have commas, and two of them mean one.
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (quoted && c == '"') {
                quoted = false;
            } else if (!quoted && c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (!quoted && c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quotation mark that does not end on its line");
        }
        fields.add(field.toString());
        return fields;
    }
}
