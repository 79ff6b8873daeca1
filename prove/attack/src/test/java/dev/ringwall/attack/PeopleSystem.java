package dev.ringwall.attack;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLServerSocket;

/// A provider for people and clients of all kinds that keeps its declaration, or leaves the gaps that it is told to. It shares no code with the
/// real one.
final class PeopleSystem implements AutoCloseable {

    static final Blueprint OPEN = Shop.blueprint(Path.of("src/test/resources/people.yaml"));

    /// The same where nobody makes an account for themselves.
    static final Blueprint CLOSED =
            Shop.blueprint(Path.of("src/test/resources/people-closed.yaml"));

    private final Blueprint blueprint;
    private final TinyAuthority authority = new TinyAuthority();
    private final PeopleAccounts accounts = new PeopleAccounts();
    private final PeoplePost post;
    private final PeoplePasskeys passkeys;
    private final PeopleLogin login;
    private final PeopleAccount account;
    private final PeopleLetters letters;
    private final PeopleMachines machines;
    private final PeopleDevices devices;
    private final PeopleConsent consent;
    private final PeopleAdministration administration;
    private final PeopleTokens tokens;
    private final Map<String, ClientKey> signers;
    private final PeopleRegistrations registrations;
    private final TinyHttp door;

    PeopleSystem(Blueprint blueprint, Set<Gap> gaps) throws IOException {
        this.blueprint = blueprint;
        this.post = new PeoplePost(gaps);
        PeoplePage pages = new PeoplePage(gaps);
        this.passkeys = new PeoplePasskeys(gaps, accounts, pages, post);
        this.login = new PeopleLogin(gaps, accounts, pages, passkeys);
        this.account = new PeopleAccount(gaps, accounts, login, pages, post);
        this.letters = new PeopleLetters(blueprint, gaps, accounts, login, pages, post);
        this.machines = new PeopleMachines(gaps, () -> origin() + "/auth");
        this.registrations = new PeopleRegistrations(gaps);
        this.devices = new PeopleDevices(gaps, login, pages);
        this.consent = new PeopleConsent(blueprint, gaps, login, pages, registrations);
        this.administration = new PeopleAdministration(gaps, this::origin);
        this.tokens =
                new PeopleTokens(
                        blueprint,
                        gaps,
                        accounts,
                        login,
                        machines,
                        devices,
                        consent,
                        administration,
                        registrations);
        this.signers =
                blueprint.declaration().clients().values().stream()
                        .filter(client -> client.proof() == Client.Proof.KEYS)
                        .collect(
                                Collectors.toMap(
                                        Client::name, client -> machines.declared(client.name())));
        SSLServerSocket socket =
                (SSLServerSocket)
                        authority
                                .server(authority.issue("spiffe://people/gateway"), true, false)
                                .getServerSocketFactory()
                                .createServerSocket();
        socket.setWantClientAuth(true);
        this.door = new TinyHttp(socket, Set.of(), this::answer);
        passkeys.at("https://localhost:" + door.port());
    }

    private TinyHttp.Response answer(TinyHttp.Request request) throws Exception {
        String path = request.target().split("\\?", 2)[0];
        if (PeopleRegistrations.at(path)) {
            return registrations.answer(request);
        }
        return switch (path) {
            case "/auth/authorize" -> tokens.authorize(request);
            case "/auth/token" -> tokens.token(request);
            case "/auth/introspect" -> tokens.introspect(request);
            case "/auth/userinfo" -> tokens.userInfo(request);
            case "/notes" -> tokens.notes(request);
            case "/auth/consent" -> consent.page(request);
            case "/auth/par" -> tokens.push(request);
            case "/auth/device/codes" -> devices.begin(request);
            case "/auth/device" -> devices.page(request);
            case "/auth/login" -> login.login(request);
            case "/auth/login/second" -> login.second(request);
            case "/auth/administration" -> administration.page();
            case "/auth/logout" -> login.logout(request);
            case "/auth/account" -> account.account(request);
            case "/auth/account/app" -> account.app(request);
            case "/auth/account/passkey" -> passkeys.add(request, login.signedIn(request));
            case "/auth/forgotten", "/auth/register", "/auth/account/mail" ->
                    letters.page(request, path);
            default -> TinyHttp.Response.json(404, "{}");
        };
    }

    private String origin() {
        return "https://localhost:" + door.port();
    }

    Target target() {
        URI origin = URI.create(origin());
        return new Target(
                blueprint,
                origin,
                authority.certificate(),
                List.of(),
                URI.create(origin + "/auth"),
                Optional.of(new LoginClient(PeopleTokens.CLIENT, URI.create(origin + "/callback"))),
                Map.of(),
                Map.of(),
                signers,
                Set.of(),
                (role, number) -> Optional.of(accounts.account(role, number)),
                Optional.empty(),
                post::next,
                new ClientDesk() {
                    @Override
                    public Optional<String> signing(String role, String keys) {
                        return Optional.of(machines.signing(keys));
                    }

                    @Override
                    public Optional<String> invitation(int uses) {
                        return Optional.of(registrations.invitation(uses));
                    }
                });
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
