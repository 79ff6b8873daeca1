package dev.ringwall.spring;

import dev.ringwall.spring.Verdict.Proven;
import dev.ringwall.spring.Verdict.Refused;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.WebUtils;

/// Nothing in the service is reached but through here: first of all filters, for every path and every kind of dispatch.
///
/// What the gate decided stays with the request, so an error page or an asynchronous end is served for the same caller, and one that comes
/// without a decision is judged like any other request.
final class RingwallFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(RingwallFilter.class);

    /// Its value is of a type that only this package can make, so nobody can set it from outside.
    private static final String DECIDED = ProvenCall.class.getName();

    private final Gate gate;
    private final List<Seat> seats;
    private final AtomicLong refusals = new AtomicLong();

    RingwallFilter(Gate gate, List<Seat> seats) {
        this.gate = gate;
        this.seats = List.copyOf(seats);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Verdict verdict =
                http.getAttribute(DECIDED) instanceof ProvenCall decided
                        ? new Proven(decided)
                        : gate.judge(http);
        if (verdict instanceof Proven proven) {
            pass(http, response, chain, proven.call());
        } else if (verdict instanceof Refused refused) {
            record(http, refused);
            Problem.answer((HttpServletResponse) response, refused);
        }
    }

    private void pass(
            HttpServletRequest request,
            ServletResponse response,
            FilterChain chain,
            ProvenCall call)
            throws IOException, ServletException {
        request.setAttribute(DECIDED, call);
        boolean guarded = WebUtils.getNativeRequest(request, GuardedRequest.class) != null;
        HttpServletRequest seen = guarded ? request : new GuardedRequest(request, call.caller());
        List<Seat.Taken> taken = new ArrayList<>();
        try {
            taken.add(CurrentCall.enter(call));
            for (Seat seat : seats) {
                taken.add(0, seat.take(seen, call.caller()));
            }
            chain.doFilter(seen, response);
        } finally {
            taken.forEach(Seat.Taken::close);
        }
    }

    /// The call that a request was let in as.
    static ProvenCall decided(HttpServletRequest request) {
        if (request.getAttribute(DECIDED) instanceof ProvenCall decided) {
            return decided;
        }
        throw new IllegalStateException("this request did not come through RingwallFilter");
    }

    /// Says the first, second, fourth, eighth … refusal, so that a flood of them does not fill the log.
    private void record(HttpServletRequest request, Refused refused) {
        long count = refusals.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "refused ({}) a call from {}: {} (refusals since the start: {})",
                    refused.reason(),
                    request.getRemoteAddr(),
                    refused.detail(),
                    count);
        }
    }
}
