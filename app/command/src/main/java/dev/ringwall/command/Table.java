package dev.ringwall.command;

import dev.ringwall.link.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Rows under headings, as wide as their widest cell; or the same as JSON.
final class Table {

    private Table() {}

    /// Prints the rows, or the value that they were made from.
    static void print(
            Screen screen,
            Format format,
            Object value,
            List<String> headings,
            List<List<String>> rows) {
        if (format == Format.JSON) {
            screen.print(new String(Json.write(value), StandardCharsets.UTF_8));
            return;
        }
        if (rows.isEmpty()) {
            screen.say("none");
            return;
        }
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headings.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        screen.print(screen.faint(line(headings, widths)));
        rows.forEach(row -> screen.print(line(row, widths)));
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = Screen.harmless(cells.get(column));
            line.append(cell).append(" ".repeat(widths[column] - cells.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
