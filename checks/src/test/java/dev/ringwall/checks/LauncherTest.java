package dev.ringwall.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./ringwall` itself, in a small house of its own where Maven and the JDK are scripts that write down what they are asked.
class LauncherTest {

    private static final long SECONDS_MAX = 60;

    @TempDir Path folder;

    private Path house;
    private Path jdk;

    @BeforeEach
    void aSmallHouse() throws IOException {
        house = Files.createDirectories(folder.resolve("house"));
        Files.copy(Repository.here().root().resolve("ringwall"), house.resolve("ringwall"));
        script(house.resolve("ringwall"), Files.readString(house.resolve("ringwall")));
        script(
                house.resolve("mvnw"),
                """
                #!/usr/bin/env bash
                echo "$*" >>asked
                sleep 0.3
                echo '[INFO] Building ringwall-model 0.1.0      [2/16]'
                [[ ! -e broken ]] || { echo '[ERROR] Model.java:[1,1] not a statement'; echo '[ERROR] -> [Help 1]'; exit 1; }
                mkdir -p app/command/target/ringwall/lib
                for jar in a AmazonCorrettoCryptoProvider-2-linux-{aarch_64,x86_64}; do
                  echo jar >app/command/target/ringwall/lib/$jar.jar
                done
                """);
        for (String room :
                List.of(
                        "declare/model/src/main/java",
                        "guard",
                        "watch",
                        "prove",
                        "app",
                        "testkit",
                        "bench",
                        "examples",
                        ".mvn")) {
            Files.createDirectories(house.resolve(room));
        }
        Files.createDirectories(house.resolve("app/command"));
        Files.copy(
                Repository.here().root().resolve("app/command/train.sh"),
                house.resolve("app/command/train.sh"));
        Files.createDirectories(house.resolve("checks"));
        Files.copy(
                Repository.here().root().resolve("checks/launch.sh"),
                house.resolve("checks/launch.sh"));
        Files.writeString(house.resolve("pom.xml"), "<project/>");
        Files.writeString(
                house.resolve("declare/model/src/main/java/Model.java"), "class Model {}");
        jdk = aJdk("jdk-26", "26.0.1");
    }

    @Test
    void buildsOnceAndThenRunsWhatIsBuilt() throws Exception {
        Answer first = ringwall("check", "some file");
        assertThat(first.exit()).isZero();
        assertThat(first.err()).contains("building Ringwall").contains("[2/16] ringwall-model");
        assertThat(first.out())
                .contains("jdk-26 ran")
                .endsWith("dev.ringwall.command.Main check some file\n");
        Answer second = ringwall("check");
        assertThat(second.err()).isEmpty();
        assertThat(second.out())
                .endsWith("dev.ringwall.command.Main check\n")
                .contains("-XX:AOTCache=");
        assertThat(timesBuilt()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        ringwall("check");
        Files.writeString(house.resolve("declare/model/src/main/java/Rule.java"), "class Rule {}");
        ringwall("check");
        assertThat(timesBuilt()).isEqualTo(2);
        Files.delete(house.resolve("declare/model/src/main/java/Rule.java"));
        assertThat(ringwall("check").err()).contains("newer than the build");
        assertThat(timesBuilt()).isEqualTo(3);
    }

    @Test
    void ofTheQuickCryptographyOnlyThisMachinesIsOnTheClassPath() throws Exception {
        boolean arm = System.getProperty("os.arch").startsWith("aarch");
        assertThat(ringwall("check").out().lines())
                .filteredOn(line -> line.contains("dev.ringwall.command.Main "))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line)
                                .contains("linux-" + (arm ? "aarch_64" : "x86_64") + ".jar")
                                .doesNotContain("linux-" + (arm ? "x86_64" : "aarch_64") + ".jar"));
    }

    @Test
    void theJarsOfABuildLoseTheirSignaturesOnceBeforeAnythingRunsFromThem() throws Exception {
        String first = ringwall("check").out();
        assertThat(first.lines().findFirst().orElseThrow())
                .contains("dev.ringwall.command.PlainJars")
                .contains("AmazonCorrettoCryptoProvider");
        assertThat(ringwall("check").out()).doesNotContain("PlainJars");
    }

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

    @Test
    void callersAtTheSameTimeBuildOnce() throws Exception {
        Process one = start(Map.of(), "check");
        Process other = start(Map.of(), "check");
        assertThat(List.of(answer(one, "one").exit(), answer(other, "other").exit()))
                .containsOnly(0);
        assertThat(timesBuilt()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsWhyAndRunsNothing() throws Exception {
        Files.writeString(house.resolve("broken"), "");
        Answer answer = ringwall("check");
        assertThat(answer.exit()).isEqualTo(70);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("target/launcher/build.log", "not a statement");
    }

    @Test
    void modulesThatAreTestedAtOnceAreToldApart() throws Exception {
        script(
                house.resolve("mvnw"),
                """
                #!/usr/bin/env bash
                echo "$*" >>asked
                echo '[mvn-builder-ringwall-keys] [INFO] Building ringwall-keys 1      [9/16]'
                echo '[mvn-builder-ringwall-shape] [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0'
                echo '[ThreadedStreamConsumer] [INFO] Tests run: 2, Failures: 0 -- in dev.ringwall.keys.VaultTest'
                echo '[mvn-builder-ringwall-keys] [ERROR]   VaultTest.opens:7 was shut'
                echo '[main] [INFO] BUILD FAILURE'
                echo '[main] [ERROR] -> [Help 1]'
                echo '[main] [ERROR] To see the full stack trace'
                exit 1
                """);
        Answer answer = ringwall("test", "-o");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("[9/16] ringwall-keys\n", "target/launcher/test.log");
        assertThat(answer.out())
                .isEqualTo(
                        """
                        ringwall-shape: [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0
                        [INFO] Tests run: 2, Failures: 0 -- in dev.ringwall.keys.VaultTest
                        ringwall-keys: [ERROR]   VaultTest.opens:7 was shut
                        [INFO] BUILD FAILURE
                        """);
        assertThat(Files.readString(house.resolve("asked"))).contains("-T 2").endsWith("-o\n");
    }

    @Test
    void anOlderJavaHomeIsPassedOver() throws Exception {
        Path old = aJdk("jdk-17", "17.0.15");
        Answer answer =
                answer(
                        start(
                                Map.of(
                                        "JAVA_HOME",
                                        old.toString(),
                                        "PATH",
                                        jdk + "/bin:" + System.getenv("PATH")),
                                "check"),
                        "a");
        assertThat(answer.exit()).isZero();
        assertThat(answer.out()).contains("jdk-26 ran").contains("JAVA_HOME=" + jdk.toRealPath());
    }

    @Test
    void anyProgramRunsWithTheJdkThatItFindsAndNothingIsBuilt() throws Exception {
        Answer answer = ringwall("with-jdk", "bash", "-c", "echo $JAVA_HOME; exit 3");
        assertThat(answer.exit()).isEqualTo(3);
        assertThat(answer.out()).isEqualTo(jdk.toRealPath() + "\n");
        assertThat(house.resolve("asked")).doesNotExist();
        assertThat(ringwall("with-jdk").exit()).isEqualTo(2);
    }

    @Test
    void withoutAJdkItSaysInOneSentenceHowToGetOne() throws Exception {
        String demanding =
                Files.readString(house.resolve("ringwall")).replace("JDK_MIN=25", "JDK_MIN=9999");
        script(house.resolve("ringwall"), demanding);
        Answer answer = ringwall("check");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).contains("needs a JDK 9999 or newer", "JAVA_HOME");
    }

    @Test
    void theExitCodeIsTheCommandsOwn() throws Exception {
        script(jdk.resolve("bin/java"), "#!/usr/bin/env bash\nexit 1\n");
        assertThat(ringwall("check").exit()).isEqualTo(1);
    }

    private record Answer(int exit, String out, String err) {}

    private Answer ringwall(String... arguments) throws Exception {
        return answer(start(Map.of(), arguments), "ringwall");
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(house.resolve("ringwall").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("RINGWALL_BUILDING");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// What the launcher writes fits the pipe, so reading one after the other does not block it.
    private static Answer answer(Process process, String name) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as(name).isTrue();
        return new Answer(process.exitValue(), out, err);
    }

    private long timesBuilt() throws IOException {
        return Files.readAllLines(house.resolve("asked")).size();
    }

    /// A folder that looks like a JDK; its `java` says what it was given, and makes the AOT cache that it is asked for.
    private Path aJdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/javac"), "#!/usr/bin/env bash\n");
        script(
                home.resolve("bin/java"),
                """
                #!/usr/bin/env bash
                echo "$*" >>%1$s/runs
                for option; do [[ $option != -XX:AOTCacheOutput=* ]] || echo cache >"${option#*=}"; done
                [[ -e %1$s/silent || $* != *'.Main control '* ]] || echo 'control    here'
                [[ -e %1$s/silent || $* != *'.Main node '* ]] || echo 'node       here'
                echo "%2$s ran JAVA_HOME=$JAVA_HOME $*"
                """
                        .formatted(house, name));
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
