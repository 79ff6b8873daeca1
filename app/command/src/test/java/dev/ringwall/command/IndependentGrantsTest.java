package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that others wrote do what needs no browser of theirs, or more than one: the grant for devices, token exchange, signed requests and
/// answers, and certificates.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndependentGrantsTest {

    private static final String PASSWORD = "quiet harbour lantern 7";

    private static final String CLIENTS =
            """
            door: { mutual-tls: certified.notes.example }
            clients:
              tv:    { kind: device, roles: [reader] }
              desk:  { kind: web, roles: [reader], return-to: ["https://desk.example.com/callback"], acts-for: [reader], proof: keys }
              probe: { kind: machine, roles: [robot], proof: certificate }
            """;

    private NotesUnderTest notes;
    private Path clients;
    private Map<String, String> environment;

    @BeforeAll
    void start(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        assumeTrue(NodeClients.areInstallable(), "node or npm is missing");
        clients = NodeClients.install();
        NodeClients.said(clients, Map.of(), "node", "keys.mjs");
        notes = NotesUnderTest.start(folder, CLIENTS);
        notes.reader("ada", PASSWORD);
        Operating.CreatedClient machine = notes.robot(null);
        notes.operator()
                .post(
                        Operating.CLIENTS_KEYS,
                        new Operating.NewClientKeys(
                                "desk", Files.readString(clients.resolve("public.jwks"))));
        OpensslCertificate.in(folder, "stranger");
        notes.operator()
                .post(
                        Operating.CLIENTS_CERTIFICATES,
                        new Operating.NewClientCertificates(
                                "probe",
                                Files.readString(OpensslCertificate.in(folder, "probe")),
                                null));
        environment =
                Map.of(
                        "NODE_EXTRA_CA_CERTS",
                        notes.root(folder).toString(),
                        "DOOR",
                        notes.door(),
                        "PASSWORD",
                        PASSWORD,
                        "MACHINE",
                        machine.id(),
                        "MACHINE_SECRET",
                        String.valueOf(machine.secret()),
                        "CERTIFICATES",
                        folder.toString());
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
                "signsADeviceIn",
                "isTurnedDownAsADevice",
                "asksForTheCodesOfADeviceMessageByMessage",
                "actsForSomebody",
                "doesNotActForWhoeverHoldsAKey",
                "signsItsQuestion",
                "signsAndPushesItsQuestion",
                "signsItsQuestionWithAKeyOfItsOwn",
                "isToldSignedWhatATokenIsWorth",
                "showsItsCertificate",
                "showsTheCertificateOfAnother"
            })
    void itSucceedsAndIsRefusedAsTheStandardsSay(String flow)
            throws IOException, InterruptedException {
        assertThat(NodeClients.said(clients, environment, "node", "grants.mjs", flow))
                .contains("done: " + flow);
    }
}
