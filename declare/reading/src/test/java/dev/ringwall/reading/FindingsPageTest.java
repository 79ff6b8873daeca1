package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/findings.md` explains every rule that the code has, and no other.
class FindingsPageTest {

    private static final Pattern IN_CODE =
            Pattern.compile(
                    "(?:error|warning|note|risk|unexpected|stop|refused|missing|new Problem|bad)\\(\\s*(?:start,\\s*|alias,\\s*|node,\\s*|event,\\s*)?\"([a-z]+(?:-[a-z0-9]+)*)\"");

    private static final Pattern ON_PAGE = Pattern.compile("<a id=\"([a-z0-9-]+)\">");

    @Test
    void thePageExplainsEveryRule() throws IOException {
        Set<String> inCode = new TreeSet<>();
        for (String folder : new String[] {"src/main/java", "../model/src/main/java"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    collect(IN_CODE, Files.readString(file), inCode);
                }
            }
        }
        Set<String> onPage = new TreeSet<>();
        collect(ON_PAGE, Files.readString(Path.of("../../docs/reference/findings.md")), onPage);

        assertThat(onPage).containsAll(inCode).hasSizeGreaterThan(60);
        for (String table : new String[] {"unreadable.txt", "contradictory.txt"}) {
            for (Golden.Case bad : Golden.cases(table)) {
                for (String problem : bad.problems()) {
                    Matcher rule =
                            Pattern.compile("(?:error|warning|note)\\[([a-z0-9-]+)\\]")
                                    .matcher(problem);
                    assertThat(!rule.find() || onPage.contains(rule.group(1))).as(problem).isTrue();
                }
            }
        }
    }

    private static void collect(Pattern pattern, String text, Set<String> into) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            into.add(matcher.group(1));
        }
    }
}
