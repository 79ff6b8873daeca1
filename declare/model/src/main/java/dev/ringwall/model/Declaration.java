package dev.ringwall.model;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A `ringwall.yaml` with its includes, as written: every word has the right form, but names are not looked up yet.
///
/// [Blueprint#of] looks them up.
///
/// @param unenforced words that were read and that nothing enforces yet; a declaration that has any does not load
public record Declaration(
        String system,
        Optional<String> domain,
        List<String> standards,
        Map<String, DataType> data,
        Map<String, Role> roles,
        Map<String, Client> clients,
        Map<String, OutsideProvider> providers,
        Map<String, Service> services,
        Map<String, ThirdParty> thirdParties,
        Door door,
        Optional<Counters> counters,
        Optional<Mail> mail,
        Registration registration,
        Optional<ClientRegistration> clientRegistration,
        Audit audit,
        List<AcceptedRisk> acceptedRisks,
        Map<Line, String> unenforced,
        Line line) {

    /// The host of a door that has no name.
    private static final String UNNAMED_DOOR = "localhost";

    public Declaration {
        standards = List.copyOf(standards);
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        thirdParties = Collections.unmodifiableMap(new LinkedHashMap<>(thirdParties));
        acceptedRisks = List.copyOf(acceptedRisks);
        unenforced = Collections.unmodifiableMap(new LinkedHashMap<>(unenforced));
    }

    /// The same with these clients in place of its own.
    public Declaration with(Map<String, Client> others) {
        return new Declaration(
                system,
                domain,
                standards,
                data,
                roles,
                others,
                providers,
                services,
                thirdParties,
                door,
                counters,
                mail,
                registration,
                clientRegistration,
                audit,
                acceptedRisks,
                unenforced,
                line);
    }

    /// The roles that may administer something.
    public Set<String> administrators() {
        Set<String> roles = new TreeSet<>();
        Service administration = services.get(Service.BUILT_IN);
        if (administration != null) {
            for (Operation operation : administration.operations().values()) {
                if (operation.allow() instanceof Allow.Roles(Map<String, Line> allowed)) {
                    roles.addAll(allowed.keySet());
                }
            }
        }
        return roles;
    }

    /// Where people return to at that client's pages, of these addresses those that are of the origin of the services' own pages: at a name of the door.
    /// Only for clients that prove nothing: whatever runs in a page of that origin can be such a client.
    public Set<String> besideServices(Client client) {
        Set<String> names = new TreeSet<>(door.served(domain));
        if (domain.isEmpty()) {
            names.add(UNNAMED_DOOR);
        }
        return client.kind().proves()
                ? Set.of()
                : client.returnTo().keySet().stream()
                        .filter(address -> address.startsWith("https://"))
                        .filter(address -> names.contains(URI.create(address).getHost()))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What the audit log records and for how long it is kept.
    ///
    /// @param everything also record the allowed use of public data
    /// @param keepDays   at least this many days; 0 where nothing is said, which means for ever
    public record Audit(boolean everything, int keepDays) {}
}
