package dev.ringwall.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was looked at, in groups, and how each thing was found.
///
/// @param worst the worst of all
record Checkup(Found.State worst, List<Found> found) {

    /// One thing that was looked at.
    ///
    /// @param hint what to do about it; null where nothing is to be done
    record Found(String group, State state, String what, @Nullable String hint) {

        /// How it was found, from good to bad. The names stand in JSON.
        enum State {
            OK("√"),
            WARNING("‼"),
            FAILED("×");

            private final String sign;

            State(String sign) {
                this.sign = sign;
            }

            String sign() {
                return sign;
            }

            /// As it stands in JSON.
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /// Collects what is found, group by group.
    static final class Notes {
        private final List<Found> found = new ArrayList<>();
        private String group = "";

        Notes group(String name) {
            group = name;
            return this;
        }

        void good(String what) {
            found.add(new Found(group, Found.State.OK, what, null));
        }

        void warn(String what, String hint) {
            found.add(new Found(group, Found.State.WARNING, what, hint));
        }

        void fail(String what, String hint) {
            found.add(new Found(group, Found.State.FAILED, what, hint));
        }

        Checkup checkup() {
            return new Checkup(
                    found.stream()
                            .map(Found::state)
                            .max(Found.State::compareTo)
                            .orElse(Found.State.OK),
                    List.copyOf(found));
        }
    }

    /// The lines for people.
    List<String> lines(Screen screen) {
        List<String> lines = new ArrayList<>();
        String group = "";
        for (Found each : found) {
            if (!each.group().equals(group)) {
                group = each.group();
                lines.add(screen.strong(group));
            }
            String sign = each.state().sign();
            lines.add(
                    "  "
                            + switch (each.state()) {
                                case OK -> screen.good(sign);
                                case WARNING -> screen.strong(sign);
                                case FAILED -> screen.bad(sign);
                            }
                            + " "
                            + Screen.harmless(each.what()));
            if (each.hint() != null) {
                lines.add("    " + screen.faint(Screen.harmless(each.hint())));
            }
        }
        long failed = count(Found.State.FAILED);
        long warnings = count(Found.State.WARNING);
        lines.add("");
        lines.add(
                failed > 0
                        ? screen.bad("not well")
                                + "  "
                                + failed
                                + " failed, "
                                + warnings
                                + " to look at"
                        : screen.good("well") + "  " + warnings + " to look at");
        return lines;
    }

    private long count(Found.State state) {
        return found.stream().filter(each -> each.state() == state).count();
    }
}
