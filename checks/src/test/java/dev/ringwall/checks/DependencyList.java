package dev.ringwall.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every library that a module names has its line in `docs/reference/dependencies.md`, and the other way round.
///
/// A line of the list names the artifacts that it is about, in backquotes, in its first cell, and in its second the version: one that
/// the root `pom.xml` has as a property, or Spring Boot's.
final class DependencyList implements FileRule {

    static final String LIST = "docs/reference/dependencies.md";

    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>",
                    Pattern.DOTALL);
    private static final Pattern MANAGED =
            Pattern.compile("<dependencyManagement>.*</dependencyManagement>", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+\\.version)>([^<]+)</\\1>");
    private static final Pattern ARTIFACT = Pattern.compile("`([^`]+)`");

    @Override
    public List<String> breaches(List<TextFile> files) {
        Map<String, String> used = new TreeMap<>();
        Set<String> listed = new TreeSet<>();
        Set<String> versions = new TreeSet<>(Set.of("Spring Boot's"));
        List<String> breaches = new ArrayList<>();
        for (TextFile file : files) {
            if (file.path().equals("pom.xml")) {
                Matcher property = PROPERTY.matcher(file.text());
                while (property.find()) {
                    versions.add(property.group(2));
                }
            }
        }
        for (TextFile file : files) {
            if (file.name().equals("pom.xml")) {
                artifactsOf(file).forEach(artifact -> used.putIfAbsent(artifact, file.path()));
            } else if (file.path().equals(LIST)) {
                for (String line : file.lines()) {
                    if (line.startsWith("| `")) {
                        addArtifacts(line, listed);
                        checkVersion(line, versions, breaches);
                    }
                }
            }
        }
        used.forEach((artifact, pom) -> {
            if (!listed.contains(artifact)) {
                breaches.add("%s: %s has no line in %s".formatted(pom, artifact, LIST));
            }
        });
        for (String artifact : listed) {
            if (!used.containsKey(artifact)) {
                breaches.add("%s: nobody uses %s any more".formatted(LIST, artifact));
            }
        }
        return List.copyOf(breaches);
    }

    private static List<String> artifactsOf(TextFile pom) {
        List<String> artifacts = new ArrayList<>();
        Matcher dependency = DEPENDENCY.matcher(MANAGED.matcher(pom.text()).replaceAll(""));
        while (dependency.find()) {
            if (!dependency.group(1).equals("dev.ringwall")) {
                artifacts.add(dependency.group(2));
            }
        }
        return artifacts;
    }

    private static void addArtifacts(String line, Set<String> listed) {
        String firstCell = line.substring(0, line.indexOf('|', 1));
        Matcher artifact = ARTIFACT.matcher(firstCell);
        while (artifact.find()) {
            listed.add(artifact.group(1));
        }
    }

    private static void checkVersion(String line, Set<String> versions, List<String> breaches) {
        String version = line.split("\\|", -1)[2].strip();
        if (!versions.contains(version)) {
            breaches.add("%s: no such version in pom.xml: %s".formatted(LIST, line));
        }
    }
}
