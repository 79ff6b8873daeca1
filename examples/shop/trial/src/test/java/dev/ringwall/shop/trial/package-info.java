/// The shop's services as processes of their own: what they answer, what they refuse, and what they still know after being killed.
///
/// *Start here:* [Running], [OrdersTest].
@NullMarked
package dev.ringwall.shop.trial;

import org.jspecify.annotations.NullMarked;
