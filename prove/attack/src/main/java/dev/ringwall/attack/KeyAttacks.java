package dev.ringwall.attack;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.net.InetAddress;
import java.util.Set;
import java.util.function.Predicate;

/// API keys that are wrong in one respect each, on every operation that a role with keys may call.
final class KeyAttacks {

    private static final Set<Reason> WRONG = Set.of(Reason.KEY_UNKNOWN, Reason.TOKEN_MALFORMED);

    private KeyAttacks() {}

    /// Spoils a good key.
    @FunctionalInterface
    private interface Spoiler {
        String spoil(String key);
    }

    static void derive(Derivation to) {
        for (Operation operation : to.guarded()) {
            to.holders(operation).stream()
                    .filter(role -> role.login() == Role.Login.API_KEY)
                    .findFirst()
                    .ifPresent(role -> derive(to, operation, role));
        }
    }

    private static void derive(Derivation to, Operation operation, Role role) {
        spoiled(
                to,
                operation,
                role,
                "key-unknown",
                "a key that nobody was given",
                KeyText::unknown);
        spoiled(
                to,
                operation,
                role,
                "key-wrong-secret",
                "a known key with another secret and a right checksum",
                KeyText::otherSecret);
        spoiled(
                to,
                operation,
                role,
                "key-wrong-checksum",
                "a key with a wrong checksum",
                KeyText::otherChecksum);
        spoiled(
                to,
                operation,
                role,
                "key-cut-short",
                "a key without its end",
                key -> key.substring(0, key.length() - 10));
        if (!role.from().isEmpty()) {
            elsewhere(to, operation, role, false);
            elsewhere(to, operation, role, true);
        }
    }

    private static void spoiled(
            Derivation to,
            Operation operation,
            Role role,
            String name,
            String story,
            Spoiler spoiler) {
        to.add(
                operation.name() + "/" + name,
                Family.KEYS,
                story + " for " + operation.name(),
                operation.line(),
                Expectation.stopped(WRONG),
                scene -> {
                    String key = scene.bearer(role.name(), 0);
                    Call call = new Requests(scene.stage()).plain(operation);
                    return scene.atDoor(call.bearer(scene.keep(spoiler.spoil(key))));
                });
    }

    /// A good key, used from an address outside the declared blocks, the second time with headers that claim one inside.
    private static void elsewhere(
            Derivation to, Operation operation, Role role, boolean pretending) {
        to.add(
                operation.name() + "/key-from-elsewhere" + (pretending ? "-pretending" : ""),
                Family.KEYS,
                "a good key from an address that the role may not come from"
                        + (pretending ? ", with a forged Forwarded header" : ""),
                role.line(),
                Expectation.stopped(Reason.ADDRESS_NOT_ALLOWED),
                scene -> {
                    String key = scene.bearer(role.name(), 0);
                    Predicate<InetAddress> outside =
                            address ->
                                    role.from().stream()
                                            .noneMatch(block -> block.contains(address));
                    scene.from(
                            scene.stage()
                                    .sources()
                                    .fitting(outside)
                                    .orElseThrow(() ->
                                            new NotPlayable(
                                                    "every address of this machine is allowed")));
                    Call call = new Requests(scene.stage()).plain(operation).bearer(key);
                    if (!pretending) {
                        return scene.atDoor(call);
                    }
                    String inside = role.from().getFirst().toString().replaceAll("/.*", "");
                    return scene.atDoor(
                            call.with("X-Forwarded-For", inside)
                                    .with("X-Real-IP", inside)
                                    .with("Forwarded", "for=" + inside));
                });
    }
}
