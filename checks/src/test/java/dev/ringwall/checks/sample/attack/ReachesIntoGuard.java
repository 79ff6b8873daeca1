package dev.ringwall.checks.sample.attack;

import dev.ringwall.checks.sample.policy.Rule;

record ReachesIntoGuard(Rule rule) {}
