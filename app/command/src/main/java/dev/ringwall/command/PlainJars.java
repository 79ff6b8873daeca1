package dev.ringwall.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Takes the signatures out of the jars that Ringwall runs from. The JVM would hold each class against them whenever it is loaded, keep a line
/// of the manifest for each file in memory (8,000 of them), and leave those classes out of the cache that lets commands start fast. Nobody asks
/// who signed: that the jars are the right ones is seen when Maven fetches them, by their checksums.
final class PlainJars {

    private static final String MANIFEST = JarFile.MANIFEST_NAME;

    private PlainJars() {}

    /// For the launcher, once for each build.
    ///
    /// @param jars their paths; those that are not signed stay as they are
    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            plain(Path.of(jar));
        }
    }

    /// Puts a jar without signatures in the place of that one; whether it had any.
    static boolean plain(Path jar) throws IOException {
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        try (ZipFile from = new ZipFile(jar.toFile())) {
            if (from.stream().noneMatch(entry -> signature(entry.getName()))) {
                return false;
            }
            try (ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(part))) {
                copy(from, to);
            }
        }
        Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private static void copy(ZipFile from, ZipOutputStream to) throws IOException {
        Enumeration<? extends ZipEntry> entries = from.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (signature(entry.getName())) {
                continue;
            }
            ZipEntry copied = new ZipEntry(entry.getName());
            copied.setLastModifiedTime(entry.getLastModifiedTime());
            to.putNextEntry(copied);
            try (InputStream in = from.getInputStream(entry)) {
                if (entry.getName().equals(MANIFEST)) {
                    manifest(in, to);
                } else {
                    in.transferTo(to);
                }
            }
            to.closeEntry();
        }
    }

    private static void manifest(InputStream in, OutputStream to) throws IOException {
        Manifest manifest = new Manifest(in);
        manifest.getEntries().values().forEach(PlainJars::forgetDigests);
        manifest.getEntries().values().removeIf(Attributes::isEmpty);
        manifest.write(to);
    }

    private static void forgetDigests(Attributes attributes) {
        attributes
                .keySet()
                .removeIf(name -> name.toString().toLowerCase(Locale.ROOT).endsWith("-digest"));
    }

    /// JAR File Specification, "Signed JAR File".
    private static boolean signature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        boolean top = upper.startsWith("META-INF/") && upper.indexOf('/', "META-INF/".length()) < 0;
        return top
                && (upper.endsWith(".SF")
                        || upper.endsWith(".RSA")
                        || upper.endsWith(".DSA")
                        || upper.endsWith(".EC")
                        || upper.startsWith("META-INF/SIG-"));
    }
}
