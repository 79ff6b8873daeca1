package dev.ringwall.checks.sample.gateway;

import dev.ringwall.checks.sample.policy.Rule;

record AsksPolicy(Rule rule) {}
