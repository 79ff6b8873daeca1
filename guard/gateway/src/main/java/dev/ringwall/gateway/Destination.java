package dev.ringwall.gateway;

import java.util.Map;

/// What a request leads to.
sealed interface Destination {

    /// A declared operation.
    ///
    /// @param parameters of the path, by the names of the route
    record ToOperation(OperationPlan plan, Map<String, String> parameters) implements Destination {}

    /// The identity provider, which decides for itself.
    record ToIdentity() implements Destination {}

    /// This sidecar itself, which is asked whether its service is well.
    record ToSidecar() implements Destination {}
}
