package dev.ringwall.command;

import dev.ringwall.gateway.DataPlane;
import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.keys.CryptoProviders;

/// Loads on another processor what a start needs late and what depends on nothing, while the start itself still reads the declaration.
final class HeadStart {

    private HeadStart() {}

    /// Begins, and does not wait. This is for a process that is control plane and node.
    static void begin() {
        begin(
                "head-start",
                () -> {
                    CryptoProviders.installed();
                    IdentityProvider.load();
                    DataPlane.load();
                });
    }

    /// The same for a control plane alone.
    static void ofControl() {
        begin(
                "head-start",
                () -> {
                    CryptoProviders.installed();
                    IdentityProvider.load();
                });
    }

    private static void begin(String name, Runnable load) {
        Thread.ofPlatform().daemon().name(name).start(load);
    }
}
