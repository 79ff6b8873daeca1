package dev.ringwall.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `./ringwall` itself, in a [SmallHouse].
class LauncherTest extends SmallHouse {

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
    void whatWasTestedIsBuiltForTheCommandsThatFollow() throws Exception {
        Answer tested = ringwall("test");
        assertThat(tested.err()).doesNotContain("command not found");
        assertThat(tested.exit()).isZero();
        assertThat(ringwall("node", "gateway").out()).contains("/node/ringwall-node-1.jar");
        assertThat(timesBuilt()).isEqualTo(1);
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
}
