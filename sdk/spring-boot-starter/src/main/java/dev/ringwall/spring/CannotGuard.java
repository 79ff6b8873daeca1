package dev.ringwall.spring;

/// The service cannot be guarded as it is set up, so it does not start.
final class CannotGuard extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    CannotGuard(String found, String remedy) {
        super(found);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
