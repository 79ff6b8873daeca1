package dev.ringwall.spring;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/// As [OwnCalls], for `WebClient`. The caller is known where the call is subscribed to on the thread that serves the request, as `block()`
/// does; begun elsewhere it is the service's own.
final class OwnReactiveCalls implements ExchangeFilterFunction {

    private final OwnCalls calls;

    OwnReactiveCalls(OwnCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return next.exchange(
                ClientRequest.from(request)
                        .headers(headers -> calls.address(request.url(), headers))
                        .build());
    }
}
