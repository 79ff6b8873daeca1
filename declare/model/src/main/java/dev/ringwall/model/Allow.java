package dev.ringwall.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Who may call an operation from outside. There are only allowances, never denials.
public sealed interface Allow {

    /// No way in from outside; only services that list the operation in their `calls`.
    record Nobody() implements Allow {}

    /// Everybody, without a token. A token that is presented all the same must be good.
    record Anyone(Line line) implements Allow {}

    /// Holders of one of these roles; each role keeps the line that names it.
    record Roles(Map<String, Line> roles) implements Allow {
        public Roles {
            roles = Collections.unmodifiableMap(new TreeMap<>(roles));
            if (roles.isEmpty()) {
                throw new IllegalArgumentException(
                        "no role (expected: at least one, or no allow at all)");
            }
        }
    }
}
