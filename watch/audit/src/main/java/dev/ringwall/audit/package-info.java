/// The log that nobody can rewrite: events wait in a node's spool, are shipped to the control plane, and end in an append-only Merkle
/// log whose checkpoints are signed and whose history anybody with the public key can check.
///
/// The log is the truth; the index beside it only makes it quick to ask, and is rebuilt from the log when it is lost. What an outsider
/// needs ([LogVerifier] and the types that it speaks in) reads files and nothing else.
///
/// *Start here:* [Spool] is what a node writes, [AuditLog] is what the control plane keeps, [EventStore] joins the two and answers
/// questions, [LogVerifier] checks it all from outside.
@NullMarked
package dev.ringwall.audit;

import org.jspecify.annotations.NullMarked;
