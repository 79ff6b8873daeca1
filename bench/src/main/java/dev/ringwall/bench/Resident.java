package dev.ringwall.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The resident memory of a node while something happens, from `/proc/PID/status`.
///
/// @param name of the node
record Resident(String name, long pid) {

    private static final int LOOK_EVERY_MILLIS = 250;

    /// What was seen, in bytes.
    ///
    /// @param before it began
    /// @param most   at any time until it ended
    record Seen(String name, String meanwhile, long before, long most) {

        long moved() {
            return most - before;
        }

        String json() {
            return "{\"node\": \"%s\", \"meanwhile\": \"%s\", \"bytesBefore\": %d, \"bytesMost\": %d}"
                    .formatted(name, meanwhile, before, most);
        }
    }

    long now() throws IOException {
        return Cpu.resident(pid);
    }

    /// Does it in a thread of its own and looks at both nodes meanwhile.
    static Seen[] during(String what, Callable<Void> task, Resident... nodes)
            throws IOException, InterruptedException {
        Seen[] seen = new Seen[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            long now = nodes[i].now();
            seen[i] = new Seen(nodes[i].name, what, now, now);
        }
        FutureTask<Void> running = new FutureTask<>(task);
        Thread.ofPlatform().daemon().start(running);
        boolean over = false;
        while (!over) {
            for (int i = 0; i < nodes.length; i++) {
                Seen was = seen[i];
                long most = Math.max(was.most, nodes[i].now());
                seen[i] = new Seen(was.name, what, was.before, most);
            }
            over = over(running, what);
        }
        return seen;
    }

    private static boolean over(FutureTask<Void> running, String what)
            throws IOException, InterruptedException {
        try {
            running.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException failed) {
            throw new IOException(what + " failed: " + failed.getCause(), failed.getCause());
        }
    }
}
