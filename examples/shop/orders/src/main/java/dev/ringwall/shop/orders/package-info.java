/// Orders: taken, read, shipped.
///
/// *Start here:* [Orders].
@NullMarked
package dev.ringwall.shop.orders;

import org.jspecify.annotations.NullMarked;
