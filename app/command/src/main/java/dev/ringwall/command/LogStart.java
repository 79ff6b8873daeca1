package dev.ringwall.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import org.slf4j.event.KeyValuePair;

/// How a command begins to log: errors to standard error, one line each. A command that stays up writes everything as lines of JSON into a file
/// instead ([LogFile]). Logback finds it as a service; by its configuration in XML each start would load hundreds of classes more.
public final class LogStart extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getStatusManager().add(new NopStatusListener());
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        Errors errors = new Errors();
        errors.setContext(context);
        errors.start();
        root.addAppender(errors);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// The level, the class, what was said and its keys; no trace.
    private static final class Errors extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            if (!event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                return;
            }
            String logger = event.getLoggerName();
            StringBuilder line = new StringBuilder(event.getLevel().toString());
            line.append(' ').append(logger.substring(logger.lastIndexOf('.') + 1));
            line.append(' ').append(event.getFormattedMessage()).append(' ');
            if (event.getKeyValuePairs() != null) {
                for (KeyValuePair pair : event.getKeyValuePairs()) {
                    line.append(pair.key).append("=\"").append(pair.value).append("\" ");
                }
            }
            System.err.println(line.toString().stripTrailing());
        }
    }
}
