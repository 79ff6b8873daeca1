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

/// Puts the parameters of a pushed authorization request in place of its name, and those of a signed one in place of it, so that nobody behind
/// has to know how it came (RFC 9126 §4, RFC 9101 §6). What else the address says about such a request does not count (RFC 9101 §6.3).
final class Carried extends HttpFilter {

    private static final String NAME = "request_uri";
    private static final String OBJECT = "request";

    private final transient PushedRequests requests;
    private final transient RequestObjects objects;
    private final transient DeadEnds deadEnds;
    private final transient Predicate<String> pushes;

    /// @param pushes whether the client of that id must leave its requests here first
    Carried(
            PushedRequests requests,
            RequestObjects objects,
            DeadEnds deadEnds,
            Predicate<String> pushes) {
        this.requests = requests;
        this.objects = objects;
        this.deadEnds = deadEnds;
        this.pushes = pushes;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        String client = request.getParameter("client_id");
        String[] uris = request.getParameterValues(NAME);
        String[] objects = request.getParameterValues(OBJECT);
        if (path.equals(Paths.AUTHORIZE) && !NavigationRule.keeps(request)) {
            deadEnds.notNavigated(request, response);
        } else if (uris == null
                && client != null
                && path.equals(Paths.AUTHORIZE)
                && pushes.test(client)) {
            deadEnds.mustPush(request, response);
        } else if (objects != null && (path.equals(Paths.AUTHORIZE) || path.equals(Paths.PAR))) {
            String object = objects.length == 1 && uris == null ? objects[0] : "";
            signed(request, response, chain, object);
        } else if (uris == null || Paths.BETWEEN_PROGRAMS.contains(path)) {
            chain.doFilter(request, response);
        } else {
            pushed(request, response, chain, uris.length == 1 ? uris[0] : "");
        }
    }

    private void pushed(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, String uri)
            throws IOException, ServletException {
        String client = request.getParameter("client_id");
        Optional<PushedRequests.Pushed> pushed =
                client == null ? Optional.empty() : requests.open(uri, client);
        if (pushed.isEmpty()) {
            deadEnds.notPushed(request, response);
            return;
        }
        PushedRequests.hold(request, pushed.get());
        chain.doFilter(new Expanded(request, pushed.get().parameters()), response);
    }

    /// A request that the client has signed goes by a name from here on, as a pushed one does: the address that people are sent on with would
    /// not be signed.
    private void signed(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            String object)
            throws IOException, ServletException {
        switch (objects.read(object, request.getParameter("client_id"))) {
            case RequestObjects.Reading.Bad(String why) ->
                    deadEnds.badObject(request, response, why);
            case RequestObjects.Reading.Asked(var parameters) -> {
                HttpServletRequest asked = new Expanded(request, parameters);
                if (request.getRequestURI().equals(Paths.AUTHORIZE)) {
                    requests.holdHere(asked);
                }
                chain.doFilter(asked, response);
            }
        }
    }

    /// The request as if the browser had brought all of it.
    private static final class Expanded extends HttpServletRequestWrapper {
        private final Map<String, String[]> parameters;
        private final @Nullable String query;

        private Expanded(HttpServletRequest request, Map<String, String> pushed) {
            super(request);
            Map<String, String[]> all = new HashMap<>(request.getParameterMap());
            all.remove(NAME);
            all.remove(OBJECT);
            Question.NAMES.forEach(all::remove);
            pushed.forEach((name, value) -> all.put(name, new String[] {value}));
            this.parameters = Map.copyOf(all);
            this.query = request.getRequestURI().equals(Paths.PAR) ? null : Answers.encoded(pushed);
        }

        @Override
        public @Nullable String getQueryString() {
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
