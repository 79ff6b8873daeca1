package dev.ringwall.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says why the service does not start, and what to do, instead of a stack trace.
final class CannotGuardAnalyzer extends AbstractFailureAnalyzer<CannotGuard> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, CannotGuard cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), failure);
    }
}
