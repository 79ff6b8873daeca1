package dev.ringwall.link;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/// How the process is, in the text format of Prometheus, under the names that its Java client gives these figures.
final class JvmMetrics {

    private static final double MILLIS_PER_SECOND = 1e3;

    private JvmMetrics() {}

    static String text() {
        StringBuilder text = new StringBuilder();
        head(text, "jvm_memory_used_bytes", "gauge", "Memory in use.");
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        line(text, "jvm_memory_used_bytes{area=\"heap\"}", heap.getUsed());
        line(text, "jvm_memory_used_bytes{area=\"nonheap\"}", other.getUsed());
        head(text, "jvm_memory_max_bytes", "gauge", "Memory that may be used.");
        line(text, "jvm_memory_max_bytes{area=\"heap\"}", heap.getMax());
        head(text, "jvm_threads_current", "gauge", "Platform threads.");
        line(text, "jvm_threads_current", ManagementFactory.getThreadMXBean().getThreadCount());
        head(text, "jvm_gc_collection_seconds", "summary", "Time spent collecting garbage.");
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            String label = "{gc=\"" + gc.getName() + "\"}";
            line(text, "jvm_gc_collection_seconds_count" + label, gc.getCollectionCount());
            line(
                    text,
                    "jvm_gc_collection_seconds_sum" + label,
                    gc.getCollectionTime() / MILLIS_PER_SECOND);
        }
        head(text, "process_start_time_seconds", "gauge", "When the process started, Unix time.");
        line(
                text,
                "process_start_time_seconds",
                ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND);
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, Number value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
