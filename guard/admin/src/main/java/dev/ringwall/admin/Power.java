package dev.ringwall.admin;

import dev.ringwall.events.Actor;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Grants;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import dev.ringwall.people.Account;
import dev.ringwall.people.AccountRegister;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.Person;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Nobody can give what they lack, and nobody can act on somebody who holds more than they do.
///
/// What a role is worth is the set of operations that the declaration allows it. Where the condition of an operation looks at more of the
/// caller than the id, two roles that are allowed the same may still be worth different things; then only one's own role counts.
final class Power {

    /// Anything of the caller but `caller.id`, in a condition.
    private static final Pattern MORE_THAN_THE_ID =
            Pattern.compile("\\bcaller\\b(?!\\s*\\.\\s*id\\b)");

    private final Supplier<Blueprint> blueprint;
    private final AccountRegister register;
    private final Ledger ledger;

    Power(Supplier<Blueprint> blueprint, AccountRegister register, Ledger ledger) {
        this.blueprint = blueprint;
        this.register = register;
        this.ledger = ledger;
    }

    /// Whether those roles are worth no more than what the administrator holds.
    boolean covers(Administrator by, Collection<String> roles) {
        Set<String> own = roles(by);
        return roles.stream().allMatch(role -> covers(by, own, role));
    }

    private boolean covers(Administrator by, Set<String> own, String role) {
        Blueprint now = blueprint.get();
        if (!now.declaration().roles().containsKey(role)) {
            return own.contains(role)
                    && by.scopes().isEmpty(); // what it will be worth, nobody knows
        }
        Grants grants = new Grants(now);
        Set<OperationName> wanted = grants.operationsOf(role);
        Set<OperationName> held = new TreeSet<>();
        own.forEach(each -> held.addAll(grants.operationsOf(each)));
        by.scopes().ifPresent(scopes -> held.removeIf(name -> !scopes.contains(name.toString())));
        if (!held.containsAll(wanted)) {
            return false;
        }
        return own.contains(role) || !told(now, wanted, role);
    }

    /// Whether a condition can tell the role from another that is allowed the same.
    private static boolean told(Blueprint now, Set<OperationName> wanted, String role) {
        Pattern named = Pattern.compile("['\"]" + Pattern.quote(role) + "['\"]");
        for (Operation operation : now.operations().values()) {
            Optional<String> when = operation.when().map(condition -> condition.expression());
            if (when.filter(text -> named.matcher(text).find()).isPresent()) {
                return true;
            }
            if (wanted.contains(operation.name())
                    && when.filter(text -> MORE_THAN_THE_ID.matcher(text).find()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /// What the administrator holds now. A person's token may be older than the last change of the account.
    Set<String> roles(Administrator by) {
        Set<String> roles = new TreeSet<>(by.actor().roles());
        switch (by.actor().kind()) {
            case PERSON -> {
                Optional<Account> account = register.byId(by.actor().id()).map(Person::account);
                if (account.isEmpty() || account.get().disabled()) {
                    return Set.of();
                }
                roles.retainAll(account.get().roles());
            }
            case KEY, CLIENT -> {}
            case STRANGER, SERVICE, OPERATOR, SYSTEM -> {
                return Set.of();
            }
        }
        return roles;
    }

    /// Refuses an operation that the administrator could not have asked for alone: one within another passes no ring of its own. Where a condition
    /// would have to be looked at, it is refused as well.
    void may(Administrator by, String verb) {
        OperationName name = new OperationName(Service.BUILT_IN, verb);
        Blueprint now = blueprint.get();
        Grants grants = new Grants(now);
        boolean held = roles(by).stream().anyMatch(role -> grants.role(role, name).isPresent());
        Optional<Reason> reason =
                !held
                        ? Optional.of(Reason.NOT_ALLOWED)
                        : by.scopes().filter(all -> !all.contains(name.toString())).isPresent()
                                ? Optional.of(Reason.SCOPE_MISSING)
                                : now.operation(name).flatMap(Operation::when).isPresent()
                                        ? Optional.of(Reason.CONDITION_FAILED)
                                        : Optional.empty();
        if (reason.isPresent()) {
            ledger.refused(
                    by.actor(),
                    "-",
                    Map.of("why", reason.get().word(), "operation", name.toString()));
            throw Refused.by(
                    reason.get(),
                    reason.get() == Reason.CONDITION_FAILED
                            ? name + " has a condition: ask for it by itself"
                            : "you may not do that: " + name);
        }
    }

    /// Refuses to give roles that are worth more than what the administrator holds.
    void give(Administrator by, String to, Collection<String> roles) {
        if (!covers(by, roles)) {
            refuse(
                    by,
                    to,
                    roles,
                    "gives-what-it-lacks",
                    "you do not hold everything that `"
                            + String.join("`, `", new TreeSet<>(roles))
                            + "` may do, so you cannot give it");
        }
    }

    /// Refuses to act on what holds more than the administrator.
    void actOn(Administrator by, String whom, Collection<String> roles) {
        if (!covers(by, roles)) {
            refuse(
                    by,
                    whom,
                    roles,
                    "holds-more",
                    "it may do what you may not, so you cannot act on it");
        }
    }

    /// Refuses to act on an account that holds more than the administrator, or is the administrator's own: nobody can lock the last one
    /// out, or pass by the questions that are asked of people about their own accounts.
    void actOn(Administrator by, Person person) {
        Account account = person.account();
        if (by.actor().kind() == Actor.Kind.PERSON && by.actor().id().equals(account.id())) {
            refuse(
                    by,
                    account.id(),
                    account.roles(),
                    "own-account",
                    "this is your own account; change it on its own pages, or ask another administrator");
        }
        actOn(by, account.id(), account.roles());
    }

    private void refuse(
            Administrator by,
            String subject,
            Collection<String> roles,
            String reason,
            String detail) {
        ledger.refused(
                by.actor(),
                subject,
                Map.of("why", reason, "roles", String.join(",", new TreeSet<>(roles))));
        throw new Refused(403, reason, "", detail);
    }
}
