package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.people.Accounts;
import dev.ringwall.people.ApiKeys;
import dev.ringwall.people.ByMail;
import dev.ringwall.people.Courier;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.Directory;
import dev.ringwall.people.Holdings;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.MachineClients;
import dev.ringwall.people.People;
import dev.ringwall.people.RelyingParty;
import dev.ringwall.people.Revocations;
import dev.ringwall.people.Rights;
import dev.ringwall.store.Cleaning;
import dev.ringwall.store.Store;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.server.WebServer;
import org.springframework.web.context.support.GenericWebApplicationContext;

/// The running OAuth 2.1 and OpenID Connect provider, and what the operator may do with accounts, clients and keys.
public final class IdentityProvider implements AutoCloseable {

    private final Store store;
    private final Cleaning cleaning;
    private final Directory directory;
    private final Courier courier;
    private final URI door;
    private final GenericWebApplicationContext engine;
    private final WebServer server;
    private final LogoutTeller teller;
    private final Outside outside;

    private IdentityProvider(IdentitySettings settings, Store store) {
        this.store = store;
        this.cleaning = new Cleaning(store, settings.clock());
        this.directory =
                new Directory(
                        store,
                        settings.recorder(),
                        settings.clock(),
                        settings.blueprint(),
                        RelyingParty.at(settings.door()),
                        settings.keys(),
                        settings.sealing(),
                        settings.post(),
                        new BoughtTokens(),
                        settings.changed());
        this.courier = directory.courier();
        this.door = settings.door();
        Rights rights = directory.rights();
        Ledger ledger = directory.ledger();
        People people = directory.people();
        ClientForm form =
                new ClientForm(rights, directory.declaredClients(), directory.registeredClients());
        Clients clients = new Clients(settings.door(), rights, directory.clients(), form);
        FamilyForm familyForm = new FamilyForm(store, clients, people, rights, settings.clock());
        Families families =
                new Families(
                        store,
                        ledger,
                        familyForm,
                        directory.registeredClients(),
                        settings.changed());
        Consents consents = new Consents(store, clients, ledger, settings.clock());
        SessionCookie cookie =
                new SessionCookie(
                        people,
                        settings.clock(),
                        (request, person) -> consents.given(request, person, familyForm));
        PushedRequests pushed = new PushedRequests(store, settings.clock());
        Proofs proofs = new Proofs(store, settings.clock());
        KeyBinding binding = new KeyBinding(proofs);
        CertificateClients certificates =
                new CertificateClients(
                        clients, directory.declaredClients(), new CodeChallenge(families));
        DeadEnds deadEnds = new DeadEnds(ledger);
        Answers answers = new Answers(settings.issuer(), deadEnds, clients, pushed, cookie);
        Subjects subjects = new Subjects(clients, settings.pairwise());
        TokenMint mint = new TokenMint(settings, rights, form, binding, subjects);
        this.teller = new LogoutTeller(store, rights, mint, ledger, settings.clock());
        this.outside = new Outside(settings, directory, store);
        Issuing issuing = new Issuing(families, mint);
        ClientKeySets keySets = new ClientKeySets(settings.clock());
        DeviceRequests devices = new DeviceRequests(store, settings.clock());
        this.engine =
                new EngineParts(
                                clients,
                                families,
                                mint,
                                subjects,
                                cookie,
                                certificates,
                                answers,
                                new PushEndpoint(pushed, binding),
                                new Assertions(settings.issuer(), keySets, store, settings.clock()),
                                new DeviceGrant(devices, people, familyForm, issuing),
                                new TokenExchange(
                                        settings.audience(),
                                        families,
                                        outside.brought(),
                                        rights,
                                        issuing,
                                        subjects))
                        .assembled(settings);
        Map<String, HttpServlet> pages =
                new HashMap<>(PeoplePages.of(settings, directory, store, cookie, clients, outside));
        pages.put(Paths.DEVICE_CODES, new DeviceEndpoint(settings.door(), clients, devices));
        pages.put(Paths.DEVICE, new DevicePage(rights::system, cookie, clients, devices, ledger));
        pages.put(
                Paths.CONSENT,
                new ConsentPage(rights, cookie, clients, consents, familyForm, answers));
        pages.put(
                Paths.USERINFO,
                new UserInfo(
                        families,
                        proofs,
                        new StandardClaims(directory.register(), directory.mailBook()),
                        subjects));
        pages.put(Paths.CLIENTS + "/*", RegistrationEndpoint.of(settings.door(), directory));
        pages.put(Paths.ADMINISTRATION + "/*", new AdministrationPage(settings, rights));
        pages.put(Paths.ASSETS + "*", new Assets());
        pages.put(Paths.ROOT + "/*", new Nothing());
        pages.put(Paths.WELL_KNOWN, new Nothing());
        this.server =
                ProviderServer.of(
                        settings,
                        engine.getBean("springSecurityFilterChain", Filter.class),
                        pages,
                        rights,
                        new FreshProofs(new Nonces(settings.sealing(), settings.clock()), proofs),
                        new Carried(
                                pushed,
                                new RequestObjects(
                                        settings.issuer(), clients, keySets, settings.clock()),
                                deadEnds,
                                form::pushes));
    }

    /// Loads what the first login would have to wait for. This is for whoever has a processor to spare before the start.
    public static void load() {
        Directory.load();
    }

    /// Starts it. It answers when this returns.
    public static IdentityProvider start(IdentitySettings settings) {
        Store store = Store.open(settings.database(), Directory.tables(), new ProtocolTables());
        boolean started = false;
        try {
            IdentityProvider provider = new IdentityProvider(settings, store);
            provider.server.start();
            provider.teller.start();
            provider.courier.start();
            started = true;
            return provider;
        } finally {
            if (!started) {
                store.close();
            }
        }
    }

    /// The port where it listens.
    public int port() {
        return server.getPort();
    }

    /// The people who may sign in.
    public Accounts accounts() {
        return directory.accounts();
    }

    /// Invites whoever reads the letters of that address to make an account with these roles.
    public ByMail.Asking invite(String address, Collection<String> roles, Actor by) {
        return directory.byMail().newAccounts().invite(address, roles, door + Paths.INVITED, by);
    }

    /// What accounts have besides their passwords.
    public Holdings holdings() {
        return directory.holdings();
    }

    /// The programs that get tokens with a secret.
    public MachineClients clients() {
        return directory.clients();
    }

    /// The programs that the declaration names.
    public DeclaredClients declaredClients() {
        return directory.declaredClients();
    }

    /// The programs that send a key with each call.
    public ApiKeys keys() {
        return directory.keys();
    }

    /// Where programs register themselves as clients, where any may.
    public String registrationAddress() {
        return door + Paths.CLIENTS;
    }

    /// The access tokens that count no more.
    public Revocations revocations() {
        return directory.revocations();
    }

    /// Everybody and everything that comes in.
    public Directory directory() {
        return directory;
    }

    /// Statements for which the database looked at every row.
    List<String> unindexed() {
        return store.unindexed();
    }

    /// How often a password was hashed or compared.
    long passwordWork() {
        return directory.passwordWork();
    }

    @Override
    public void close() {
        teller.close();
        outside.close();
        server.stop();
        server.destroy();
        engine.close();
        courier.close();
        cleaning.close();
        store.close();
    }
}
