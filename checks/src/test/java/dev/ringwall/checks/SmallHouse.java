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
import org.junit.jupiter.api.io.TempDir;

/// A small house of its own for `./ringwall`, where Maven and the JDK are scripts that write down what they are asked.
abstract class SmallHouse {

    private static final long SECONDS_MAX = 60;

    @TempDir Path folder;

    Path house;
    Path jdk;

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
                mkdir -p app/command/target/ringwall/lib app/node/target
                printf '%s' /m2/a-1.jar:/m2/AmazonCorrettoCryptoProvider-2-linux-x86_64.jar:/m2/AmazonCorrettoCryptoProvider-2-linux-aarch_64.jar >app/node/target/class-path
                for jar in a-1 b-1 ringwall-{command,node,control}-1 AmazonCorrettoCryptoProvider-2-linux-{aarch_64,x86_64}; do
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

    record Answer(int exit, String out, String err) {}

    Answer ringwall(String... arguments) throws Exception {
        return answer(start(Map.of(), arguments), "ringwall");
    }

    Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(house.resolve("ringwall").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("RINGWALL_BUILDING");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// What the launcher writes fits the pipe, so reading one after the other does not block it.
    static Answer answer(Process process, String name) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as(name).isTrue();
        return new Answer(process.exitValue(), out, err);
    }

    long timesBuilt() throws IOException {
        return Files.readAllLines(house.resolve("asked")).size();
    }

    /// A folder that looks like a JDK; its `java` says what it was given, and makes the AOT cache that it is asked for.
    Path aJdk(String name, String version) throws IOException {
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
                for option; do [[ $option != */ringwall.yaml ]] || cp "${option%%/*}"/*.yaml %1$s/; done
                [[ -e %1$s/silent || $* != *'.Main control '* ]] || echo 'control    here'
                [[ -e %1$s/silent || $* != *'.Main node '* ]] || echo 'node       here'
                echo "%2$s ran JAVA_HOME=$JAVA_HOME $*"
                """
                        .formatted(house, name));
        return home;
    }

    static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
