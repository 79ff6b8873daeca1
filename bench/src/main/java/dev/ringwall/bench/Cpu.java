package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The processor time of a process, all threads, user and system together (proc(5), `/proc/PID/stat`).
final class Cpu {

    /// Fields behind the name: state is the third field, user time the fourteenth, system time the fifteenth.
    private static final int USER = 14 - 3;

    private static final int SYSTEM = 15 - 3;

    /// `sysconf(_SC_CLK_TCK)`, 100 on every Linux that Java runs on.
    private static final long TICKS_PER_SECOND = 100;

    private Cpu() {}

    static Duration of(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    }

    /// Of a process and of those that it has started: a proxy's workers.
    static Duration ofAll(long pid) throws IOException {
        Duration sum = of(pid);
        for (ProcessHandle each :
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).toList()) {
            sum = sum.plus(of(each.pid()));
        }
        return sum;
    }

    static Duration parse(String stat) {
        List<String> fields =
                List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
        long ticks = Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM));
        return Duration.ofNanos(ticks * (1_000_000_000L / TICKS_PER_SECOND));
    }

    /// Resident memory in bytes.
    static long resident(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        return 0;
    }
}
