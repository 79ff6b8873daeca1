package dev.ringwall.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A link from a document to a file of the repository leads somewhere.
final class Links implements FileRule {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)\\s]*)?\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z]+:|//).*");

    @Override
    public List<String> breaches(List<TextFile> files) {
        Set<String> paths = new TreeSet<>();
        for (TextFile file : files) {
            paths.add(file.path());
            for (String folder = file.folder();
                    !folder.isEmpty();
                    folder = TextFile.of(folder, "").folder()) {
                paths.add(folder);
            }
        }
        List<String> breaches = new ArrayList<>();
        for (TextFile file : files) {
            if (file.isMarkdown()) {
                check(file, paths, breaches);
            }
        }
        return List.copyOf(breaches);
    }

    private static void check(TextFile document, Set<String> paths, List<String> breaches) {
        Matcher link = LINK.matcher(document.text());
        while (link.find()) {
            String target = link.group(1);
            if (!ELSEWHERE.matcher(target).matches()
                    && !paths.contains(resolved(document.folder(), target))) {
                breaches.add("%s: leads nowhere: %s".formatted(document.path(), target));
            }
        }
    }

    private static String resolved(String folder, String target) {
        String path = Path.of("/", folder).resolve(target).normalize().toString();
        return path.substring(1);
    }
}
