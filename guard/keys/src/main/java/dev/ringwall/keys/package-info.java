/// Certificate authority, workload identities, signing keys: issue, rotate, verify.
@NullMarked
package dev.ringwall.keys;

import org.jspecify.annotations.NullMarked;
