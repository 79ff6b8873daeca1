package dev.ringwall.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The processor time that the threads of this process have had, in nanoseconds (proc(5), `/proc/self/task/TID/schedstat`). A thread that
/// ended takes its part with it.
///
/// @param work      of all but those that compile, the collector's included
/// @param compiling of those that compile
record ThreadCosts(long work, long compiling) {

    static ThreadCosts now() throws IOException {
        long work = 0;
        long compiling = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                try {
                    String spent = Files.readString(task.resolve("schedstat"));
                    long nanos = Long.parseLong(spent.substring(0, spent.indexOf(' ')));
                    if (Files.readString(task.resolve("comm")).contains("CompilerThre")) {
                        compiling += nanos;
                    } else {
                        work += nanos;
                    }
                } catch (NoSuchFileException ended) {
                    // between the list and the look
                }
            }
        }
        return new ThreadCosts(work, compiling);
    }

    ThreadCosts since(ThreadCosts before) {
        return new ThreadCosts(work - before.work, compiling - before.compiling);
    }
}
