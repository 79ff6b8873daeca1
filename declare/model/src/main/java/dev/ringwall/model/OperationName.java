package dev.ringwall.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// The one name of an operation in every layer: `orders.place` is the route, the OAuth scope, the permission, the limit's key, the
/// audit verb and the name of the attack.
public record OperationName(String owner, String verb) implements Comparable<OperationName> {

    /// What a service, a third party, a role, a verb or a kind of data may be called.
    public static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public OperationName {
        if (!WORD.matcher(owner).matches() || !WORD.matcher(verb).matches()) {
            throw new IllegalArgumentException(
                    owner + "." + verb + " (expected: service.verb, each " + WORD + ")");
        }
    }

    /// Reads `orders.place`; empty when the text is not of that form.
    public static Optional<OperationName> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String owner = text.substring(0, dot);
        String verb = text.substring(dot + 1);
        return WORD.matcher(owner).matches() && WORD.matcher(verb).matches()
                ? Optional.of(new OperationName(owner, verb))
                : Optional.empty();
    }

    @Override
    public int compareTo(OperationName other) {
        int byOwner = owner.compareTo(other.owner);
        return byOwner != 0 ? byOwner : verb.compareTo(other.verb);
    }

    @Override
    public String toString() {
        return owner + "." + verb;
    }
}
