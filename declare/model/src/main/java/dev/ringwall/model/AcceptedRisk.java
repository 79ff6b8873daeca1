package dev.ringwall.model;

import java.time.LocalDate;

/// A risk that somebody takes knowingly, with a reason, a name and an end.
///
/// @param risk what is accepted, `catalog.list/flooding`: an operation or a service, then the attack
public record AcceptedRisk(String risk, String because, String by, LocalDate until, Line line) {}
