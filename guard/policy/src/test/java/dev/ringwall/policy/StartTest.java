package dev.ringwall.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartTest {

    /// Runs inside a class loader that has everything but CEL and what it brings.
    public static final class Probe {
        private Probe() {}

        /// Compiles a system with that condition, or with none.
        public static boolean compiles(String expression) {
            Facts facts =
                    expression.isEmpty()
                            ? new Facts(2, 2, 2, List.of(), Map.of(), "GET")
                            : Facts.conditioned("GET", expression);
            return Policy.compile(facts.blueprint()) instanceof Policy.Outcome.Compiled;
        }
    }

    @Test
    void aSystemWithoutConditionsStartsWithoutTheirLanguage() throws Exception {
        URL[] withoutCel =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> !entry.contains("/dev/cel/"))
                        .map(StartTest::url)
                        .toArray(URL[]::new);
        try (URLClassLoader loader =
                new URLClassLoader(withoutCel, ClassLoader.getPlatformClassLoader())) {
            var compiles =
                    loader.loadClass(Probe.class.getName()).getMethod("compiles", String.class);
            assertThat(compiles.invoke(null, "")).isEqualTo(true);
            assertThatThrownBy(() -> compiles.invoke(null, "caller.id == 'ann'"))
                    .hasRootCauseInstanceOf(ClassNotFoundException.class);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException broken) {
            throw new AssertionError(broken);
        }
    }
}
