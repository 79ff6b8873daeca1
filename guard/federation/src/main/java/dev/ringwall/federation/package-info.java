/// Providers of others, as a client of theirs (OpenID Connect Core 1.0 as relying party): where they are, what they sign, and whether it counts. It knows no
/// accounts and shows no page.
///
/// *Start here:* [dev.ringwall.federation.Federation] is all of it, [dev.ringwall.federation.Claims] what comes out.
@NullMarked
package dev.ringwall.federation;

import org.jspecify.annotations.NullMarked;
