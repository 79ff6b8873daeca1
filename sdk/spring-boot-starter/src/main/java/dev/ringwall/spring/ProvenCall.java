package dev.ringwall.spring;

import java.util.Optional;

/// A call that a [Gate] let pass. The token in it acts for the caller, so its text shows none of it.
///
/// @param requestId   Ringwall's id of the request; empty where there is no gateway
/// @param transaction the `Txn-Token`, signed by the gateway
/// @param traceParent the `traceparent`, where it is well-formed
record ProvenCall(
        Caller caller,
        Optional<String> requestId,
        Optional<String> transaction,
        Optional<String> traceParent) {

    private static final int TRACE_ID_BEGIN = 3;
    private static final int TRACE_ID_END = 35;

    Optional<String> traceId() {
        return traceParent.map(parent -> parent.substring(TRACE_ID_BEGIN, TRACE_ID_END));
    }

    @Override
    public String toString() {
        return "call of " + caller + requestId.map(id -> ", request " + id).orElse("");
    }
}
