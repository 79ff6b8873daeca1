package dev.ringwall.command;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.ringwall.gateway.NativeParts;
import dev.ringwall.keys.CryptoProviders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether this machine has what a node and a control plane want.
final class MachineCheckup {

    /// A caller and its next hop take a descriptor each.
    private static final long DESCRIPTORS_WANTED = 8_192;

    /// What cannot be recorded does not happen: a full disk stops the system.
    private static final long DISK_BYTES_WANTED = 1L << 30;

    private static final long DISK_BYTES_MIN = 100L << 20;

    private static final long MEMORY_BYTES_WANTED = 512L << 20;

    private MachineCheckup() {}

    static void on(Checkup.Notes notes, @Nullable StateFolder state) {
        notes.good("Java " + Runtime.version() + " in " + System.getProperty("java.home"));
        NativeParts parts = NativeParts.here();
        parts.tls()
                .ifPresentOrElse(
                        library ->
                                notes.good("TLS by " + library + ", sockets by " + parts.sockets()),
                        () ->
                                notes.warn(
                                        "TLS by the JDK: slower, and without X25519MLKEM768",
                                        "the native library is there for Linux and macOS on x86-64 and arm64; is libc musl, or /tmp mounted noexec?"));
        switch (CryptoProviders.install()) {
            case CryptoProviders.Installed.Quick(String name, String version) ->
                    notes.good("signatures by " + name + " " + version);
            case CryptoProviders.Installed.JdkOnly(String because) ->
                    notes.warn(
                            "signatures by the JDK: a token that is seen first costs five times as much",
                            because);
        }
        descriptors(notes);
        memory(notes);
        disk(notes, state == null ? Path.of("").toAbsolutePath() : state.path());
    }

    private static void descriptors(Checkup.Notes notes) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            long most = os.getMaxFileDescriptorCount();
            if (most < DESCRIPTORS_WANTED) {
                notes.warn(
                        most + " files and connections may be open at once",
                        "ulimit -n "
                                + DESCRIPTORS_WANTED
                                + ", or LimitNOFILE= in the unit of systemd");
            } else {
                notes.good(most + " files and connections may be open at once");
            }
        }
    }

    private static void memory(Checkup.Notes notes) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            long free = os.getTotalMemorySize();
            String said = (free >> 20) + " MB of memory";
            if (free < MEMORY_BYTES_WANTED) {
                notes.warn(
                        said,
                        "control plane and node together want "
                                + (MEMORY_BYTES_WANTED >> 20)
                                + " MB");
            } else {
                notes.good(said);
            }
        }
    }

    private static void disk(Checkup.Notes notes, Path folder) {
        try {
            Path at = folder;
            while (!Files.exists(at) && at.getParent() != null) {
                at = at.getParent();
            }
            long free = Files.getFileStore(at).getUsableSpace();
            String said = (free >> 20) + " MB are free where " + folder + " lies";
            String hint = "what cannot be recorded does not happen: make room, or move the folder";
            if (free < DISK_BYTES_MIN) {
                notes.fail(said, hint);
            } else if (free < DISK_BYTES_WANTED) {
                notes.warn(said, hint);
            } else {
                notes.good(said);
            }
        } catch (IOException unreadable) {
            notes.fail(
                    "cannot look at the disk of " + folder + ": " + unreadable.getMessage(),
                    "is the folder yours?");
        }
    }
}
