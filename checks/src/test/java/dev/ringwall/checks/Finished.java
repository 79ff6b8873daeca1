package dev.ringwall.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Nothing is left for later in the files, and no test is switched off: what is unfinished is an issue, not a note in the code.
final class Finished implements FileRule {

    // Written apart, or this file would be the first breach.
    private static final Pattern LEFT_FOR_LATER =
            Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled\\b");

    @Override
    public List<String> breaches(List<TextFile> files) {
        List<String> breaches = new ArrayList<>();
        for (TextFile file : files) {
            for (int i = 0; i < file.lines().size(); i++) {
                if (LEFT_FOR_LATER.matcher(file.lines().get(i)).find()) {
                    breaches.add(
                            "%s:%d: left for later: %s"
                                    .formatted(file.path(), i + 1, file.lines().get(i).strip()));
                }
            }
        }
        return List.copyOf(breaches);
    }
}
