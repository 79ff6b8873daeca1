package dev.ringwall.identity;

import java.util.concurrent.Executors;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;

/// How much comes in at once.
final class TomcatLimits {

    private static final int FORM_BYTES_MAX = 64 * 1024;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int CONNECTIONS_MAX = 1024;

    private TomcatLimits() {}

    static void on(Connector connector) {
        connector.setMaxPostSize(FORM_BYTES_MAX);
        connector.setXpoweredBy(false);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setMaxHttpRequestHeaderSize(HEADER_BYTES_MAX);
        }
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setMaxConnections(CONNECTIONS_MAX);
            protocol.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        }
    }
}
