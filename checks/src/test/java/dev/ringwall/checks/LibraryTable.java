package dev.ringwall.checks;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which rooms may know which library. What is not in the table is free, but for `model`: it knows java.base and the null markers only.
final class LibraryTable implements ClassRule {

    /// A library's package and the rooms that may name it. Each library has one place that speaks to it.
    private static final Map<String, Set<String>> KNOWN_IN =
            Map.ofEntries(
                    Map.entry(
                            "org.springframework",
                            Set.of(
                                    "people",
                                    "identity",
                                    "control",
                                    "command",
                                    "spring",
                                    "spring.test")),
                    Map.entry("io.netty", Set.of("wire", "gateway", "limits", "node", "testkit")),
                    Map.entry("dev.cel", Set.of("policy")),
                    Map.entry("org.shredzone", Set.of("control")),
                    Map.entry("com.webauthn4j", Set.of("people")),
                    Map.entry("com.eatthepath", Set.of("people")),
                    Map.entry("com.nulabinc", Set.of("people")),
                    Map.entry("com.google.zxing", Set.of("identity")),
                    Map.entry("org.snakeyaml", Set.of("reading")),
                    Map.entry("picocli", Set.of("command")),
                    Map.entry("org.sqlite", Set.of("store")),
                    Map.entry("org.postgresql", Set.of("store")),
                    Map.entry("com.zaxxer.hikari", Set.of("store")));

    private static final Set<String> JAVA_BASE =
            ModuleFinder.ofSystem().find("java.base").orElseThrow().descriptor().packages();

    private static final String NULL_MARKERS = "org.jspecify.annotations";

    private final String root;

    LibraryTable(String root) {
        this.root = root;
    }

    @Override
    public List<String> breaches(JavaClasses classes) {
        Set<String> breaches = new TreeSet<>();
        classes.forEach(type ->
                type.getDirectDependenciesFromSelf()
                        .forEach(dependency -> check(dependency, breaches)));
        return List.copyOf(breaches);
    }

    private void check(Dependency dependency, Set<String> breaches) {
        String from = dependency.getOriginClass().getPackageName();
        String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (!from.startsWith(root + ".") || to.startsWith(root + ".") || to.isEmpty()) {
            return;
        }
        String room = from.substring(root.length() + 1);
        if (room.equals("model") && !JAVA_BASE.contains(to) && !to.equals(NULL_MARKERS)) {
            breaches.add("model may know java.base only: " + dependency.getDescription());
        }
        KNOWN_IN.forEach((library, rooms) -> {
            if ((to + ".").startsWith(library + ".") && !rooms.contains(room)) {
                breaches.add(
                        "%s may not know %s (only %s may): %s"
                                .formatted(
                                        room,
                                        library,
                                        new TreeSet<>(rooms),
                                        dependency.getDescription()));
            }
        });
    }
}
