package dev.ringwall.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.ringwall.link.Operating;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A running system that people administer by its pages: bosses may do everything, lookers only look at lists, clerks nothing.
final class OfficeUnderTest implements AutoCloseable {

    static final String PASSWORD = "quiet harbour lantern 7";

    private static final String DECLARATION =
            """
            ringwall: 1
            system: office
            roles:
              boss:   { login: password }
              chief:  { login: password, mfa: always }
              desk:   { login: password }
              looker: { login: password }
              clerk:  { login: password }
              robot:  { login: api-key }
              batch:  { login: client }
            services:
              desk:
                url: http://127.0.0.1:9
                operations:
                  read:  { http: GET /desk, allow: [clerk, desk, boss, robot, batch] }
                  close: { http: POST /desk/close, allow: boss }
            clients:
              portal: { kind: web, roles: [clerk], return-to: ["https://portal.example.com/back"] }
            administration:
              list-roles: { allow: [desk, boss] }
              list-users: { allow: [looker, desk, boss] }
              create-user: { allow: [desk, boss, chief] }
              read-user: { allow: [desk, boss] }
              change-user: { allow: [desk, boss] }
              delete-user: { allow: boss }
              set-password: { allow: boss }
              list-sessions: { allow: boss }
              end-sessions: { allow: boss }
              end-session: { allow: boss }
              list-factors: { allow: boss }
              remove-factors: { allow: boss }
              remove-factor: { allow: boss }
              list-browsers: { allow: boss }
              forget-browser: { allow: boss }
              list-keys: { allow: boss }
              create-key: { allow: boss }
              revoke-key: { allow: boss }
              list-clients: { allow: boss }
              read-client: { allow: boss }
              create-client: { allow: boss }
              revoke-client: { allow: boss }
              renew-secret: { allow: boss }
            client-registration: { who: open, kinds: [browser], roles: [clerk] }
            """;

    private final RunningSystem system;
    private final StateFolder state;
    private final Chromium chromium;

    private OfficeUnderTest(RunningSystem system, StateFolder state, Chromium chromium) {
        this.system = system;
        this.state = state;
        this.chromium = chromium;
    }

    /// With a browser to look at it; where none is installed, the tests are left out.
    static OfficeUnderTest start(Path folder) throws Exception {
        Optional<Path> browser = Chromium.installed();
        assumeTrue(browser.isPresent(), "no browser is installed");
        StateFolder state = new StateFolder(folder.resolve(".ringwall"));
        RunningSystem system =
                RunningSystem.start(
                        new RunningSystem.Plan(
                                Files.writeString(folder.resolve("ringwall.yaml"), DECLARATION),
                                state,
                                0,
                                0,
                                Map.of(),
                                InstantSource.system()),
                        ShopUnderTest.silent());
        return new OfficeUnderTest(
                system, state, Chromium.start(browser.get(), state, system.door()));
    }

    /// Makes an account with that role.
    void account(String name, String... roles) {
        OperatorClient.connect(state.operator())
                .post(
                        Operating.ACCOUNTS,
                        new Operating.NewAccount(name, List.of(roles), PASSWORD),
                        Operating.CreatedAccount.class);
    }

    /// A program registers itself under that name; returns its id.
    String registered(String name) throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().sslContext(DoorCall.trustingRootOf(state)).build()) {
            HttpResponse<String> made =
                    http.send(
                            HttpRequest.newBuilder(URI.create(door() + "/auth/clients"))
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"client_name\":\""
                                                            + name
                                                            + "\",\"redirect_uris\":[\"https://program.example/back\"],\"token_endpoint_auth_method\":\"none\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return String.valueOf(
                    JsonParser.parseString(made.body())
                            .getAsJsonObject()
                            .get("client_id")
                            .getAsString());
        }
    }

    /// What the log says about a request.
    String why(String request) {
        return ShopUnderTest.run("why", request, "--state", state.path().toString()).out();
    }

    Visitor visitor() {
        return chromium.visitor();
    }

    Visitor visitor(int width, int height, ColorScheme colours) {
        return chromium.visitor(width, height, colours);
    }

    String door() {
        return system.door().toString();
    }

    StateFolder state() {
        return state;
    }

    static void heading(Visitor visitor, String words) {
        visitor.page()
                .getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(words).setExact(true).setLevel(1))
                .waitFor();
    }

    static Locator link(Visitor visitor, String name) {
        return visitor.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static void said(Visitor visitor, String words) {
        visitor.page().locator("#said", new Page.LocatorOptions().setHasText(words)).waitFor();
    }

    @Override
    public void close() throws IOException {
        chromium.close();
        system.close();
    }
}
