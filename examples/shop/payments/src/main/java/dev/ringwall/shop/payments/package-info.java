/// Has cards charged by the third party, and holds neither its key nor any card.
///
/// *Start here:* [Payments].
@NullMarked
package dev.ringwall.shop.payments;

import org.jspecify.annotations.NullMarked;
