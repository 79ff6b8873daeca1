/// The data plane: one proxy, at the edge or beside a service; the only room that holds connections of callers.
///
/// A node opens [Listener]s and decides by one immutable [Snapshot] at a time. Each request passes the same rings in the same order,
/// each a small class that ends in `Ring`; a ring answers with a [Passage], and one place turns refusals into HTTP. Past `authorise`
/// nothing moves without the policy's permit, and nothing leaves before it is recorded. Bodies stream both ways, as fast as the slower
/// side takes them; only a body that a schema or a condition must see is held, and then it is bounded.
///
/// *Start here:* [DataPlane] is what a node holds, [Rings] is the list of rings, [Passing] takes one request through them.
@NullMarked
package dev.ringwall.gateway;

import org.jspecify.annotations.NullMarked;
