package dev.ringwall.federation;

import java.util.Optional;
import java.util.OptionalLong;

/// What a provider is asked when a browser is sent to it (OpenID Connect Core §3.1.2.1).
///
/// @param returnTo  where the browser comes back to; of this provider alone
/// @param state     random, known to this browser and us
/// @param nonce     what the ID token must repeat
/// @param challenge of the verifier that the code is bought with (RFC 7636)
/// @param prompt    what the person is to be asked again
/// @param maxAge    how many seconds ago the person may have proved it at most
/// @param twice     whether a second factor is wanted
/// @param hint      who it probably is
public record Wish(
        String returnTo,
        String state,
        String nonce,
        String challenge,
        Optional<String> prompt,
        OptionalLong maxAge,
        boolean twice,
        Optional<String> hint) {}
