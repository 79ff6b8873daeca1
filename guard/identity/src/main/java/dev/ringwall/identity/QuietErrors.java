package dev.ringwall.identity;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/// Says nothing where Tomcat would say its version and what went wrong: the status is enough for whoever sends what nobody can read.
final class QuietErrors extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        // The status line has been set.
    }
}
