package dev.ringwall.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `./ringwall` gives a node and a control plane, in a [SmallHouse].
class LauncherOfNodesTest extends SmallHouse {

    @Test
    void aNodeAndAControlPlaneRunWithACacheOfTheirOwn() throws Exception {
        Answer node = ringwall("node", "gateway");
        assertThat(node.err()).contains("a fast start of control planes and nodes");
        assertThat(node.out())
                .endsWith("dev.ringwall.command.Main node gateway\n")
                .containsPattern("-XX:AOTCache=[^ ]*/node-");
        Answer control = ringwall("control", "some file");
        assertThat(control.err()).isEmpty();
        assertThat(control.out()).containsPattern("-XX:AOTCache=[^ ]*/control-");
    }

    @Test
    void aNodeHasTheJarsThatItNeedsAndKnowsWhereAllAre() throws Exception {
        String node = ringwall("node", "gateway").out().lines().toList().getLast();
        assertThat(node)
                .containsPattern("-Dringwall.lib=[^ ]*/lib ")
                .containsPattern("-cp [^ ]*/node/AmazonCorrettoCryptoProvider-2-[^ :]*.jar:")
                .containsPattern("-cp [^ ]*/node/a-1.jar:[^ ]*/ringwall-command-1.jar:")
                .contains("/node/ringwall-node-1.jar")
                .doesNotContain("b-1.jar", "ringwall-control", "/lib/a-1.jar");
        assertThat(ringwall("control", "some file").out())
                .contains("/lib/a-1.jar", "/lib/b-1.jar", "/lib/ringwall-control-1.jar")
                .doesNotContain("ringwall.lib");
    }

    @Test
    void whatANodeLearnsIsItsClassesAndNothingOfItsMethods() throws Exception {
        ringwall("node", "gateway");
        List<String> runs = Files.readAllLines(house.resolve("runs"));
        assertThat(runs)
                .filteredOn(run -> run.contains("-XX:AOTCacheOutput=") && run.contains("Main node"))
                .singleElement()
                .asString()
                .contains("-XX:-AOTRecordTraining");
        assertThat(runs)
                .filteredOn(run -> !run.contains("Main node") || !run.contains("AOTCacheOutput"))
                .isNotEmpty()
                .noneMatch(run -> run.contains("AOTRecordTraining"));
    }

    @Test
    void whatANodeLearnsFromHasADocumentOfOpenApi() throws Exception {
        ringwall("node", "gateway");
        assertThat(house.resolve("ringwall.yaml")).content().contains("openapi: items.yaml");
        assertThat(house.resolve("items.yaml"))
                .content()
                .contains("in: path", "in: query", "requestBody", "responses", "$ref", "pattern");
    }

    @Test
    void theRoomOfANodesYoungObjectsGrowsInSmallStepsWhereTheJvmKnowsThem() throws Exception {
        assertThat(ringwall("node", "gateway").out())
                .contains("-XX:+UseParallelGC", "-XX:MaxNewSize=48m")
                .doesNotContain("YoungGenerationSize");
        Path older = aJdk("jdk-25", "25.0.3");
        Map<String, String> with = Map.of("JAVA_HOME", older.toString());
        assertThat(answer(start(with, "node", "gateway"), "node").out())
                .contains("-XX:YoungGenerationSizeIncrement=10", "-XX:MaxNewSize=48m");
        assertThat(answer(start(with, "control", "file"), "control").out())
                .contains("jdk-25 ran")
                .doesNotContain("YoungGenerationSize");
    }

    @Test
    void whereASmallSystemDoesNotStartANodeRunsWithoutACache() throws Exception {
        Files.writeString(house.resolve("silent"), "");
        Answer node = ringwall("node", "gateway");
        assertThat(node.err()).contains("no AOT cache");
        assertThat(node.out())
                .endsWith("dev.ringwall.command.Main node gateway\n")
                .doesNotContain("AOTCache");
    }
}
