/// Certificate authority, workload identities, signing keys: issue, rotate, verify.
///
/// Everybody in a system pins one root. Under it stands an issuing certificate that works every day, and under that stand identities
/// that live an hour. Private keys that must outlive a process lie on disk encrypted under the [UnlockSecret]; the others are made anew.
/// What a peer or a document claims is never believed before [PeerVerifier] has followed its chain to the pinned root.
///
/// *Start here:* [CertificateAuthority] issues, [PeerVerifier] believes, [Rotating] swaps under traffic.
@NullMarked
package dev.ringwall.keys;

import org.jspecify.annotations.NullMarked;
