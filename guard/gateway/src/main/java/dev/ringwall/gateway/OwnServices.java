package dev.ringwall.gateway;

import dev.ringwall.model.Service;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the services beside which this node stands are well, so that it can say so to nodes that ask.
///
/// A service is asked by its own sidecar alone, every [Checks#EVERY], however many nodes ask the sidecar. It is well when its declared path
/// answers 2xx, or, where it declares none, when it takes a connection. Redirects are not followed, and of an answer the head is read at
/// most. Any thread may ask; the checks run on one event loop.
final class OwnServices {

    private static final Logger LOG = LoggerFactory.getLogger(OwnServices.class);
    private static final int GOOD_FROM = 200;
    private static final int GOOD_TO = 299;

    private final Map<Listener.Inbound, Own> all = new ConcurrentHashMap<>();

    private static final class Own {
        private final Wellness wellness = Wellness.unproved();
        private boolean asking;
        private boolean told;
        private long dueNanos = System.nanoTime();
    }

    /// It stands beside this one now.
    void watch(Listener.Inbound inbound) {
        all.put(inbound, new Own());
    }

    /// It does not any more.
    void forget(Listener.Inbound inbound) {
        all.remove(inbound);
    }

    /// Whether the service behind that listener is well, as far as is known.
    boolean isWell(Listener.Inbound inbound) {
        Own own = all.get(inbound);
        return own != null && own.wellness.isWell();
    }

    /// Checks those whose time has come; on that pool's event loop.
    void round(Pool pool, Plan plan, long now) {
        all.forEach((inbound, own) -> {
            if (!own.asking && now - own.dueNanos >= 0) {
                own.asking = true;
                check(pool, plan, inbound, own);
            }
        });
    }

    private void check(Pool pool, Plan plan, Listener.Inbound inbound, Own own) {
        InetSocketAddress service = inbound.upstream();
        Way way = Way.plain(service.getHostString(), service.getPort());
        Service declared =
                plan.snapshot().blueprint().declaration().services().get(inbound.service());
        Optional<Service.Health> health = declared == null ? Optional.empty() : declared.health();
        if (health.isPresent()) {
            Question.askOnce(
                    pool,
                    way,
                    head(inbound, health.get()),
                    Checks.WITHIN,
                    heard -> settle(inbound, own, wrong(heard)));
        } else {
            pool.connect(
                    way,
                    taken -> {
                        switch (taken) {
                            case Pool.Taken.Ready(UpstreamHandler ready) -> {
                                ready.abandon();
                                settle(inbound, own, Optional.empty());
                            }
                            case Pool.Taken.Failed(String why) ->
                                    settle(inbound, own, Optional.of(why));
                        }
                    });
        }
    }

    /// What the service sees of a check: a `GET` that came through its sidecar, of nobody.
    private static HttpRequest head(Listener.Inbound inbound, Service.Health health) {
        InetSocketAddress service = inbound.upstream();
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.HOST, service.getHostString() + ":" + service.getPort())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(Names.CALLER, "-")
                .set(Names.ROLES, "")
                .set(Names.ENTRY, inbound.entry());
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, health.path(), headers);
    }

    /// What is wrong; empty where nothing is.
    private static Optional<String> wrong(Question.Heard heard) {
        return switch (heard) {
            case Question.Heard.Nothing(String why) -> Optional.of(why);
            case Question.Heard.Answered(int status, var _) ->
                    status >= GOOD_FROM && status <= GOOD_TO
                            ? Optional.empty()
                            : Optional.of("answered " + status + " (expected: 200 to 299)");
        };
    }

    private static void settle(Listener.Inbound inbound, Own own, Optional<String> wrong) {
        own.asking = false;
        boolean changed = own.wellness.checked(wrong.isEmpty());
        own.dueNanos = System.nanoTime() + Checks.pause(own.wellness).toNanos();
        if (changed && (own.told || wrong.isPresent())) {
            own.told = true;
            if (wrong.isPresent()) {
                LOG.atWarn()
                        .addKeyValue("service", inbound.service())
                        .addKeyValue("why", wrong.get())
                        .log("the service is ill; nodes that ask are told");
            } else {
                LOG.atInfo()
                        .addKeyValue("service", inbound.service())
                        .log("the service is well again");
            }
        }
    }
}
