package dev.ringwall.admin;

import dev.ringwall.people.Account;
import dev.ringwall.people.AccountRegister;
import dev.ringwall.people.Directory;
import dev.ringwall.people.Person;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Accounts as resources.
final class UserOperations {

    /// So many accounts are looked at for one page; where fewer fit, the page is shorter and says how to go on.
    static final int LOOKED_AT_MAX = 2_000;

    private static final int BATCH = 200;
    private static final int PASSWORD_BYTES = 15;

    private final Directory directory;
    private final AccountRegister register;
    private final Power power;
    private final SecureRandom random = new SecureRandom();

    UserOperations(Directory directory, Power power) {
        this.directory = directory;
        this.register = directory.register();
        this.power = power;
    }

    AdminAnswer list(AdminRequest request) {
        int limit = Paging.limit(request);
        Optional<String> from =
                request.query().containsKey("cursor")
                        ? Optional.empty()
                        : Optional.ofNullable(request.query().get("from"));
        String after = from.orElseGet(() -> Paging.after(request));
        Optional<String> name = Optional.ofNullable(request.query().get("name"));
        List<Object> users = new ArrayList<>();
        Optional<String> next = Optional.empty();
        if (name.isPresent()) {
            register.byName(name.get())
                    .filter(person -> fits(person, request))
                    .ifPresent(person -> users.add(shown(person)));
        } else {
            from.flatMap(register::byName)
                    .filter(person -> fits(person, request))
                    .ifPresent(person -> users.add(shown(person)));
            int looked = 0;
            boolean more = true;
            while (more && next.isEmpty()) {
                List<Person> batch = register.after(after, BATCH);
                more = batch.size() == BATCH;
                for (Person person : batch) {
                    if (users.size() == limit || looked == LOOKED_AT_MAX) {
                        next = Optional.of(after);
                        break;
                    }
                    looked++;
                    after = person.account().name();
                    if (fits(person, request)) {
                        users.add(shown(person));
                    }
                }
            }
        }
        return Paging.page("users", users, next);
    }

    private static boolean fits(Person person, AdminRequest request) {
        String role = request.query().get("role");
        String disabled = request.query().get("disabled");
        return (role == null || person.account().roles().contains(role))
                && (disabled == null
                        || Boolean.parseBoolean(disabled) == person.account().disabled());
    }

    AdminAnswer read(AdminRequest request) {
        Person person = person(request.id());
        return AdminAnswer.of(200, AdminAnswer.JSON, shown(person))
                .with("ETag", Versions.of(person));
    }

    AdminAnswer create(AdminRequest request) {
        Fields fields = Fields.of(request.body(), Set.of("name", "roles", "password"));
        Set<String> roles = fields.names("roles").orElse(Set.of());
        String name = fields.text("name").orElseThrow(() -> Refused.unusable("`name` is missing"));
        power.give(request.by(), "-", roles);
        Optional<String> given = fields.text("password");
        String password = given.orElseGet(this::made);
        Person wanted =
                new Person(
                        new Account("", name, roles, Instant.EPOCH, false),
                        Optional.empty(),
                        Person.NO_ATTRIBUTES);
        Person made = done(register.create(wanted, Optional.of(password), request.by().actor()));
        Map<String, Object> shown = shown(made);
        if (given.isEmpty()) {
            shown.put("password", password);
        }
        return AdminAnswer.of(201, AdminAnswer.JSON, shown)
                .with("Location", request.base() + "/admin/v1/users/" + made.account().id())
                .with("ETag", Versions.of(made));
    }

    AdminAnswer change(AdminRequest request) {
        Fields fields = Fields.of(request.body(), Set.of("name", "roles", "disabled"));
        Person was = person(request.id());
        Versions.check(request.ifMatch(), was);
        power.actOn(request.by(), was);
        Account old = was.account();
        Set<String> roles = fields.names("roles").orElse(old.roles());
        Set<String> added = new TreeSet<>(roles);
        added.removeAll(old.roles());
        power.give(request.by(), old.id(), added);
        Account next =
                new Account(
                        old.id(),
                        fields.text("name").orElse(old.name()),
                        roles,
                        old.created(),
                        fields.flag("disabled").orElse(old.disabled()));
        Person now =
                done(
                        register.change(
                                was,
                                new Person(next, was.externalId(), was.attributes()),
                                Optional.empty(),
                                request.by().actor()));
        return AdminAnswer.of(200, AdminAnswer.JSON, shown(now)).with("ETag", Versions.of(now));
    }

    AdminAnswer delete(AdminRequest request) {
        register.byId(request.id())
                .ifPresent(person -> {
                    Versions.check(request.ifMatch(), person);
                    power.actOn(request.by(), person);
                    directory.personalData().erase(person.account(), request.by().actor());
                });
        return AdminAnswer.nothing();
    }

    AdminAnswer setPassword(AdminRequest request) {
        Optional<String> given =
                request.body().length == 0
                        ? Optional.empty()
                        : Fields.of(request.body(), Set.of("password")).text("password");
        Person person = person(request.id());
        power.actOn(request.by(), person);
        String password = given.orElseGet(this::made);
        done(register.change(person, person, Optional.of(password), request.by().actor()));
        return AdminAnswer.of(
                200, AdminAnswer.JSON, given.isPresent() ? Map.of() : Map.of("password", password));
    }

    private Person person(String id) {
        return register.byId(id).orElseThrow(() -> Refused.missing("account"));
    }

    /// The account that came of it, or why there is none.
    static Person done(AccountRegister.Outcome outcome) {
        return switch (outcome) {
            case AccountRegister.Outcome.Done(Person person) -> person;
            case AccountRegister.Outcome.Stale() -> throw Refused.stale();
            case AccountRegister.Outcome.NameTaken _ -> throw Refused.taken();
            case AccountRegister.Outcome.Unusable(String why) -> throw Refused.unusable(why);
        };
    }

    private String made() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, Object> shown(Person person) {
        Account account = person.account();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", account.id());
        shown.put("name", account.name());
        shown.put("roles", List.copyOf(account.roles()));
        shown.put("disabled", account.disabled());
        shown.put("created", account.created().toString());
        person.externalId().ifPresent(external -> shown.put("externalId", external));
        return shown;
    }
}
