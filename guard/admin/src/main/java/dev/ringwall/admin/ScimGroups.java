package dev.ringwall.admin;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Role;
import dev.ringwall.people.Account;
import dev.ringwall.people.AccountRegister;
import dev.ringwall.people.Directory;
import dev.ringwall.people.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Groups of SCIM: the roles of people that the declaration has (RFC 7643 §4.2). Nobody makes or removes one here; who belongs to it
/// changes, and nobody is given what the caller lacks.
final class ScimGroups {

    private static final List<ScimAttribute> KNOWN = ScimAttribute.OF_GROUP;
    private static final String MEMBERS = "members";

    private final Supplier<Blueprint> blueprint;
    private final AccountRegister register;
    private final Power power;

    ScimGroups(Supplier<Blueprint> blueprint, Directory directory, Power power) {
        this.blueprint = blueprint;
        this.register = directory.register();
        this.power = power;
    }

    AdminAnswer list(AdminRequest request) {
        ScimView view = ScimView.of(request, KNOWN);
        Optional<ScimFilter> filter =
                Optional.ofNullable(request.query().get("filter"))
                        .map(text -> ScimFilterReader.read(text, KNOWN));
        boolean asked =
                request.query()
                        .getOrDefault("filter", "")
                        .toLowerCase(Locale.ROOT)
                        .contains(MEMBERS);
        Optional<ScimSort> sort = ScimSort.of(request, KNOWN);
        List<ObjectNode> all = new ArrayList<>();
        for (String role : roles()) {
            ObjectNode group = shown(role, asked || view.shows(MEMBERS), request);
            if (filter.isEmpty() || filter.get().fits(group)) {
                all.add(group);
            }
        }
        sort.ifPresent(order -> all.sort(Comparator.comparing(order::place, order.order())));
        return ScimView.list(all.stream().map(view::of).toList(), all.size(), 1);
    }

    AdminAnswer read(AdminRequest request) {
        return answer(role(request), request);
    }

    private AdminAnswer answer(String role, AdminRequest request) {
        ScimView view = ScimView.of(request, KNOWN);
        return AdminAnswer.of(
                200, AdminAnswer.SCIM, view.of(shown(role, view.shows(MEMBERS), request)));
    }

    private ObjectNode shown(String role, boolean members, AdminRequest request) {
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        group.putArray("schemas").add(ScimAttribute.GROUP);
        group.put("id", role);
        group.put("displayName", role);
        if (members) {
            ArrayNode all = group.putArray(MEMBERS);
            ScimUsers.everybody(
                    register,
                    person -> {
                        if (person.account().roles().contains(role)) {
                            all.add(member(person.account()));
                        }
                    });
        }
        group.putObject("meta")
                .put("resourceType", "Group")
                .put("location", request.base() + "/scim/v2/Groups/" + role);
        return group;
    }

