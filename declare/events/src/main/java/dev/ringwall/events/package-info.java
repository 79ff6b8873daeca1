/// What happened, in one vocabulary for every room, and the one interface to say it.
///
/// An event is a fact about a decision or an act, never a log line: it is written once, kept in the audit log, and read by `why`,
/// `watch` and detection. It holds no secret, no token and no body.
///
/// *Start here:* [SecurityEvent] is the vocabulary, [Recorder] is how it is said, [EventJson] is the form that is kept.
@NullMarked
package dev.ringwall.events;

import org.jspecify.annotations.NullMarked;
