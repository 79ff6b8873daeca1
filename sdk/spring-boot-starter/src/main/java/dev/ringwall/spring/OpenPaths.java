package dev.ringwall.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/// What needs no token without a gateway: what the declaration says `allow: anyone` of. Paths are read as Spring MVC reads them.
final class OpenPaths {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final List<Open> open;

    private record Open(String operation, String method, PathPattern path) {}

    /// @param lines `catalog.list GET /products`, the path in Spring's own patterns
    OpenPaths(List<String> lines) {
        open = lines.stream().map(OpenPaths::read).toList();
    }

    /// The operation that anyone may do by this request.
    Optional<String> operation(HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return open.stream()
                .filter(line -> line.method().equals(request.getMethod()))
                .filter(line -> line.path().matches(path))
                .map(Open::operation)
                .findFirst();
    }

    private static Open read(String line) {
        String[] words = line.strip().split(" +", 3);
        if (words.length == 3
                && Headers.isOperation(words[0])
                && METHODS.contains(words[1])
                && words[2].startsWith("/")) {
            try {
                return new Open(
                        words[0], words[1], PathPatternParser.defaultInstance.parse(words[2]));
            } catch (PatternParseException e) {
                throw unusable(line);
            }
        }
        throw unusable(line);
    }

    private static CannotGuard unusable(String line) {
        return new CannotGuard(
                Surroundings.WITHOUT_GATEWAY
                        + ".anyone has `"
                        + line
                        + "` (expected: an operation, a method and a path)",
                "Write it as `catalog.list GET /products`.");
    }
}
