package dev.ringwall.admin;

import dev.ringwall.events.Actor;
import dev.ringwall.people.Account;
import dev.ringwall.people.AccountRegister;
import dev.ringwall.people.Directory;
import dev.ringwall.people.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Users of SCIM: accounts (RFC 7644 §3).
final class ScimUsers {

    /// So many accounts are looked at for one question; a system that has more must be asked by name or external id.
    static final int LOOKED_AT_MAX = 100_000;

    static final int COUNT_DEFAULT = 50;
    static final int COUNT_MAX = 200;

    private static final int BATCH = 500;
    private static final List<ScimAttribute> KNOWN = ScimAttribute.OF_USER;

    private final Directory directory;
    private final AccountRegister register;
    private final Power power;

    ScimUsers(Directory directory, Power power) {
        this.directory = directory;
        this.register = directory.register();
        this.power = power;
    }

    AdminAnswer list(AdminRequest request) {
        ScimView view = ScimView.of(request, KNOWN);
        int start = Math.max(1, number(request, "startIndex", 1));
        int count = Math.clamp(number(request, "count", COUNT_DEFAULT), 0, COUNT_MAX);
        Optional<ScimFilter> filter =
                Optional.ofNullable(request.query().get("filter"))
                        .map(text -> ScimFilterReader.read(text, KNOWN));
        Optional<ScimSort> sort = ScimSort.of(request, KNOWN);
        List<ObjectNode> page = new ArrayList<>();
        List<ScimSort.Place> places = new ArrayList<>();
        int[] all = {0};
        Consumer<Person> take =
                person -> {
                    ObjectNode user = ScimUser.shown(person, request.base());
                    if (filter.isEmpty() || filter.get().fits(user)) {
                        all[0]++;
                        if (sort.isPresent()) {
                            places.add(sort.get().place(user));
                        } else if (all[0] >= start && page.size() < count) {
                            page.add(view.of(user));
                        }
                    }
                };
        Optional<List<Person>> few = filter.flatMap(this::few);
        if (few.isPresent()) {
            few.get().forEach(take);
        } else {
            everybody(register, take);
        }
        sort.ifPresent(order ->
                places.stream()
                        .sorted(order.order())
                        .skip(start - 1L)
                        .limit(count)
                        .flatMap(place -> register.byId(place.id()).stream())
                        .map(person -> view.of(ScimUser.shown(person, request.base())))
                        .forEach(page::add));
        return ScimView.list(page, all[0], start);
    }

    /// Those that alone can fit, where the filter asks for one name: what directories ask before they make an account.
    private Optional<List<Person>> few(ScimFilter filter) {
        if (!(filter
                        instanceof
                        ScimFilter.Compare(
                                ScimPath path,
                                ScimFilter.Operator operator,
                                JsonNode with))
                || operator != ScimFilter.Operator.EQ
                || !with.isString()) {
            return Optional.empty();
        }
        return switch (path.last().name()) {
            case "id" -> Optional.of(register.byId(with.asString()).stream().toList());
            case "userName" -> Optional.of(register.byName(with.asString()).stream().toList());
            case "externalId" -> Optional.of(register.byExternalId(with.asString()));
            default -> Optional.empty();
        };
    }

    static void everybody(AccountRegister register, Consumer<Person> take) {
        String after = "";
        for (int looked = 0; looked < LOOKED_AT_MAX; looked += BATCH) {
            List<Person> batch = register.after(after, BATCH);
            batch.forEach(take);
            if (batch.size() < BATCH) {
                return;
            }
            after = batch.getLast().account().name();
        }
        throw new Refused(
                400,
                "too-many",
                "tooMany",
                "there are too many accounts to look at; ask by `userName eq` or `externalId eq`");
    }

    private static int number(AdminRequest request, String name, int absent) {
        String text = request.query().get(name);
        if (text == null) {
            return absent;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notOne) {
            throw Refused.unusable("`" + name + "` is not a number");
        }
    }

    AdminAnswer read(AdminRequest request) {
        return answer(200, person(request.id()), request);
    }

    /// The caller's own (RFC 7644 §3.11). It is read only: nobody administers their own account.
    AdminAnswer me(AdminRequest request) {
        if (request.by().actor().kind() != Actor.Kind.PERSON) {
            throw Refused.missing("user: whoever asks is no person");
        }
        return answer(200, person(request.by().actor().id()), request);
    }

    AdminAnswer create(AdminRequest request) {
        ObjectNode user = ScimValues.writable(StrictJson.object(request.body()), KNOWN);
        Person nobody =
                new Person(
                        new Account("", "", Set.of(), Instant.EPOCH, false),
                        Optional.empty(),
                        Person.NO_ATTRIBUTES);
        Person made =
                UserOperations.done(
                        register.create(
                                ScimUser.written(nobody, user),
                                ScimUser.password(user),
                                request.by().actor()));
        return answer(201, made, request)
                .with("Location", request.base() + "/scim/v2/Users/" + made.account().id());
    }

    /// What is not said goes, but whether the account may sign in: nobody comes back by being left out.
    AdminAnswer replace(AdminRequest request) {
        ObjectNode user = ScimValues.writable(StrictJson.object(request.body()), KNOWN);
        Person was = seen(request);
        return write(was, user, request);
    }

    AdminAnswer change(AdminRequest request) {
        List<ScimPatch.Step> steps = ScimPatch.steps(StrictJson.object(request.body()));
        Person was = seen(request);
        ObjectNode shown = ScimUser.writable(was);
        shown.put("id", was.account().id());
        ObjectNode changed = ScimPatch.applied(shown, steps, KNOWN);
        return write(was, changed, request);
    }

    private AdminAnswer write(Person was, ObjectNode user, AdminRequest request) {
        user.remove("id");
        Person now =
                UserOperations.done(
                        register.change(
                                was,
                                ScimUser.written(was, user),
                                ScimUser.password(user),
                                request.by().actor()));
        return answer(200, now, request);
    }

    /// The account that is to be changed, still as the caller saw it, and one that the caller may act on.
    private Person seen(AdminRequest request) {
        Person person = person(request.id());
        Versions.check(request.ifMatch(), person);
        power.actOn(request.by(), person);
        return person;
    }

    AdminAnswer delete(AdminRequest request) {
        Person person = seen(request);
        directory.personalData().erase(person.account(), request.by().actor());
        return AdminAnswer.nothing();
    }

    private Person person(String id) {
        return register.byId(id).orElseThrow(() -> Refused.missing("user"));
    }

    private static AdminAnswer answer(int status, Person person, AdminRequest request) {
        ObjectNode user = ScimView.of(request, KNOWN).of(ScimUser.shown(person, request.base()));
        return AdminAnswer.of(status, AdminAnswer.SCIM, user)
                .with("ETag", "W/" + Versions.of(person));
    }
}
