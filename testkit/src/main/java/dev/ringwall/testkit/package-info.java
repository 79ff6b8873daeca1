/// Helpers that tests of several rooms share: seeded properties, a clock that is moved by hand.
@NullMarked
package dev.ringwall.testkit;

import org.jspecify.annotations.NullMarked;
