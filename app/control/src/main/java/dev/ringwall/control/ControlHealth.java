package dev.ringwall.control;

import dev.ringwall.link.HealthServer;
import dev.ringwall.store.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How the control plane is, for [HealthServer]. Its keys are open as long as it runs, or it would not have started.
final class ControlHealth implements HealthServer.Part {

    /// With less room than this on the disk of the log it is not ready, in bytes.
    static final long ROOM_BYTES_MIN = 64L << 20;

    private final ControlPlane control;
    private final Counting counting;
    private final Nodes nodes;

    ControlHealth(ControlPlane control, Counting counting, Nodes nodes) {
        this.control = control;
        this.counting = counting;
        this.nodes = nodes;
    }

    @Override
    public Optional<String> lacking() {
        if (control.published().bundleNumber() == 0) {
            return Optional.of("no bundle published yet");
        }
        Path log = control.settings().folder().resolve("audit");
        try {
            control.store().instances().all();
            if (!Files.isWritable(log)) {
                return Optional.of("the log cannot be written");
            }
            return Files.getFileStore(log).getUsableSpace() < ROOM_BYTES_MIN
                    ? Optional.of("the disk of the log is full")
                    : Optional.empty();
        } catch (StoreFailure broken) {
            return Optional.of("the store does not answer");
        } catch (IOException broken) {
            return Optional.of("the disk of the log does not answer");
        }
    }

    @Override
    public byte[] metrics() {
        StringBuilder text = new StringBuilder();
        gauge(text, "ringwall_control_tree_size", "Entries in the log.", control.treeSize());
        gauge(
                text,
                "ringwall_control_bundle_number",
                "The newest bundle.",
                control.published().bundleNumber());
        gauge(
                text,
                "ringwall_control_roster_number",
                "The newest roster.",
                control.published().rosterNumber());
        gauge(
                text,
                "ringwall_control_nodes",
                "Nodes that were heard of within 30 seconds.",
                nodes.there());
        return text.append(counting.text()).toString().getBytes(StandardCharsets.UTF_8);
    }

    static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        head(text, name, "gauge", help);
        text.append(name).append(' ').append(value).append('\n');
    }
}
