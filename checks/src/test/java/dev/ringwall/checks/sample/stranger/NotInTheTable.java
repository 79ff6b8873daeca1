package dev.ringwall.checks.sample.stranger;

import dev.ringwall.checks.sample.model.KnowsTheDatabase;

record NotInTheTable(KnowsTheDatabase found) {}
