package dev.ringwall.checks.sample.model;

import java.sql.Connection;

public record KnowsTheDatabase(Connection connection) {}
