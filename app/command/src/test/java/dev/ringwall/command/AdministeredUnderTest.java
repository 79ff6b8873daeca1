package dev.ringwall.command;

import dev.ringwall.attack.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;

/// A running system that people and programs administer through its public door.
final class AdministeredUnderTest implements AutoCloseable {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: office
            roles:
              boss:      { login: password }
              helpdesk:  { login: password }
              clerk:     { login: password }
              reports:   { login: api-key }
              directory: { login: client }
              mirror:    { login: client }
              feed:      { login: client }
            services:
              desk:
                url: http://127.0.0.1:9
                operations:
                  read:  { http: GET /desk, allow: [clerk, reports, feed, helpdesk, directory, boss] }
                  close: { http: POST /desk/close, allow: boss }
            administration:
              list-users: { allow: [helpdesk, boss] }
              read-user: { allow: [helpdesk, boss] }
              create-user: { allow: [helpdesk, boss] }
              change-user: { allow: [helpdesk, boss] }
              delete-user: { allow: boss }
              create-key: { allow: boss }
              revoke-key: { allow: boss }
              list-factors: { allow: helpdesk }
              remove-factor: { allow: helpdesk }
              list-sessions: { allow: helpdesk }
              end-session: { allow: helpdesk }
              list-clients: { allow: helpdesk }
              read-client: { allow: helpdesk }
              create-client: { allow: boss }
              revoke-client: { allow: [helpdesk, boss] }
              describe: { allow: [helpdesk] }
              scim: { allow: directory }
              scim-bulk: { allow: [directory, mirror] }
              scim-me: { allow: [boss, directory] }
            client-registration: { who: open, kinds: [browser], roles: [clerk, boss] }
            """;

    private final RunningSystem system;
    private final StateFolder state;
    private final HttpClient http;

    private AdministeredUnderTest(RunningSystem system, StateFolder state, HttpClient http) {
        this.system = system;
        this.state = state;
        this.http = http;
    }

    static AdministeredUnderTest start(Path folder) throws Exception {
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
        return new AdministeredUnderTest(
                system,
                state,
                HttpClient.newBuilder().sslContext(DoorCall.trustingRootOf(state)).build());
    }

    /// One request at the door, by somebody who holds that role; by nobody where it is empty.
    HttpResponse<String> ask(String role, String method, String path, String type, String body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(system.door() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!role.isEmpty()) {
            request.header(
                    "Authorization",
                    "Bearer "
                            + Tokens.bearer(
                                    state,
                                    OperatorClient.connect(state.operator()),
                                    system.declared().blueprint(),
                                    role));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// What a command prints.
    String run(String... command) {
        return ShopUnderTest.run(
                        Stream.concat(
                                        Stream.of(command),
                                        Stream.of("--state", state.path().toString()))
                                .toArray(String[]::new))
                .out();
    }

    StateFolder state() {
        return state;
    }

    Target target() throws Exception {
        return Targets.of(
                state, OperatorClient.connect(state.operator()), system.declared().blueprint());
    }

    @Override
    public void close() throws IOException {
        http.close();
        system.close();
    }
}
