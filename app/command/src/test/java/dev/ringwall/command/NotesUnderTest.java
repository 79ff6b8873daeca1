package dev.ringwall.command;

import com.sun.net.httpserver.HttpServer;
import dev.ringwall.link.Inviting;
import dev.ringwall.link.Operating;
import dev.ringwall.link.OperatorFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A small system whose one service is in this process: it is there for its door and its provider.
final class NotesUnderTest implements AutoCloseable {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: notes
            data:
              note: { class: internal }
            roles:
              reader: { login: password }
              robot:  { login: client }
            services:
              notes:
                url: http://127.0.0.1:@PORT@
                operations:
                  list: { http: GET /notes, allow: [reader, robot], returns: [note] }
            """;

    private final HttpServer notes;
    private final RunningSystem system;
    private final StateFolder state;

    private NotesUnderTest(HttpServer notes, RunningSystem system, StateFolder state) {
        this.notes = notes;
        this.system = system;
        this.state = state;
    }

    /// @param more further sections of the declaration
    static NotesUnderTest start(Path folder, String more) throws IOException, InterruptedException {
        return declaring(folder, DECLARATION + more);
    }

    /// @param declaration with `@PORT@` where the service is
    static NotesUnderTest declaring(Path folder, String declaration)
            throws IOException, InterruptedException {
        HttpServer notes =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        notes.createContext(
                "/",
                exchange -> {
                    byte[] body = "[]".getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        notes.start();
        Path file =
                Files.writeString(
                        folder.resolve("ringwall.yaml"),
                        declaration.replace(
                                "@PORT@", Integer.toString(notes.getAddress().getPort())));
        StateFolder state = new StateFolder(folder.resolve(".ringwall"));
        RunningSystem system =
                RunningSystem.start(
                        new RunningSystem.Plan(file, state, 0, 0, Map.of(), InstantSource.system()),
                        ShopUnderTest.silent());
        system.node().awaitPrograms();
        return new NotesUnderTest(notes, system, state);
    }

    String door() {
        return system.door().toString();
    }

    /// Lets one program register itself as a client.
    String invitation() {
        return operator()
                .post(Inviting.CLIENTS, new Inviting.NewInvitation(1, 1), Inviting.Invited.class)
                .token();
    }

    RunningSystem system() {
        return system;
    }

    StateFolder state() {
        return state;
    }

    OperatorClient operator() {
        return OperatorClient.connect(state.operator());
    }

    void reader(String name, String password) {
        operator()
                .post(
                        Operating.ACCOUNTS,
                        new Operating.NewAccount(name, List.of("reader"), password),
                        Operating.CreatedAccount.class);
    }

    Operating.CreatedClient robot(@Nullable String keys) {
        return operator()
                .post(
                        Operating.CLIENTS,
                        new Operating.NewClient("robot", keys),
                        Operating.CreatedClient.class);
    }

    /// The system's root certificate in a file, as other programs read it.
    Path root(Path folder) throws IOException, GeneralSecurityException {
        String base64 =
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(
                                OperatorFiles.read(state.operator())
                                        .root()
                                        .certificate()
                                        .getEncoded());
        return Files.writeString(
                folder.resolve("root.pem"),
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    @Override
    public void close() throws IOException {
        system.close();
        notes.stop(0);
    }
}
