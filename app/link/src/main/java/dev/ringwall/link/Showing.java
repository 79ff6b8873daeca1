package dev.ringwall.link;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages about one client, between the command line and the control plane; as [Operating] otherwise.
public final class Showing {

    /// `GET ?name=ID` → [Client].
    public static final String CLIENT = Operating.CLIENTS + "/one";

    private Showing() {}

    /// All that is known of one client but what it proves itself with.
    ///
    /// @param from      `declaration`, `command` or `registration`
    /// @param kind      `browser`, `web`, `native`, `device` or `machine`
    /// @param proof     by what it proves itself
    /// @param name      what a client that registered itself calls itself; null for others
    /// @param redirects where people are sent back to
    /// @param scopes    all that a client that registered itself asked to be able to get; empty for others
    /// @param created   null for a client of the declaration
    /// @param used      when it last got a token, as far as that is kept
    /// @param expires   when it ends unless it is used; null where it does not
    public record Client(
            String id,
            String from,
            List<String> roles,
            String kind,
            String proof,
            @Nullable String name,
            List<String> redirects,
            List<String> scopes,
            @Nullable Instant created,
            @Nullable Instant used,
            @Nullable Instant expires,
            boolean revoked) {}
}
