/// What the control plane and the nodes say to each other, and in which form.
///
/// Everything a node lives on comes in two signed, numbered documents: the [Bundle] (what the system is) and the [Roster] (which keys
/// are known and what has been revoked). The rest are small JSON messages over mutual TLS.
///
/// *Start here:* [Bundle], [Roster], [Messages].
@NullMarked
package dev.ringwall.link;

import org.jspecify.annotations.NullMarked;
