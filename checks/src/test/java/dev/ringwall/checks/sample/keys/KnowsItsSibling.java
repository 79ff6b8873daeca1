package dev.ringwall.checks.sample.keys;

import dev.ringwall.checks.sample.policy.Rule;

record KnowsItsSibling(Rule rule) {}
