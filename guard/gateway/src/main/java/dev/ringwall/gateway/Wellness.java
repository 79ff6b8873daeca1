package dev.ringwall.gateway;

/// Whether something is well, as checks find: ill after [#OUT_AFTER] bad ones in a row, well again after [#IN_AFTER] good ones, so that
/// one odd check turns nothing around. Changed by one thread, seen by any.
final class Wellness {

    /// So many bad checks in a row, and it is ill.
    static final int OUT_AFTER = 2;

    /// So many good checks in a row, and it is well again.
    static final int IN_AFTER = 2;

    private volatile boolean well;
    private int against;
    private int needed;

    private Wellness(boolean well, int needed) {
        this.well = well;
        this.needed = needed;
    }

    /// Well until checks say otherwise.
    static Wellness presumed() {
        return new Wellness(true, OUT_AFTER);
    }

    /// Not well until the first good check.
    static Wellness unproved() {
        return new Wellness(false, 1);
    }

    boolean isWell() {
        return well;
    }

    /// Whether the next check may change it.
    boolean wavers() {
        return against > 0 || !well;
    }

    /// A check went so; returns whether that changed it.
    boolean checked(boolean good) {
        if (good == well) {
            against = 0;
            return false;
        }
        against++;
        if (against < needed) {
            return false;
        }
        against = 0;
        well = good;
        needed = good ? OUT_AFTER : IN_AFTER;
        return true;
    }
}
