/// A node: the public gateway, or the sidecar of one or more services.
///
/// It lives on the last signed bundle and roster that it verified, and on its own short-lived certificates. It asks the control plane for
/// news, hands over what it recorded, and goes on without it.
///
/// *Start here:* [Node] wires it, [LastGood] is what it lives on, [Programs] starts the services that it stands beside.
@NullMarked
package dev.ringwall.node;

import org.jspecify.annotations.NullMarked;
