package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.keys.TokenKeys;
import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that others wrote read what is signed for them in each algorithm, at a door whose access tokens are signed with Ed25519.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndependentSignaturesTest {

    private static final String PASSWORD = "quiet harbour lantern 7";

    private static final String SIGNED =
            """
            door: { access-tokens: EdDSA }
            clients:
              usual: { kind: native, roles: [reader], return-to: ["http://127.0.0.1/callback"] }
              pss:   { kind: native, roles: [reader], return-to: ["http://127.0.0.1/callback"], signed-with: PS256 }
              ed:    { kind: native, roles: [reader], return-to: ["http://127.0.0.1/callback"], signed-with: EdDSA }
              old:   { kind: native, roles: [reader], return-to: ["http://127.0.0.1/callback"], signed-with: RS256 }
            """;

    private NotesUnderTest notes;
    private Path clients;
    private Map<String, String> environment;

    @BeforeAll
    void start(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        assumeTrue(NodeClients.areInstallable(), "node or npm is missing");
        clients = NodeClients.install();
        notes = NotesUnderTest.start(folder, SIGNED);
        notes.reader("ada", PASSWORD);
        environment =
                Map.of(
                        "NODE_EXTRA_CA_CERTS",
                        notes.root(folder).toString(),
                        "DOOR",
                        notes.door(),
                        "PASSWORD",
                        PASSWORD,
                        "ACCESS",
                        "EdDSA");
    }

    @AfterAll
    void stop() throws IOException {
        if (notes != null) {
            notes.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "readsEs256",
                "readsPs256",
                "readsEdDsa",
                "readsRs256",
                "isRefusedWhatItDidNotRegisterFor"
            })
    void eachIsToldInItsAlgorithmAndItsTokenOpensTheDoor(String flow)
            throws IOException, InterruptedException {
        run(flow, environment);
    }

    @Test
    void whenKeysRotateNobodyNotices() throws IOException, InterruptedException {
        run("readsPs256", environment);
        Thread.sleep(TokenKeys.AHEAD); // else it is refused: everyone must know the next keys
        notes.operator().post(Operating.ROTATE, new Operating.Named("token-keys"));
        run("readsPs256", environment);
        run("readsRs256", environment);
    }

    private void run(String flow, Map<String, String> with)
            throws IOException, InterruptedException {
        assertThat(NodeClients.said(clients, with, "node", "signed.mjs", flow))
                .contains("done: " + flow);
    }
}
