package dev.ringwall.spring;

import dev.ringwall.spring.Verdict.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Lets in what came through the sidecar, and believes what the sidecar says.
///
/// Without the entry secret there is one answer, whatever else is wrong, so that trying teaches nothing. With it, what the sidecar says
/// must be there once and be well-formed, each header of it: two lines of one header are two readings, of which somebody else would take the
/// other one.
final class SidecarGate implements Gate {

    private static final Refused NO_ENTRY =
            new Refused(
                    Refused.FORBIDDEN,
                    "no-entry",
                    "This service takes calls from its sidecar alone.");

    private final EntrySecret secret;

    SidecarGate(EntrySecret secret) {
        this.secret = secret;
    }

    @Override
    public Verdict judge(HttpServletRequest request) {
        List<String> shown = Headers.all(request, Headers.ENTRY);
        if (shown.size() != 1 || !secret.isSaidBy(shown.get(0))) {
            return NO_ENTRY;
        }
        Optional<String> caller = one(request, Headers.CALLER, Headers::isCaller);
        if (caller.isEmpty()) {
            return unreadable(Headers.CALLER);
        }
        Optional<Set<String>> roles =
                one(request, Headers.ROLES, value -> true).flatMap(Headers::roles);
        if (roles.isEmpty() || (caller.get().equals(Caller.ANYONE) && !roles.get().isEmpty())) {
            return unreadable(Headers.ROLES);
        }
        Optional<String> operation = one(request, Headers.OPERATION, Headers::isOperation);
        if (operation.isEmpty()) {
            return unreadable(Headers.OPERATION);
        }
        Optional<String> id = one(request, Headers.REQUEST, Headers::isRequest);
        if (id.isEmpty()) {
            return unreadable(Headers.REQUEST);
        }
        Optional<String> transaction = one(request, Headers.TXN_TOKEN, Headers::isToken);
        if (transaction.isEmpty() && request.getHeader(Headers.TXN_TOKEN) != null) {
            return unreadable(Headers.TXN_TOKEN);
        }
        return new Verdict.Proven(
                new ProvenCall(
                        new Caller(caller.get(), roles.get(), Set.of(operation.get())),
                        id,
                        transaction,
                        Headers.traceParent(request)));
    }

    private static Optional<String> one(
            HttpServletRequest request, String name, Predicate<String> form) {
        List<String> values = Headers.all(request, name);
        return values.size() == 1 ? Optional.of(values.get(0)).filter(form) : Optional.empty();
    }

    private static Refused unreadable(String header) {
        return new Refused(
                Refused.FORBIDDEN,
                "unreadable-caller",
                header + " is not there once and well-formed.");
    }
}
