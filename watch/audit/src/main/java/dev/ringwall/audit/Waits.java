package dev.ringwall.audit;

/// Waiting that an interrupt does not cut short: what is waited for here always comes, and half a write is worse than a late one.
final class Waits {

    private Waits() {}

    /// Waits until the thread has ended; an interrupt is handed on afterwards.
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
