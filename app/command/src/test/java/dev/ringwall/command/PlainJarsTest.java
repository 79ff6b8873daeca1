package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainJarsTest {

    @TempDir Path folder;

    @Test
    void aSignedJarLosesItsSignaturesAndTheirDigestsAndKeepsAllElse() throws IOException {
        Path jar = signed();

        assertThat(PlainJars.plain(jar)).isTrue();

        try (JarFile plain = new JarFile(jar.toFile())) {
            assertThat(plain.stream().map(JarEntry::getName))
                    .containsExactly("META-INF/MANIFEST.MF", "META-INF/services/a.B", "a/B.class");
            assertThat(plain.getInputStream(plain.getEntry("a/B.class")).readAllBytes())
                    .asString()
                    .isEqualTo("class a.B");
            Manifest manifest = plain.getManifest();
            assertThat(manifest.getMainAttributes().getValue("Multi-Release")).isEqualTo("true");
            assertThat(manifest.getEntries()).containsOnlyKeys("a/");
            assertThat(manifest.getAttributes("a/").getValue("Sealed")).isEqualTo("true");
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(jar);
        }
    }

    @Test
    void aJarThatIsNotSignedStaysAsItIs() throws IOException {
        Path jar = signed();
        PlainJars.plain(jar);
        byte[] before = Files.readAllBytes(jar);

        assertThat(PlainJars.plain(jar)).isFalse();

        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }

    private Path signed() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Multi-Release", "true");
        Attributes file = new Attributes();
        file.putValue("SHA-256-Digest", "AAAA");
        manifest.getEntries().put("a/B.class", file);
        Attributes sealed = new Attributes();
        sealed.putValue("Sealed", "true");
        sealed.putValue("SHA-256-Digest", "AAAA");
        manifest.getEntries().put("a/", sealed);
        Path jar = folder.resolve("signed.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream to = new JarOutputStream(out, manifest)) {
            put(to, "META-INF/BC2048KE.SF", "Signature-Version: 1.0");
            put(to, "META-INF/BC2048KE.DSA", "x");
            put(to, "META-INF/services/a.B", "a.B");
            put(to, "a/B.class", "class a.B");
        }
        return jar;
    }

    private static void put(JarOutputStream to, String name, String text) throws IOException {
        to.putNextEntry(new JarEntry(name));
        to.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        to.closeEntry();
    }
}
