package dev.ringwall.admin;

import dev.ringwall.model.Reason;
import dev.ringwall.people.NotRecorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Several operations in one request (RFC 7644 §3.7). Each is worth what it would be alone: the caller must be allowed it, its own limits count,
/// [Power] decides of it, and it is recorded. They are done in their order, each by itself; one that names what a later one makes waits for that.
final class ScimBulk {

    /// So many operations in a request.
    static final int OPERATIONS_MAX = 100;

    private static final String RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    private final Power power;
    private final BulkLimits limits;
    private final Function<AdminRequest, AdminAnswer> alone;

    /// @param alone answers an operation of SCIM
    ScimBulk(Power power, BulkLimits limits, Function<AdminRequest, AdminAnswer> alone) {
        this.power = power;
        this.limits = limits;
        this.alone = alone;
    }

    AdminAnswer answer(AdminRequest request) {
        if (request.body().length > StrictJson.BODY_BYTES_MAX) {
            throw Refused.tooLarge("expected: at most " + StrictJson.BODY_BYTES_MAX + " bytes");
        }
        ObjectNode body = StrictJson.object(request.body());
        JsonNode operations = ScimPatch.member(body, "Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw Refused.syntax("`Operations` is not a list of operations");
        }
        if (operations.size() > OPERATIONS_MAX) {
            throw Refused.tooLarge("expected: at most " + OPERATIONS_MAX + " operations");
        }
        Run run = new Run(request, failures(body));
        operations.forEach(run::add);
        return run.done();
    }

    /// After so many failures nothing more is done.
    private static int failures(ObjectNode body) {
        JsonNode wanted = ScimPatch.member(body, "failOnErrors");
        if (wanted.isMissingNode()) {
            return Integer.MAX_VALUE;
        }
        if (!wanted.isInt() || wanted.asInt() < 1) {
            throw Refused.unusable("`failOnErrors` is not a number above zero");
        }
        return wanted.asInt();
    }

    /// One request as it is worked through.
    private final class Run {

        private final AdminRequest request;
        private final int failuresMax;
        private final List<BulkOperation> waiting = new ArrayList<>();
        private final Set<String> named = new HashSet<>();
        private final Map<String, String> made = new HashMap<>();
        private final TreeMap<Integer, ObjectNode> results = new TreeMap<>();
        private int failures;

        Run(AdminRequest request, int failuresMax) {
            this.request = request;
            this.failuresMax = failuresMax;
        }

        void add(JsonNode said) {
            BulkOperation operation = BulkOperation.read(waiting.size(), said);
            if (!operation.bulkId().isEmpty() && !named.add(operation.bulkId())) {
                throw Refused.unusable("a `bulkId` twice");
            }
            waiting.add(operation);
        }

        AdminAnswer done() {
            boolean further = true;
            while (further && failures < failuresMax) {
                further = false;
                for (Iterator<BulkOperation> each = waiting.iterator();
                        each.hasNext() && failures < failuresMax; ) {
                    BulkOperation next = each.next();
                    if (made.keySet().containsAll(next.refersTo())) {
                        each.remove();
                        put(next, done(next));
                        further = true;
                    }
                }
            }
            for (BulkOperation left : waiting) {
                if (failures < failuresMax) {
                    put(left, unresolved(left));
                }
            }
            ObjectNode response = JsonNodeFactory.instance.objectNode();
            response.putArray("schemas").add(RESPONSE);
            response.putArray("Operations").addAll(results.values());
            return AdminAnswer.of(200, AdminAnswer.SCIM, response);
        }

        private AdminAnswer done(BulkOperation operation) {
            try {
                String verb = operation.verb();
                power.may(request.by(), verb);
                limits.take(request.by().actor(), power.roles(request.by()), verb);
                return alone.apply(operation.resolved(made).request(verb, request));
            } catch (Refused refused) {
                return AdminApi.scim(refused);
            } catch (NotRecorded lost) {
                return AdminApi.scim(
                        Refused.by(
                                Reason.NOT_RECORDED,
                                "nothing was done, for it could not be recorded"));
            }
        }

        /// What it names was not made, or they name each other in a circle (§3.7.1).
        private AdminAnswer unresolved(BulkOperation operation) {
            Set<String> lacking = new HashSet<>(operation.refersTo());
            lacking.removeAll(made.keySet());
            return AdminApi.scim(
                    new Refused(
                            409,
                            "unusable",
                            "",
                            "nothing was made as " + String.join(", ", lacking)));
        }

        private void put(BulkOperation operation, AdminAnswer answer) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("method", operation.method());
            if (!operation.bulkId().isEmpty()) {
                result.put("bulkId", operation.bulkId());
            }
            boolean failed = answer.status() >= 400;
            String location = answer.headers().get("Location");
            if (location != null) {
                result.put("location", location);
                made.put(operation.bulkId(), location.substring(location.lastIndexOf('/') + 1));
            } else if (!operation.method().equals("POST")) {
                result.put("location", operation.resolved(made).location(request.base()));
            }
            Optional.ofNullable(answer.headers().get("ETag"))
                    .ifPresent(version -> result.put("version", version));
            result.put("status", Integer.toString(answer.status()));
            if (failed) {
                failures++;
                StrictJson.read(answer.body()).ifPresent(error -> result.set("response", error));
            }
            results.put(operation.at(), result);
        }
    }
}
