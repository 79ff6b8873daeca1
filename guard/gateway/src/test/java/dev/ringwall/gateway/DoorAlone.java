package dev.ringwall.gateway;

import io.netty.handler.ssl.OpenSsl;

/// A door in a process of its own, for tests that want another one than theirs.
final class DoorAlone {

    static final String READY = "ready, native ";

    private DoorAlone() {}

    public static void main(String[] arguments) throws Exception {
        World world = World.of(Shop.YAML);
        System.out.println(READY + OpenSsl.isAvailable() + ", port " + world.door.getPort());
        Thread.currentThread().join();
    }
}
