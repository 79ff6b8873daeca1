package dev.ringwall.people;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.Grants;
import dev.ringwall.model.Line;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.model.PersonalScope;
import dev.ringwall.model.Registration;
import dev.ringwall.model.Role;
import dev.ringwall.model.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What roles are worth by the declaration as it stands now. Scopes are the names of operations.
public final class Rights {

    private final Supplier<Blueprint> blueprint;
    private volatile @Nullable Compiled compiled;

    Rights(Supplier<Blueprint> blueprint) {
        this.blueprint = blueprint;
    }

    /// The name of the system.
    public String system() {
        return blueprint.get().system();
    }

    private Map<String, Role> roles() {
        return blueprint.get().declaration().roles();
    }

    /// Those of the names that are declared roles with that login.
    public Set<String> declared(Collection<String> names, Role.Login login) {
        Map<String, Role> roles = roles();
        return names.stream()
                .filter(name -> logsIn(roles.get(name), login))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean logsIn(@Nullable Role role, Role.Login login) {
        return role != null && role.login() == login;
    }

    /// Those of the names that are declared roles of people.
    public Set<String> ofPeople(Collection<String> names) {
        Set<String> roles = declared(names, Role.Login.PASSWORD);
        roles.addAll(declared(names, Role.Login.SSO));
        return roles;
    }

    /// Those of an account's roles that the account itself can have: never one that only an outside provider gives.
    Set<String> ofItsOwn(Collection<String> names) {
        Set<String> roles = new TreeSet<>(names);
        roles.removeAll(declared(names, Role.Login.SSO));
        return roles;
    }

    /// Those of the names that the provider of that name and issuer may still give.
    Set<String> given(String provider, String issuer, Collection<String> names) {
        Set<String> roles = declared(names, Role.Login.SSO);
        roles.retainAll(
                provider(provider)
                        .filter(known -> known.issuer().equals(issuer))
                        .map(known -> known.roles().keySet())
                        .orElse(Set.of()));
        return roles;
    }

    /// The outside provider of that name.
    public Optional<OutsideProvider> provider(String name) {
        return Optional.ofNullable(providers().get(name));
    }

    /// Every role by name.
    public Set<String> allRoles() {
        return roles().keySet();
    }

    /// All outside providers, by name.
    public Map<String, OutsideProvider> providers() {
        return blueprint.get().declaration().providers();
    }

    /// Whether people can sign in at all.
    public boolean peopleSignIn() {
        return roles().values().stream().anyMatch(role -> role.login().forPeople());
    }

    /// Whether people can sign in with a password.
    public boolean passwords() {
        return roles().values().stream().anyMatch(role -> role.login() == Role.Login.PASSWORD);
    }

    /// The declared role of that name.
    public Optional<Role> role(String name) {
        return Optional.ofNullable(roles().get(name));
    }

    /// The declared client of that name.
    public Optional<Client> client(String name) {
        return Optional.ofNullable(clients().get(name));
    }

    /// All declared clients, by name.
    public Map<String, Client> clients() {
        return blueprint.get().declaration().clients();
    }

    /// Whether key sets of clients that registered themselves may be fetched there.
    public boolean keysFrom(URI address) {
        String origin = address.getScheme() + "://" + address.getRawAuthority();
        return clientRegistration().filter(says -> says.keysFrom().containsKey(origin)).isPresent();
    }

    /// The algorithms of what clients read.
    public Set<SigningAlgorithm> signedForClients() {
        return blueprint.get().signedForClients();
    }

    /// The scopes that ask for more of people than who they are, of which at least one client may ask.
    public Set<String> personalScopes() {
        Set<String> scopes = new TreeSet<>();
        clients()
                .values()
                .forEach(client -> scopes.addAll(PersonalScope.words(client.claims().keySet())));
        clientRegistration()
                .ifPresent(says -> scopes.addAll(PersonalScope.words(says.claims().keySet())));
        return scopes;
    }

    /// Those of its addresses to return to that are of the origin of the services' own pages.
    public Set<String> besideServices(Client client) {
        return blueprint.get().declaration().besideServices(client);
    }

    /// Who may make an account.
    public Registration registration() {
        return blueprint.get().declaration().registration();
    }

    /// Which programs may register themselves; empty where none may.
    public Optional<ClientRegistration> clientRegistration() {
        return blueprint.get().declaration().clientRegistration();
    }

    /// The roles that clients of that kind have when they register themselves.
    public Map<String, Line> roles(ClientRegistration says, Client.Kind kind) {
        Map<String, Line> roles = new HashMap<>(says.roles());
        roles.keySet()
                .retainAll(
                        kind == Client.Kind.MACHINE
                                ? declared(says.roles().keySet(), Role.Login.CLIENT)
                                : ofPeople(says.roles().keySet()));
        return roles;
    }

    /// Everything that holders of these roles may do.
    public Set<String> scopes(Collection<String> names) {
        Map<String, Set<String>> byRole = compiled().scopes();
        Set<String> scopes = new TreeSet<>();
        names.forEach(name -> scopes.addAll(byRole.getOrDefault(name, Set.of())));
        return scopes;
    }

    /// What data a scope shows to whoever holds it, for people to read; empty for none.
    public String shows(String scope) {
        return blueprint.get().operations().values().stream()
                .filter(operation -> operation.name().toString().equals(scope))
                .findFirst()
                .map(operation -> String.join(", ", operation.returns().keySet()))
                .filter(data -> !data.isEmpty())
                .map(data -> "sees " + data)
                .orElse("");
    }

    /// Everything that can be asked for.
    public Set<String> allScopes() {
        return scopes(roles().keySet());
    }

    private Compiled compiled() {
        Blueprint now = blueprint.get();
        Compiled last = compiled;
        if (last == null || last.from() != now) {
            last = Compiled.of(now);
            compiled = last;
        }
        return last;
    }

    /// What each role is worth, looked up once for each declaration.
    private record Compiled(Blueprint from, Map<String, Set<String>> scopes) {
        static Compiled of(Blueprint blueprint) {
            Grants grants = new Grants(blueprint);
            Map<String, Set<String>> scopes = new HashMap<>();
            for (String role : blueprint.declaration().roles().keySet()) {
                scopes.put(
                        role,
                        grants.operationsOf(role).stream()
                                .map(OperationName::toString)
                                .collect(Collectors.toUnmodifiableSet()));
            }
            return new Compiled(blueprint, scopes);
        }
    }

    /// Whether one of these roles says `mfa: always`.
    boolean secondFactor(Collection<String> names) {
        Map<String, Role> roles = roles();
        return names.stream()
                .map(roles::get)
                .filter(Objects::nonNull)
                .anyMatch(role -> role.mfa() == Role.Mfa.ALWAYS);
    }

    /// How long a login with these roles lasts: the shortest of what they say.
    Duration session(Collection<String> names) {
        Map<String, Role> roles = roles();
        return names.stream()
                .map(roles::get)
                .filter(Objects::nonNull)
                .map(Role::session)
                .min(Duration::compareTo)
                .orElse(Role.SESSION_DEFAULT);
    }
}
