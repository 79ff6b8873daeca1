/// The data plane: one proxy, at the edge or beside a service; the only room that holds connections of callers.
///
/// Every listener runs the same rings in the same order on every request. What passes all of them is forwarded, everything else is
/// refused with a stable reason. Bodies stream; they are held only where a ring must see them whole, and then within a bound.
///
/// *Start here:* [DataPlane] opens listeners, [Snapshot] is what they decide by, [Rings] is the order of the rings, [Passage] takes one
/// request through them.
@NullMarked
package dev.ringwall.gateway;

import org.jspecify.annotations.NullMarked;
