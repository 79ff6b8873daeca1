package dev.ringwall.checks.sample.attack;

import dev.ringwall.checks.sample.audit.LogVerifier;

record ReadsTheVerifier(LogVerifier verifier, LogVerifier.Finding finding) {}
