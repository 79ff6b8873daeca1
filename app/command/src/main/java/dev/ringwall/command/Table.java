package dev.ringwall.command;

import java.util.List;

/// Rows under headings, as wide as their widest cell.
final class Table {

    private Table() {}

    /// Prints the rows; where there are none, says so to whoever watches and prints nothing.
    static void print(Screen screen, List<String> headings, List<List<String>> rows) {
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