    private static ObjectNode member(Account account) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("value", account.id())
                .put("display", account.name())
                .put("type", "User");
    }

    AdminAnswer change(AdminRequest request) {
        String role = role(request);
        List<ScimPatch.Step> steps = ScimPatch.steps(StrictJson.object(request.body()));
        Changes changes = new Changes(register, role);
        for (ScimPatch.Step step : steps) {
            changes.apply(step);
        }
        changes.done(power, request);
        return request.query().isEmpty() ? AdminAnswer.nothing() : answer(role, request);
    }

    AdminAnswer replace(AdminRequest request) {
        String role = role(request);
        ObjectNode body = StrictJson.object(request.body());
        Changes changes = new Changes(register, role);
        changes.name(ScimPatch.member(body, "displayName"));
        JsonNode members = ScimPatch.member(body, MEMBERS);
        changes.replace(members.isMissingNode() ? JsonNodeFactory.instance.arrayNode() : members);
        changes.done(power, request);
        return answer(role, request);
    }

    private String role(AdminRequest request) {
        return Optional.of(request.id())
                .filter(roles()::contains)
                .orElseThrow(() -> Refused.missing("group"));
    }

    private Set<String> roles() {
        Set<String> roles = new TreeSet<>();
        blueprint.get().declaration().roles().values().stream()
                .filter(role -> role.login() == Role.Login.PASSWORD)
                .map(Role::name)
                .forEach(roles::add);
        return roles;
    }

    /// Who shall belong, gathered first: all of it is found allowed before any of it is done.
    private static final class Changes {

        private final AccountRegister register;
        private final String role;
        private final TreeMap<String, Boolean> belongs = new TreeMap<>();

        Changes(AccountRegister register, String role) {
            this.register = register;
            this.role = role;
        }

        void apply(ScimPatch.Step step) {
            if (step.path().isEmpty()) {
                if (step.how() == ScimPatch.How.REMOVE || !step.value().isObject()) {
                    throw Refused.target("an operation without a path and an object as its value");
                }
                step.value()
                        .properties()
                        .forEach(entry -> at(step.how(), entry.getKey(), entry.getValue()));
                return;
            }
            at(step.how(), step.path().get(), step.value());
        }

        private void at(ScimPatch.How how, String text, JsonNode value) {
            if (text.equalsIgnoreCase("schemas")) {
                return;
            }
            ScimPath path = ScimPath.read(text, KNOWN);
            switch (path.attribute().name()) {
                case "displayName", "id" -> name(value);
                case MEMBERS -> members(how, path, value);
                default -> throw Refused.readOnly("`" + text + "` cannot be changed here");
            }
        }

        /// Okta says the name again; another one would be another role.
        void name(JsonNode value) {
            if (!value.isMissingNode() && !value.asString("").equals(role)) {
                throw Refused.readOnly("a role is named by the declaration alone");
            }
        }

        private void members(ScimPatch.How how, ScimPath path, JsonNode value) {
            if (path.filter().isPresent()) {
                if (how != ScimPatch.How.REMOVE
                        || !(path.filter().get()
                                instanceof
                                ScimFilter.Compare(
                                        ScimPath of,
                                        ScimFilter.Operator operator,
                                        JsonNode with))
                        || operator != ScimFilter.Operator.EQ
                        || !of.attribute().name().equals("value")) {
                    throw Refused.path("of `members`, only `members[value eq …]` can be removed");
                }
                put(with.asString(""), false);
                return;
            }
            switch (how) {
                case ADD -> ids(value).forEach(id -> put(id, true));
                case REPLACE -> replace(value);
                case REMOVE -> {
                    if (value.isMissingNode() || value.isNull()) {
                        present().forEach(id -> put(id, false));
                    } else {
                        ids(value).forEach(id -> put(id, false));
                    }
                }
            }
        }

        void replace(JsonNode value) {
            present().forEach(id -> put(id, false));
            belongs.replaceAll((_, _) -> false);
            ids(value).forEach(id -> put(id, true));
        }

        private void put(String id, boolean in) {
            belongs.put(id, in);
            if (belongs.size() > ScimUsers.LOOKED_AT_MAX) {
                throw Refused.unusable("too many members at a time");
            }
        }

        private List<String> present() {
            List<String> ids = new ArrayList<>();
            ScimUsers.everybody(
                    register,
                    person -> {
                        if (person.account().roles().contains(role)) {
                            ids.add(person.account().id());
                        }
                    });
            return ids;
        }

        private static List<String> ids(JsonNode value) {
            List<String> ids = new ArrayList<>();
            for (JsonNode each :
                    value.isArray() ? value : JsonNodeFactory.instance.arrayNode().add(value)) {
                String id =
                        each.isString()
                                ? each.asString()
                                : ScimPatch.member(each, "value").asString("");
                if (id.isEmpty()) {
                    throw Refused.unusable("a member without `value`");
                }
                ids.add(id);
            }
            return ids;
        }

        void done(Power power, AdminRequest request) {
            List<Person> before = new ArrayList<>();
            for (var entry : belongs.entrySet()) {
                Optional<Person> person = register.byId(entry.getKey());
                if (person.isEmpty()) {
                    if (entry.getValue()) {
                        throw Refused.unusable("a member who is no user here");
                    }
                    continue;
                }
                if (person.get().account().roles().contains(role) != entry.getValue()) {
                    power.actOn(request.by(), person.get());
                    power.give(request.by(), entry.getKey(), Set.of(role));
                    before.add(person.get());
                }
            }
            for (Person was : before) {
                Account account = was.account();
                Set<String> roles = new TreeSet<>(account.roles());
                if (!roles.remove(role)) {
                    roles.add(role);
                }
                UserOperations.done(
                        register.change(
                                was,
                                new Person(
                                        new Account(
                                                account.id(),
                                                account.name(),
                                                roles,
                                                account.created(),
                                                account.disabled()),
                                        was.externalId(),
                                        was.attributes()),
                                Optional.empty(),
                                request.by().actor()));
            }
        }
    }
}
