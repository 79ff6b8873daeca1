/// Helpers that tests of several rooms share.
///
/// *Start here:* [Seeds] repeats a property over seeded random inputs, [HandClock] is a clock that stands still until it is moved,
/// [NoLeaks] finds buffers that nobody released.
@NullMarked
package dev.ringwall.testkit;

import org.jspecify.annotations.NullMarked;
