package dev.ringwall.policy;

import dev.ringwall.model.OperationName;

/// Somebody wants to have something done.
public record Call(OperationName operation, Caller caller, RequestView request) {}
