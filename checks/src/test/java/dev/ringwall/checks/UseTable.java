package dev.ringwall.checks;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What main code may use only in a few places: the time (ask a `Clock`), guessable randomness, the console.
final class UseTable implements ClassRule {

    /// The shop's services are programs of their own, not part of Ringwall.
    private static final Set<String> SHOP =
            Set.of("shop.kit", "shop.catalog", "shop.orders", "shop.payments", "shop.stripe");

    private static final Set<String> NOWHERE = Set.of();

    /// The member, as Java writes it, and the rooms (or `room.Type`) that may use it.
    private static final Map<String, Set<String>> ONLY_IN =
            Map.ofEntries(
                    Map.entry("java.time.Instant.now()", NOWHERE),
                    Map.entry("java.time.LocalDate.now()", NOWHERE),
                    Map.entry("java.time.LocalDateTime.now()", NOWHERE),
                    Map.entry("java.time.OffsetDateTime.now()", NOWHERE),
                    Map.entry("java.time.ZonedDateTime.now()", NOWHERE),
                    Map.entry("java.lang.System.currentTimeMillis()", NOWHERE),
                    Map.entry("java.util.Random.<init>()", NOWHERE),
                    Map.entry("java.lang.Math.random()", NOWHERE),
                    Map.entry("java.lang.System.out", Set.of("command", "bench")),
                    Map.entry("java.lang.System.err", Set.of("command", "bench", "testkit")),
                    Map.entry("java.lang.System.exit(int)", Set.of("command", "bench")));

    private final String root;

    UseTable(String root) {
        this.root = root;
    }

    @Override
    public List<String> breaches(JavaClasses classes) {
        Set<String> breaches = new TreeSet<>();
        classes.forEach(
                type -> type.getAccessesFromSelf().forEach(access -> check(access, breaches)));
        return List.copyOf(breaches);
    }

    private void check(JavaAccess<?> access, Set<String> breaches) {
        Set<String> allowed = ONLY_IN.get(access.getTarget().getFullName());
        String from = access.getOriginOwner().getName();
        if (allowed == null || !from.startsWith(root + ".")) {
            return;
        }
        String room = access.getOriginOwner().getPackageName().substring(root.length() + 1);
        String type = room + "." + access.getOriginOwner().getSimpleName();
        if (!allowed.contains(room) && !allowed.contains(type) && !SHOP.contains(room)) {
            breaches.add(
                    "%s is not for %s (only for %s): %s"
                            .formatted(
                                    access.getTarget().getFullName(),
                                    room,
                                    allowed,
                                    access.getDescription()));
        }
    }
}
