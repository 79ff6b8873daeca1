package dev.ringwall.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One top-level type a file; a public one has a doc comment, before its annotations; and no name that says nothing.
///
/// The formatter puts top-level types, and only them, at the beginning of a line.
final class OneTypePerFile implements FileRule {

    private static final Pattern TYPE =
            Pattern.compile(
                    "^(?:(?:public|final|abstract|sealed|non-sealed|strictfp) )*"
                            + "(?:class|record|interface|enum|@interface) (\\w+).*");

    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(?:Impl|Manager|Helper|Helpers|Util|Utils|Base)");

    @Override
    public List<String> breaches(List<TextFile> files) {
        List<String> breaches = new ArrayList<>();
        for (TextFile file : files) {
            if (file.isJava()
                    && !file.name().equals("package-info.java")
                    && !file.name().equals("module-info.java")) {
                check(file, breaches);
            }
        }
        return List.copyOf(breaches);
    }

    private static void check(TextFile file, List<String> breaches) {
        List<String> types =
                file.lines().stream().filter(line -> TYPE.matcher(line).matches()).toList();
        if (types.size() != 1) {
            breaches.add(
                    "%s: %d top-level types (one to a file)".formatted(file.path(), types.size()));
        }
        for (String type : types) {
            String name = TYPE.matcher(type).replaceFirst("$1");
            if (EMPTY_NAME.matcher(name).matches()) {
                breaches.add(
                        "%s: %s says nothing: name what it is or does"
                                .formatted(file.path(), name));
            }
            if (type.startsWith("public ") && file.isMainJava() && !opensWithDoc(file.lines())) {
                breaches.add(
                        "%s: public %s has no `///` comment before it"
                                .formatted(file.path(), name));
            }
        }
    }

    private static boolean opensWithDoc(List<String> lines) {
        return lines.stream()
                .dropWhile(line ->
                        line.isBlank() || line.startsWith("package ") || line.startsWith("import "))
                .limit(1)
                .allMatch(line -> line.startsWith("///"));
    }
}
