/// The append-only, provable log of events, the spool before it, and the verifier that needs only a public key.
@NullMarked
package dev.ringwall.audit;

import org.jspecify.annotations.NullMarked;
