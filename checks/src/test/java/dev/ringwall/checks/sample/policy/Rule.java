package dev.ringwall.checks.sample.policy;

public final class Rule {}
