package dev.ringwall.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The headers that mean something to Ringwall, and the one way in which each may be written.
final class Headers {

    static final String CALLER = "Ringwall-Caller";
    static final String ROLES = "Ringwall-Roles";
    static final String OPERATION = "Ringwall-Operation";
    static final String REQUEST = "Ringwall-Request";
    static final String ENTRY = "Ringwall-Entry";
    static final String TXN_TOKEN = "Txn-Token";
    static final String TRACEPARENT = "traceparent";

    static final int ROLES_MAX = 64;

    private static final Pattern CALLER_FORM =
            Pattern.compile("-|[A-Za-z0-9][A-Za-z0-9._:@~-]{0,199}");
    private static final Pattern ROLE_FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern OPERATION_FORM =
            Pattern.compile("[a-z][a-z0-9-]{0,62}\\.[a-z][a-z0-9-]{0,62}");
    private static final Pattern REQUEST_FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern TOKEN_FORM = Pattern.compile("[\\x21-\\x7e]{1,8192}");
    private static final Pattern TRACEPARENT_FORM =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String PREFIX = "ringwall-";

    private Headers() {}

    static boolean isCaller(String text) {
        return CALLER_FORM.matcher(text).matches();
    }

    static boolean isRole(String text) {
        return ROLE_FORM.matcher(text).matches();
    }

    static boolean isOperation(String text) {
        return OPERATION_FORM.matcher(text).matches();
    }

    static boolean isRequest(String text) {
        return REQUEST_FORM.matcher(text).matches();
    }

    static boolean isToken(String text) {
        return TOKEN_FORM.matcher(text).matches();
    }

    /// Is it a header that only a node of Ringwall may say?
    static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(PREFIX) || lower.equals("txn-token");
    }

    /// All values, also those of a second line of the same header.
    static List<String> all(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    static boolean anyOfOurs(HttpServletRequest request) {
        return Collections.list(request.getHeaderNames()).stream().anyMatch(Headers::isOurs);
    }

    /// The trace that the call belongs to (W3C Trace Context §3.2). Nothing is decided by it: what is not well-formed is not there.
    static Optional<String> traceParent(HttpServletRequest request) {
        List<String> values = all(request, TRACEPARENT);
        return values.size() == 1 && TRACEPARENT_FORM.matcher(values.get(0)).matches()
                ? Optional.of(values.get(0))
                : Optional.empty();
    }

    /// `clerk,shopper`, or nothing where a single role is not one: half of a list is not what was proved.
    static Optional<Set<String>> roles(String text) {
        if (text.isEmpty()) {
            return Optional.of(Set.of());
        }
        List<String> roles = new ArrayList<>(List.of(text.split(",", -1)));
        boolean wellFormed =
                roles.size() <= ROLES_MAX
                        && roles.stream().allMatch(Headers::isRole)
                        && roles.stream().distinct().count() == roles.size();
        return wellFormed ? Optional.of(Set.copyOf(roles)) : Optional.empty();
    }
}
