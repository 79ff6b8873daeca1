package dev.ringwall.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Puts the parameters of a pushed authorization request in place of its name, so that nobody behind has to know how it came
/// (RFC 9126 §4). What else the address says about such a request does not count (RFC 9101 §6.3).
final class Carried extends HttpFilter {

    private static final String NAME = "request_uri";

    private final transient PushedRequests requests;
    private final transient Answers answers;
    private final transient Predicate<String> pushes;

    /// @param pushes whether the client of that id must leave its requests here first
    Carried(PushedRequests requests, Answers answers, Predicate<String> pushes) {
        this.requests = requests;
        this.answers = answers;
        this.pushes = pushes;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String client = request.getParameter("client_id");
        String[] uris = request.getParameterValues(NAME);
        if (uris == null
                && client != null
                && request.getRequestURI().equals(Paths.AUTHORIZE)
                && pushes.test(client)) {
            answers.mustPush(request, response);
            return;
        }
        if (uris == null || Paths.BETWEEN_PROGRAMS.contains(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        Optional<PushedRequests.Pushed> pushed =
                uris.length == 1 && client != null
                        ? requests.open(uris[0], client)
                        : Optional.empty();
        if (pushed.isEmpty()) {
            answers.notPushed(request, response);
            return;
        }
        PushedRequests.hold(request, pushed.get());
        chain.doFilter(new Expanded(request, pushed.get().parameters()), response);
    }

    /// The request as if the browser had brought all of it.
    private static final class Expanded extends HttpServletRequestWrapper {
        private final Map<String, String[]> parameters;
        private final String query;

        private Expanded(HttpServletRequest request, Map<String, String> pushed) {
            super(request);
            Map<String, String[]> all = new HashMap<>(request.getParameterMap());
            all.remove(NAME);
            Question.NAMES.forEach(all::remove);
            pushed.forEach((name, value) -> all.put(name, new String[] {value}));
            this.parameters = Map.copyOf(all);
            this.query = Answers.encoded(pushed);
        }

        @Override
        public String getQueryString() {
            return query;
        }

        @Override
        public @Nullable String getParameter(String name) {
            String[] values = parameters.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            String[] values = parameters.get(name);
            return values == null ? null : values.clone();
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return parameters;
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }
    }
}
