package dev.ringwall.command;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Where a command that stays up writes what happens in it: one line of JSON an entry, with the ids of the request where there is one.
///
/// Everything that any library logs goes there and nothing of it to the terminal, which belongs to what the command prints. The file
/// never grows beyond [#BYTES_MAX], and [#OLDER_KEPT] full ones before it are kept.
final class LogFile {

    /// How large the file grows before it is put aside.
    static final long BYTES_MAX = 10L << 20;

    /// How many files that were put aside are kept.
    static final int OLDER_KEPT = 4;

    /// How often the size is looked at.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final String NAME = "ringwall.jsonl";

    private LogFile() {}

    /// From now on everything is logged to `ringwall.jsonl` in that folder.
    static void open(Path folder) throws IOException {
        open(folder, BYTES_MAX, LOOK_EVERY);
    }

    static void open(Path folder, long bytesMax, Duration lookEvery) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> file = file(context, folder.resolve(NAME), bytesMax, lookEvery);
        root.detachAndStopAllAppenders();
        root.addAppender(file);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static Appender<ILoggingEvent> file(
            LoggerContext context, Path path, long bytesMax, Duration lookEvery) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(context);
        file.setName("file");
        file.setFile(path.toString());
        file.setEncoder(encoder(context));
        FixedWindowRollingPolicy older = new FixedWindowRollingPolicy();
        older.setContext(context);
        older.setParent(file);
        older.setFileNamePattern(path + ".%i");
        older.setMinIndex(1);
        older.setMaxIndex(OLDER_KEPT);
        older.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> full = new SizeBasedTriggeringPolicy<>();
        full.setContext(context);
        full.setMaxFileSize(new FileSize(bytesMax));
        full.setCheckIncrement(
                ch.qos.logback.core.util.Duration.buildByMilliseconds(
                        (double) lookEvery.toMillis()));
        full.start();
        file.setRollingPolicy(older);
        file.setTriggeringPolicy(full);
        file.start();
        return file;
    }

    private static JsonEncoder encoder(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.start();
        return encoder;
    }
}
