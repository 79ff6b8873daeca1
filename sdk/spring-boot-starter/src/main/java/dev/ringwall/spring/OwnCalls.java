package dev.ringwall.spring;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/// Says with the service's own calls for whom they are: to its ways out, and to nobody else, not even where the service tries to.
final class OwnCalls implements ClientHttpRequestInterceptor {

    private final WaysOut waysOut;

    OwnCalls(WaysOut waysOut) {
        this.waysOut = waysOut;
    }

    @Override
    public ClientHttpResponse intercept(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        address(request.getURI(), request.getHeaders());
        return execution.execute(request, body);
    }

    /// Puts the current call's headers on a call to that address, or takes all of ours away.
    void address(URI to, HttpHeaders headers) {
        List<String> said = headers.headerNames().stream().filter(Headers::isOurs).toList();
        said.forEach(headers::remove);
        Optional<ProvenCall> current = CurrentCall.get();
        if (current.isPresent() && waysOut.leadTo(to)) {
            ProvenCall call = current.get();
            call.transaction().ifPresent(token -> headers.set(Headers.TXN_TOKEN, token));
            call.requestId().ifPresent(id -> headers.set(Headers.REQUEST, id));
            if (!headers.containsHeader(Headers.TRACEPARENT)) {
                call.traceParent().ifPresent(trace -> headers.set(Headers.TRACEPARENT, trace));
            }
        }
    }
}
