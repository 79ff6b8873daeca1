package dev.ringwall.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The rules about files can fail: bad samples, and good ones beside them.
class FileRulesTest {

    private static final String LONG_FILE = "a/src/main/java/a/Long.java";

    private static TextFile longFile(int lines) {
        return TextFile.of(LONG_FILE, "\n".repeat(lines));
    }

    @Test
    void aFileOfThreeHundredLinesPassesAndOneMoreDoesNot() {
        FileRule rule = new FileLength(Map.of());
        assertThat(rule.breaches(List.of(longFile(300)))).isEmpty();
        assertThat(rule.breaches(List.of(longFile(301))))
                .singleElement()
                .asString()
                .contains(LONG_FILE, "301");
    }

    @Test
    void anExceptionForALongFileOnlyShrinks() {
        FileRule rule = new FileLength(Map.of(LONG_FILE, 400));
        assertThat(rule.breaches(List.of(longFile(400)))).isEmpty();
        assertThat(rule.breaches(List.of(longFile(401))))
                .singleElement()
                .asString()
                .contains("401");
        assertThat(rule.breaches(List.of(longFile(350))))
                .singleElement()
                .asString()
                .contains("lower it to 350");
        assertThat(rule.breaches(List.of(longFile(10))))
                .singleElement()
                .asString()
                .contains("remove it");
        assertThat(rule.breaches(List.of())).singleElement().asString().contains("remove it");
    }

    @Test
    void aPackageOpensWithWhereToStart() {
        FileRule rule = new PackageOpening();
        String folder = "a/src/main/java/a/";
        TextFile type = TextFile.of(folder + "A.java", "package a;");
        String opening = folder + "package-info.java";
        assertThat(rule.breaches(List.of(type)))
                .singleElement()
                .asString()
                .contains("no package-info");
        assertThat(rule.breaches(List.of(type, TextFile.of(opening, "package a;"))))
                .singleElement()
                .asString()
                .contains("///");
        assertThat(
                        rule.breaches(
                                List.of(
                                        type,
                                        TextFile.of(opening, "/// A.\n@NullMarked\npackage a;"))))
                .singleElement()
                .asString()
                .contains("Start here");
        assertThat(
                        rule.breaches(
                                List.of(
                                        TextFile.of(
                                                opening, "/// A. *Start here:* [A]\npackage a;"))))
                .singleElement()
                .asString()
                .contains("@NullMarked");
        assertThat(
                        rule.breaches(
                                List.of(
                                        type,
                                        TextFile.of(
                                                opening,
                                                "/// A. *Start here:* [A]\n@NullMarked\npackage a;"))))
                .isEmpty();
    }

    @Test
    void aFileHoldsOneTopLevelType() {
        FileRule rule = new OneTypePerFile();
        String path = "a/src/main/java/a/A.java";
        assertThat(rule.breaches(List.of(TextFile.of(path, "record A() {\n    record B() {}\n}"))))
                .isEmpty();
        assertThat(rule.breaches(List.of(TextFile.of(path, "record A() {}\n\nfinal class B {}"))))
                .singleElement()
                .asString()
                .contains(path, "2 top-level types");
    }

    @Test
    void aPublicTypeSaysWhatItMeans() {
        FileRule rule = new OneTypePerFile();
        String path = "a/src/main/java/a/A.java";
        String good =
                "package a;\n\nimport b.B;\n\n/// What it means.\n@B(\n        one = 1)\npublic sealed interface A {}";
        assertThat(rule.breaches(List.of(TextFile.of(path, good)))).isEmpty();
        assertThat(
                        rule.breaches(
                                List.of(
                                        TextFile.of(
                                                path, good.replace("/// What it means.\n", "")))))
                .singleElement()
                .asString()
                .contains("public A has no `///`");
        assertThat(rule.breaches(List.of(TextFile.of(path, "package a;\n\nfinal class A {}"))))
                .isEmpty();
    }

