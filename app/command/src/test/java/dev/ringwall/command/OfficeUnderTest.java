package dev.ringwall.command;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

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
              remove-factors: { allow: boss }
              list-keys: { allow: boss }
              create-key: { allow: boss }
              revoke-key: { allow: boss }
              list-clients: { allow: boss }
              create-client: { allow: boss }
              revoke-client: { allow: boss }
              renew-secret: { allow: boss }
            """;

    private final RunningSystem system;
    private final StateFolder state;

    private OfficeUnderTest(RunningSystem system, StateFolder state) {
        this.system = system;
        this.state = state;
    }

    static OfficeUnderTest start(Path folder) throws IOException, InterruptedException {
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
        return new OfficeUnderTest(system, state);
    }

    /// Makes an account with that role.
    void account(String name, String... roles) {
        OperatorClient.connect(state.operator())
                .post(
                        Operating.ACCOUNTS,
                        new Operating.NewAccount(name, List.of(roles), PASSWORD),
                        Operating.CreatedAccount.class);
    }

    /// What the log says about a request.
    String why(String request) {
        return ShopUnderTest.run("why", request, "--state", state.path().toString()).out();
    }

    Chromium browser(Path executable) throws Exception {
        return Chromium.start(executable, state, system.door());
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
        system.close();
    }
}
