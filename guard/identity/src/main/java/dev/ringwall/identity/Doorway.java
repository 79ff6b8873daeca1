package dev.ringwall.identity;

import dev.ringwall.events.Ids;
import dev.ringwall.model.Reason;
import dev.ringwall.people.Asked;
import dev.ringwall.people.NotRecorded;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Lets through only what the gateway passes on, and believes its word about the caller. What fails unforeseen is a refusal.
final class Doorway extends HttpFilter {

    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final Pattern TRACE =
            Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private final transient Predicate<X509Certificate> gateway;
    private final Doors doors;

    /// @param doors where callers from outside reach it: URLs that they have signed begin so
    Doorway(Predicate<X509Certificate> gateway, Doors doors) {
        this.gateway = gateway;
        this.doors = doors;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] peer)
                || peer.length == 0
                || !gateway.test(peer[0])) {
            Problems.send(response, Reason.PEER_NOT_TRUSTED, Optional.empty());
            return;
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        Asked asked = asked(request);
        asked.request().ifPresent(id -> MDC.put("request", id));
        asked.trace().ifPresent(id -> MDC.put("trace", id));
        HttpServletRequest outside = new FromOutside(request, doors.reached(request));
        try {
            ScopedValue.where(Asked.CURRENT, asked)
                    .where(CallerCertificate.CURRENT, CallerCertificate.in(request))
                    .call(() -> {
                        chain.doFilter(outside, response);
                        return true;
                    });
        } catch (NotRecorded lost) {
            LOG.error("an event was lost, so the act did not happen", lost);
            Problems.send(response, Reason.NOT_RECORDED, asked.request());
        } catch (ServletException | RuntimeException unforeseen) {
            LOG.error("unforeseen at {}", request.getRequestURI(), unforeseen);
            Problems.send(response, Reason.UNFORESEEN, asked.request());
        } catch (IOException gone) {
            throw gone;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        } finally {
            MDC.remove("request");
            MDC.remove("trace");
        }
    }

    private static Asked asked(HttpServletRequest request) {
        String trace = request.getHeader("traceparent");
        String agent = request.getHeader("User-Agent");
        var traced = TRACE.matcher(trace == null ? "" : trace);
        return new Asked(
                Optional.ofNullable(request.getHeader("Ringwall-Request")).filter(Ids::wellFormed),
                traced.matches() ? Optional.of(traced.group(1)) : Optional.empty(),
                Forwarded.client(request.getHeader("Forwarded")).orElse(request.getRemoteAddr()),
                agent == null ? "" : agent,
                request.getRequestURI());
    }

    /// The request as the caller made it.
    private static final class FromOutside extends HttpServletRequestWrapper {
        private final URI door;

        private FromOutside(HttpServletRequest request, URI door) {
            super(request);
            this.door = door;
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(door.toString()).append(getRequestURI());
        }
    }
}
