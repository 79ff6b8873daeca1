package dev.ringwall.control;

import dev.ringwall.keys.Identity;
import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers JSON questions by method and path, and refuses everything else.
final class JsonInterface extends HttpServlet {

    /// The largest question, in bytes.
    static final int BODY_BYTES_MAX = 20 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(JsonInterface.class);
    private static final long serialVersionUID = 1L;

    private transient volatile Map<String, Exchange.Handler> handlers = Map.of();
    private final transient Function<X509Certificate, Optional<String>> peers;

    /// Answers nothing yet.
    ///
    /// @param peers the path of the SPIFFE id in a certificate of this system
    JsonInterface(Function<X509Certificate, Optional<String>> peers) {
        this.peers = peers;
    }

    /// From now on answers the questions named `METHOD /path`.
    void answer(Map<String, Exchange.Handler> questions) {
        handlers = Map.copyOf(questions);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(response, answer(request));
    }

    private Exchange.Answer answer(HttpServletRequest request) throws IOException {
        Exchange.Handler handler =
                handlers.get(request.getMethod() + " " + request.getRequestURI());
        if (handler == null) {
            return Exchange.missing(
                    "there is no " + request.getMethod() + " " + request.getRequestURI());
        }
        byte[] body = request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            return new Exchange.Answer.Refused(
                    413, "too-large", "over " + BODY_BYTES_MAX + " bytes");
        }
        Map<String, String> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
        try {
            return handler.answer(
                    new Exchange(
                            query,
                            body,
                            certificate(request).flatMap(peers),
                            certificate(request).flatMap(Identity::instanceIn),
                            request.getRemoteAddr()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Exchange.Answer.Refused(503, "stopping", "the control plane is stopping");
        } catch (Exception unforeseen) {
            LOG.atError()
                    .setCause(unforeseen)
                    .addKeyValue("path", request.getRequestURI())
                    .log("unforeseen");
            return new Exchange.Answer.Refused(
                    500, "unforeseen", "our fault; the control plane's log says more");
        }
    }

    private static Optional<X509Certificate> certificate(HttpServletRequest request) {
        return request.getAttribute("jakarta.servlet.request.X509Certificate")
                                instanceof X509Certificate[] chain
                        && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }

    private static void send(HttpServletResponse response, Exchange.Answer answer)
            throws IOException {
        byte[] body =
                switch (answer) {
                    case Exchange.Answer.Done(Object value) -> Json.write(value);
                    case Exchange.Answer.Refused(int status, String reason, String detail) -> {
                        response.setStatus(status);
                        yield Json.write(new Messages.Refusal(reason, detail));
                    }
                };
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
