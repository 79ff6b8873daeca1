/// A local stand-in for the third party that charges cards.
///
/// *Start here:* [Stripe].
@NullMarked
package dev.ringwall.shop.stripe;

import org.jspecify.annotations.NullMarked;
