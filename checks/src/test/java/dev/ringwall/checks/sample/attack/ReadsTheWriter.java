package dev.ringwall.checks.sample.attack;

import dev.ringwall.checks.sample.audit.LogWriter;

record ReadsTheWriter(LogWriter writer) {}
