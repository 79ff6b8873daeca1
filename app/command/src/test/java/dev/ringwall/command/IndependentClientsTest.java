package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that others wrote, by their own reading of the standards, at the real door over TLS.
class IndependentClientsTest {

    private static final String PASSWORD = "quiet harbour lantern 7";

    @TempDir private static Path folder;

    private static NotesUnderTest notes;
    private static Path clients;
    private static Map<String, String> environment;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        assumeTrue(NodeClients.areInstallable(), "node or npm is missing");
        clients = NodeClients.install();
        NodeClients.said(clients, Map.of(), "node", "keys.mjs");
        notes =
                NotesUnderTest.start(
                        folder,
                        "client-registration: { who: invite, kinds: [web], roles: [reader] }\n");
        notes.reader("ada", PASSWORD);
        Operating.CreatedClient machine = notes.robot(null);
        Operating.CreatedClient signer =
                notes.robot(Files.readString(clients.resolve("public.jwks")));
        environment =
                Map.of(
                        "NODE_EXTRA_CA_CERTS", notes.root(folder).toString(),
                        "DOOR", notes.door(),
                        "PASSWORD", PASSWORD,
                        "MACHINE", machine.id(),
                        "MACHINE_SECRET", String.valueOf(machine.secret()),
                        "SIGNER", signer.id(),
                        "INVITATION", notes.invitation());
    }

    @AfterAll
    static void stop() throws IOException {
        if (notes != null) {
            notes.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "discovers",
                "signsInAndCalls",
                "registersItself",
                "signsInWithoutPushing",
                "refreshesAndLosesAllWhenAnOldOneComesBack",
                "usesACodeOnce",
                "refusesTheAnswerOfAnotherIssuer",
                "bindsTokensToItsKey",
                "signsOut",
                "isAMachineWithASecret",
                "isAMachineWithTheWrongSecret",
                "isAMachineThatSigns"
            })
    void openidClient(String flow) throws IOException, InterruptedException {
        run("openid-client.mjs", flow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "discovers",
                "readsAccessTokensAsAResourceServer",
                "asksWhoItIs",
                "bindsTokensToItsKey",
                "refreshes",
                "revokes",
                "isAMachine",
                "isAMachineThatSigns",
                "asksForAnotherResource"
            })
    void oauth4webapi(String flow) throws IOException, InterruptedException {
        run("oauth4webapi.mjs", flow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signsAPersonIn",
                "looksForThePersonThatItIsFor",
                "letsNobodyInWithAnAnswerThatItDidNotAskFor",
                "takesAccessTokens"
            })
    void apacheWithModAuthOpenidc(String flow)
            throws IOException, InterruptedException, GeneralSecurityException {
        assumeTrue(Apache.isInstalled(), "Apache or mod_auth_openidc is missing");
        try (Apache apache = Apache.start(notes.door(), notes.root(folder))) {
            Map<String, String> with = new HashMap<>(environment);
            with.put("SITE", apache.site());
            try {
                assertThat(NodeClients.said(clients, with, "node", "apache.mjs", flow))
                        .contains("done: " + flow);
            } catch (AssertionError failed) {
                throw new AssertionError(
                        failed.getMessage() + apache.complaints().orElse(""), failed);
            }
        }
    }

    private static void run(String client, String flow) throws IOException, InterruptedException {
        assertThat(NodeClients.said(clients, environment, "node", client, flow))
                .contains("done: " + flow);
    }
}
