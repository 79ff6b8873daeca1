/// Tests of a Spring Boot service that stands behind Ringwall: `@As("shopper")` on a test says for whom its requests are.
///
/// The test plays the sidecar. It knows the entry secret of the service that it started and says what a sidecar says, so a request goes the way
/// that it goes in earnest, through the same filter; there is no other way in for tests, and a request without [As] is refused.
///
/// *Start here:* [As], [TestSidecar].
@NullMarked
package dev.ringwall.spring.test;

import org.jspecify.annotations.NullMarked;
