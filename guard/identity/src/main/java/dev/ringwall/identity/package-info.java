/// The OAuth 2.1 and OpenID Connect provider: protocol and pages. Who may come in is the matter of `guard/people`.
///
/// Spring Security's authorization server does the protocol; this room gives it stores that hold hashes only and survive any kill, the
/// tokens of RFC 9068, the login page, and the rules that it lacks: the issuer in every answer, refresh tokens that are good once, the
/// end of a whole family when something is used twice, and an event for every act before its answer leaves.
///
/// *Start here:* [dev.ringwall.identity.IdentityProvider] is how the parts hang together, `Engine` what the library does,
/// `Families` what was bought and how it ends, `LoginPage` where a person comes in.
@NullMarked
package dev.ringwall.identity;

import org.jspecify.annotations.NullMarked;
