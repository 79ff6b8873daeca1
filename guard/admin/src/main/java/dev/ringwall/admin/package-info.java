/// People, keys and clients, administered by whoever the declaration lets: as JSON resources, and as SCIM 2.0 (RFC 7643, RFC 7644).
///
/// Nothing here listens anywhere: what asks has passed every ring, and [dev.ringwall.admin.Power] sees to it that nobody gives what they
/// lack.
///
/// *Start here:* [dev.ringwall.admin.AdminApi], [dev.ringwall.admin.Power].
@NullMarked
package dev.ringwall.admin;

import org.jspecify.annotations.NullMarked;
