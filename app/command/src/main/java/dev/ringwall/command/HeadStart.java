package dev.ringwall.command;

import dev.ringwall.gateway.DataPlane;
import dev.ringwall.identity.IdentityProvider;

/// Loads on another processor what a start needs late and what depends on nothing, while the start itself still reads the declaration.
final class HeadStart {

    private HeadStart() {}

    /// Begins, and does not wait.
    static void begin() {
        Thread.ofPlatform().daemon().name("head-start").start(HeadStart::load);
    }

    private static void load() {
        IdentityProvider.load();
        DataPlane.load();
    }
}
