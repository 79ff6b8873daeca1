package dev.ringwall.attack;

import dev.ringwall.model.Line;
import java.time.Duration;
import java.util.Optional;

/// What came of one attack, or of one call that must pass.
///
/// @param name    stable, `orders.ship/as-shopper`
/// @param hostile whether it is an attack; otherwise the declaration allows it
/// @param story   one sentence that says what was done
/// @param line    the line of the declaration that says how it must end
/// @param request the last request in curl form, without secrets; empty when none was sent
public record Result(
        String name,
        Family family,
        boolean hostile,
        String story,
        Line line,
        Verdict verdict,
        Optional<String> request,
        Duration took) {}
