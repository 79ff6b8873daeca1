/// What the shop sells, and the page that it is sold on.
///
/// *Start here:* [Catalog].
@NullMarked
package dev.ringwall.shop.catalog;

import org.jspecify.annotations.NullMarked;
