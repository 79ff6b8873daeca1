/// The little that the shop's services share: a server that answers only what came through the sidecar, and JSON.
///
/// *Start here:* [ShopServer], [Callee].
@NullMarked
package dev.ringwall.shop.kit;

import org.jspecify.annotations.NullMarked;
