/// What a Spring Boot service needs to stand behind Ringwall: who calls, which roles were proved, and for which operation.
///
/// [RingwallFilter] stands before everything else in the service, also before Spring Security. It asks a [Gate] about each request: the
/// [SidecarGate] believes what the sidecar says to a service that runs behind one, the [TokenGate] checks access tokens itself where there
/// is none. Which of the two is settled once, at the start, by [Surroundings]; in doubt the service does not start. What a gate proved is a
/// [ProvenCall], which the service sees as a [Caller].
///
/// *Start here:* [RingwallFilter], [SidecarGate], [Surroundings], [RingwallAutoConfiguration].
@NullMarked
package dev.ringwall.spring;

import org.jspecify.annotations.NullMarked;
