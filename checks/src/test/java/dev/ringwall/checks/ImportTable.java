package dev.ringwall.checks;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Who may import whom, in one table: `model ← events ← guard ← watch`, `declare ← prove → watch.audit`, `app → all`.
///
/// A room that is not in the table may import nothing and be imported by nobody, so a new room begins with a line here.
final class ImportTable implements ClassRule {

    /// The room and the rooms that it may import.
    private static final Map<String, Set<String>> MAY_IMPORT =
            Map.ofEntries(
                    // declare
                    Map.entry("model", Set.of()),
                    Map.entry("events", Set.of("model")),
                    Map.entry("reading", Set.of("model")),
                    // guard: siblings do not know each other, but the gateway asks policy, shows
                    // keys and speaks by wire, and the provider asks people
                    Map.entry("policy", Set.of("model", "events")),
                    Map.entry("keys", Set.of("model", "events")),
                    Map.entry("store", Set.of()),
                    Map.entry("people", Set.of("model", "events", "store")),
                    Map.entry("admin", Set.of("model", "events", "people", "limits")),
                    Map.entry("federation", Set.of("model")),
                    Map.entry(
                            "identity", Set.of("model", "events", "store", "people", "federation")),
                    Map.entry("shape", Set.of("model")),
                    Map.entry("limits", Set.of("model")),
                    Map.entry("wire", Set.of()),
                    Map.entry(
                            "gateway",
                            Set.of("model", "events", "policy", "keys", "shape", "limits", "wire")),
                    // watch
                    Map.entry("audit", Set.of("model", "events")),
                    // prove: never guard, for a prover that shares code with the accused proves
                    // nothing
                    Map.entry("attack", Set.of("model", "events", "reading", "audit")),
                    // app
                    Map.entry("link", Set.of("model", "events", "reading", "keys")),
                    Map.entry(
                            "control",
                            Set.of(
                                    "model",
                                    "events",
                                    "reading",
                                    "policy",
                                    "keys",
                                    "store",
                                    "people",
                                    "identity",
                                    "admin",
                                    "gateway",
                                    "audit",
                                    "link")),
                    Map.entry(
                            "node",
                            Set.of(
                                    "model", "events", "reading", "policy", "keys", "gateway",
                                    "audit", "link")),
                    Map.entry(
                            "command",
                            Set.of(
                                    "model",
                                    "events",
                                    "reading",
                                    "policy",
                                    "keys",
                                    "store",
                                    "identity",
                                    "gateway",
                                    "audit",
                                    "attack",
                                    "link",
                                    "control",
                                    "node")),
                    Map.entry("testkit", Set.of("model")),
                    // sdk: what a service takes in; it speaks to Ringwall over the network alone
                    Map.entry("spring", Set.of()),
                    Map.entry("spring.test", Set.of("spring")),
                    // the shop: programs of their own that know nothing of Ringwall
                    Map.entry("shop.kit", Set.of()),
                    Map.entry("shop.catalog", Set.of("shop.kit")),
                    Map.entry("shop.orders", Set.of("shop.kit")),
                    Map.entry("shop.payments", Set.of("shop.kit")),
                    Map.entry("shop.stripe", Set.of("shop.kit")));

    /// Where only some types of a room are open to another: what reads the log, not what writes it.
    private static final Map<String, Set<String>> ONLY_TYPES =
            Map.of(
                    "attack → audit",
                    Set.of("LogVerifier", "Verification", "Finding", "VerifierKey", "Checkpoint"));

    private final String root;

    /// `root` is the package that the rooms lie in, `dev.ringwall` for the real ones.
    ImportTable(String root) {
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
        String from = room(dependency.getOriginClass().getPackageName());
        String to = room(dependency.getTargetClass().getBaseComponentType().getPackageName());
        if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
            return;
        }
        Set<String> allowed = MAY_IMPORT.getOrDefault(from, Set.of());
        if (!allowed.contains(to)) {
            breaches.add(
                    "%s may not import %s (it may: %s): %s"
                            .formatted(
                                    from, to, new TreeSet<>(allowed), dependency.getDescription()));
            return;
        }
        Set<String> types = ONLY_TYPES.get(from + " → " + to);
        String outermost = outermost(dependency.getTargetClass().getBaseComponentType().getName());
        if (types != null && !types.contains(outermost)) {
            breaches.add(
                    "%s may use only %s of %s: %s"
                            .formatted(
                                    from, new TreeSet<>(types), to, dependency.getDescription()));
        }
    }

    private String room(String packageName) {
        if (!packageName.startsWith(root + ".")) {
            return "";
        }
        return packageName.substring(root.length() + 1);
    }

    private static String outermost(String typeName) {
        String simple = typeName.substring(typeName.lastIndexOf('.') + 1);
        return simple.contains("$") ? simple.substring(0, simple.indexOf('$')) : simple;
    }
}
