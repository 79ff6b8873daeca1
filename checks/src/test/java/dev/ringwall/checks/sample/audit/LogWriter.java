package dev.ringwall.checks.sample.audit;

public final class LogWriter {}
