package dev.ringwall.model;

import dev.ringwall.model.HttpRoute.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One request means one operation, at the one public door and at each service.
final class RouteChecks {

    /// Operations of one method that are compared with each other; the effort grows with the square.
    static final int COMPARED_MAX = 2_000;

    private final Declaration declaration;
    private final Findings findings;

    RouteChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
    }

    void run() {
        List<Operation> operations = new ArrayList<>();
        declaration
                .services()
                .values()
                .forEach(service -> operations.addAll(service.operations().values()));
        Map<String, List<Operation>> alike = new HashMap<>();
        for (Operation operation : operations) {
            String method = operation.route().safe() ? "GET" : operation.route().method();
            List<Operation> others =
                    alike.computeIfAbsent(
                            method + " " + operation.route().segments().size(),
                            _ -> new ArrayList<>());
            if (others.size() < COMPARED_MAX) {
                others.forEach(other -> compare(other, operation));
            }
            others.add(operation);
        }
    }

    private void compare(Operation earlier, Operation later) {
        boolean together =
                earlier.name().owner().equals(later.name().owner())
                        || (open(earlier) && open(later));
        if (!together || !overlap(earlier.route(), later.route())) {
            return;
        }
        if (earlier.route().shape().equals(later.route().shape())) {
            if (sameMethods(earlier.route(), later.route())) {
                findings.error(
                        "same-route",
                        later.line(),
                        "`%s` answers `%s`, as `%s` does in %s"
                                .formatted(
                                        later.name(),
                                        later.route(),
                                        earlier.name(),
                                        earlier.line()),
                        "give one of them another path; all services share the one public door");
            }
        } else if (!narrower(earlier.route(), later.route())
                && !narrower(later.route(), earlier.route())) {
            findings.error(
                    "ambiguous-route",
                    later.line(),
                    "a request can fit `%s` of `%s` and `%s` of `%s` in %s"
                            .formatted(
                                    later.route(),
                                    later.name(),
                                    earlier.route(),
                                    earlier.name(),
                                    earlier.line()),
                    "make one of the paths more exact than the other in every part");
        }
    }

    private static boolean open(Operation operation) {
        return !(operation.allow() instanceof Allow.Nobody);
    }

    /// A `GET` also answers `HEAD`, so the two are one here.
    private static boolean sameMethods(HttpRoute one, HttpRoute other) {
        return one.method().equals(other.method()) || (one.safe() && other.safe());
    }

    /// Whether some path fits both; they have as many segments as each other.
    private static boolean overlap(HttpRoute one, HttpRoute other) {
        for (int i = 0; i < one.segments().size(); i++) {
            if (one.segments().get(i) instanceof Segment.Literal(String text)
                    && other.segments().get(i) instanceof Segment.Literal(String otherText)
                    && !text.equals(otherText)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the first has text wherever the other has text.
    private static boolean narrower(HttpRoute one, HttpRoute other) {
        for (int i = 0; i < one.segments().size(); i++) {
            if (one.segments().get(i) instanceof Segment.Parameter
                    && other.segments().get(i) instanceof Segment.Literal) {
                return false;
            }
        }
        return true;
    }
}
