package dev.ringwall.gateway;

import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.limits.Counts;
import java.time.InstantSource;

/// What rings and connections of one data plane share. Everything in it may be used from any thread.
record Tools(
        NodeSettings settings,
        InstantSource clock,
        Ids ids,
        Recorder recorder,
        Workers workers,
        Counts limits,
        TxnTokens txnTokens,
        DpopProofs proofs,
        UnderWay underWay,
        Held held,
        Roads roads,
        Checks checks,
        Meters meters) {}
