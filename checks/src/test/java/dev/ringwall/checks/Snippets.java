package dev.ringwall.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a document shows is what is run: a fenced block below `<!-- from: path -->` stands in that file word for word.
final class Snippets implements FileRule {

    private static final Pattern MARK = Pattern.compile("<!-- from: (\\S+) -->");

    @Override
    public List<String> breaches(List<TextFile> files) {
        List<String> breaches = new ArrayList<>();
        for (TextFile file : files) {
            if (file.isMarkdown()) {
                check(file, files, breaches);
            }
        }
        return List.copyOf(breaches);
    }

    private static void check(TextFile document, List<TextFile> files, List<String> breaches) {
        List<String> lines = document.lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher mark = MARK.matcher(lines.get(i).strip());
            if (mark.matches()) {
                String where = "%s:%d".formatted(document.path(), i + 1);
                String source = mark.group(1);
                List<String> block = blockAfter(lines, i);
                files.stream()
                        .filter(file -> file.path().equals(source))
                        .findAny()
                        .ifPresentOrElse(
                                file -> compare(where, file, block, breaches),
                                () -> breaches.add(where + ": there is no " + source));
            }
        }
    }

    private static void compare(
            String where, TextFile source, List<String> block, List<String> breaches) {
        if (block.isEmpty()) {
            breaches.add(where + ": no fenced block follows");
        } else if (!("\n" + source.text() + "\n")
                .contains("\n" + String.join("\n", block) + "\n")) {
            breaches.add("%s: differs from %s".formatted(where, source.path()));
        }
    }

    private static List<String> blockAfter(List<String> lines, int mark) {
        if (mark + 1 >= lines.size() || !lines.get(mark + 1).startsWith("```")) {
            return List.of();
        }
        return lines.stream().skip(mark + 2L).takeWhile(line -> !line.startsWith("```")).toList();
    }
}
