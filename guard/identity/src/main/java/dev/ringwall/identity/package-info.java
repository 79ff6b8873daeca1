/// The OAuth 2.1 and OpenID Connect provider with its accounts, machine clients and API keys.
@NullMarked
package dev.ringwall.identity;

import org.jspecify.annotations.NullMarked;
