package dev.ringwall.reading;

import dev.ringwall.model.AcceptedRisk;
import dev.ringwall.model.Client;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.Line;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.model.ThirdParty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Reads a declaration with everything that it includes, in the order of the files.
final class DeclarationReader {

    private final Problems problems = new Problems();
    private final Unenforced unenforced = new Unenforced();
    private final Sources sources;
    private final DataReader data = new DataReader(problems);
    private final RoleReader roles = new RoleReader(problems);
    private final ClientReader clients = new ClientReader(problems);
    private final ProviderReader providers;
    private final ServiceReader services;
    private final ThirdPartyReader thirdParties = new ThirdPartyReader(problems);
    private final AdministrationReader administration = new AdministrationReader(problems);
    private final DoorReader door = new DoorReader(problems);
    private final MailReader mail = new MailReader(problems);
    private final ClientRegistrationReader clientRegistration =
            new ClientRegistrationReader(problems);
    private final Statements statements = new Statements(problems, unenforced);

    DeclarationReader(Files files) {
        this.sources = new Sources(files, problems);
        this.providers = new ProviderReader(problems, sources);
        this.services = new ServiceReader(problems, unenforced, sources);
    }

    Reading read(FilePath entry) {
        List<Included> files = new Includes(sources, problems).from(entry);
        Optional<Declaration> declaration =
                files.isEmpty() ? Optional.empty() : Optional.of(declaration(files));
        if (problems.any() || declaration.isEmpty()) {
            return new Reading.Unreadable(problems.inReadingOrder(), sources.texts());
        }
        return new Reading.Read(declaration.get(), sources.texts());
    }

    private Declaration declaration(List<Included> files) {
        Section first = files.getFirst().section();
        Map<String, DataType> allData = merged(files, "data", (_, entry) -> data.read(entry));
        Map<String, Role> allRoles = merged(files, "roles", (_, entry) -> roles.read(entry));
        Map<String, Client> allClients =
                merged(files, "clients", (_, entry) -> clients.read(entry));
        Map<String, OutsideProvider> allProviders =
                merged(files, "identity-providers", (file, entry) -> providers.read(file, entry));
        Map<String, Service> allServices =
                merged(files, "services", (file, entry) -> services.read(file, entry));
        Map<String, ThirdParty> allThirdParties =
                merged(files, "third-parties", (_, entry) -> thirdParties.read(entry));
        administration
                .read(first)
                .ifPresent(service -> {
                    allServices.put(service.name(), service);
                    allData.putAll(AdministrationReader.data(service));
                });
        List<AcceptedRisk> risks = new ArrayList<>();
        files.forEach(file -> risks.addAll(statements.acceptedRisks(file.section())));
        statements.notEnforced(first);
        return new Declaration(
                statements.system(first),
                statements.domain(first),
                statements.standards(first),
                allData,
                allRoles,
                allClients,
                allProviders,
                allServices,
                allThirdParties,
                door.read(first),
                door.counters(first),
                mail.mail(first),
                mail.registration(first),
                clientRegistration.read(first),
                statements.audit(first),
                risks,
                unenforced.words(),
                first.lineOf("system"));
    }

    /// What all files say under one key; a name stands in one of them only.
    private <T> Map<String, T> merged(
            List<Included> files,
            String key,
            BiFunction<FilePath, Yaml.Entry, Optional<T>> reader) {
        Map<String, T> merged = new LinkedHashMap<>();
        Map<String, Line> places = new LinkedHashMap<>();
        for (Included file : files) {
            for (Yaml.Entry entry : file.section().named(key)) {
                Line earlier = places.putIfAbsent(entry.key().value(), entry.key().line());
                if (earlier != null) {
                    problems.error(
                            "duplicate-key",
                            entry.key().line(),
                            Problems.quote(entry.key()) + " stands here and in " + earlier,
                            "keep one of the two");
                } else {
                    reader.apply(file.path(), entry)
                            .ifPresent(read -> merged.put(entry.key().value(), read));
                }
            }
        }
        return merged;
    }
}
