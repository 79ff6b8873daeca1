package dev.ringwall.checks.sample.audit;

public final class LogVerifier {

    public record Finding(String sentence) {}
}