    @Test
    void aNameSaysSomething() {
        FileRule rule = new OneTypePerFile();
        assertThat(
                        rule.breaches(
                                List.of(
                                        TextFile.of(
                                                "a/KeyManager.java", "final class KeyManager {}"))))
                .singleElement()
                .asString()
                .contains("KeyManager says nothing");
        assertThat(rule.breaches(List.of(TextFile.of("a/KeyRing.java", "final class KeyRing {}"))))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        FileRule rule = new Finished();
        assertThat(rule.breaches(List.of(TextFile.of("a.md", "fine\nTO" + "DO: the rest"))))
                .singleElement()
                .asString()
                .startsWith("a.md:2:");
        assertThat(rule.breaches(List.of(TextFile.of("A.java", "@Dis" + "abled")))).hasSize(1);
        assertThat(rule.breaches(List.of(TextFile.of("a.md", "disabled, todos los santos"))))
                .isEmpty();
    }

    @Test
    void aDocumentShowsWhatIsRun() {
        FileRule rule = new Snippets();
        TextFile source = TextFile.of("shop/ringwall.yaml", "ringwall: 1\nsystem: shop\nroles: {}");
        String page = "Text.\n<!-- from: shop/ringwall.yaml -->\n```yaml\nsystem: shop\n```\n";
        assertThat(rule.breaches(List.of(source, TextFile.of("README.md", page)))).isEmpty();
        assertThat(
                        rule.breaches(
                                List.of(
                                        source,
                                        TextFile.of(
                                                "README.md",
                                                page.replace("system: shop", "system: sho")))))
                .containsExactly("README.md:2: differs from shop/ringwall.yaml");
        assertThat(rule.breaches(List.of(TextFile.of("README.md", page))))
                .containsExactly("README.md:2: there is no shop/ringwall.yaml");
        assertThat(
                        rule.breaches(
                                List.of(
                                        source,
                                        TextFile.of("README.md", page.replace("```", "'''")))))
                .containsExactly("README.md:2: no fenced block follows");
    }

    @Test
    void aLinkLeadsSomewhere() {
        FileRule rule = new Links();
        TextFile words =
                TextFile.of(
                        "docs/reference/words.md",
                        "[up](../../README.md#top) [out](https://example.com/x) [here](#a)");
        TextFile readme =
                TextFile.of(
                        "README.md", "[words](docs/reference/words.md) [folder](docs/reference)");
        assertThat(rule.breaches(List.of(words, readme))).isEmpty();
        assertThat(rule.breaches(List.of(words)))
                .containsExactly("docs/reference/words.md: leads nowhere: ../../README.md");
    }

    @Test
    void everyLibraryHasItsLine() {
        FileRule rule = new DependencyList();
        TextFile pom =
                TextFile.of(
                        "a/pom.xml",
                        """
                        <dependencyManagement>
                          <dependency><groupId>m</groupId><artifactId>managed-only</artifactId></dependency>
                        </dependencyManagement>
                        <dependency>
                          <groupId>dev.ringwall</groupId>
                          <artifactId>ringwall-model</artifactId>
                        </dependency>
                        <dependency>
                          <groupId>b</groupId>
                          <artifactId>b-core</artifactId>
                        </dependency>
                        """);
        TextFile list =
                TextFile.of(
                        DependencyList.LIST,
                        "| artifact | version |\n|---|---|\n| `b-core` | 1.0 | needed, unlike `c` |");
        TextFile versions = TextFile.of("pom.xml", "<b.version>1.0</b.version>");
        assertThat(rule.breaches(List.of(pom, list, versions))).isEmpty();
        assertThat(rule.breaches(List.of(pom)))
                .singleElement()
                .asString()
                .contains("b-core has no line");
        assertThat(rule.breaches(List.of(list, versions)))
                .singleElement()
                .asString()
                .contains("nobody uses b-core");
        assertThat(rule.breaches(List.of(pom, list)))
                .singleElement()
                .asString()
                .contains("no such version");
    }
}
