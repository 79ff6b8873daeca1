package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import dev.ringwall.link.Administering;
import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// People who come by a provider that others wrote, npm's `oidc-provider`, in a real browser.
class OutsideProviderTest {

    private static final String SECRET = "a-secret-that-both-sides-know";
    private static final String PASSWORD = "quiet harbour lantern 7";

    @TempDir private Path folder;

    private NodeProvider provider;
    private NotesUnderTest notes;
    private Chromium chromium;

    private void start(String accounts, String pushed, String signed)
            throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Path> browser = Chromium.installed();
        assumeTrue(browser.isPresent(), "no browser is installed");
        assumeTrue(NodeClients.areInstallable(), "node or npm is missing");
        Path roots = folder.resolve("root.pem");
        provider =
                NodeProvider.start(
                        new HashMap<>(
                                Map.of(
                                        "SECRET", SECRET,
                                        "PUSHED", pushed,
                                        "SIGNED", signed,
                                        "ROOTS", roots.toString())));
        Files.writeString(
                folder.resolve("staff.yaml"),
                """
                ringwall: 1
                roles: { staff: { login: sso } }
                identity-providers:
                  acme: { issuer: "%s", client: acme, secret: acme-client, accounts: %s, roles: { staff: [groups=staff] } }
                services:
                  plans: { url: "http://127.0.0.1:9", operations: { list: { http: GET /plans, allow: staff } } }
                """
                        .formatted(provider.issuer(), accounts));
        notes = NotesUnderTest.start(folder, "include: [staff.yaml]\n");
        notes.root(folder);
        notes.operator()
                .post(
                        Operating.SECRETS,
                        new Operating.NewSecret("acme-client", SECRET),
                        Operating.SecretKept.class);
        provider.serve(notes.door());
        chromium = Chromium.start(browser.get(), notes.state(), java.net.URI.create(notes.door()));
    }

    @AfterEach
    void stop() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        if (notes != null) {
            notes.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    private static void signInThere(Page page, String name) {
        page.locator("input[name=login]").fill(name);
        page.locator("input[name=password]").fill("anything");
        page.locator("button[type=submit]").click();
        page.locator("form[action$='/confirm'] button, button:has-text('Continue')")
                .first()
                .click();
    }

    @ParameterizedTest
    @CsvSource({"no, RS256", "yes, EdDSA"})
    void somebodyComesInWithAnAccountOfTheirOwn(String pushed, String signed)
            throws IOException, InterruptedException, GeneralSecurityException {
        start("create", pushed, signed);
        try (Visitor ana = chromium.visitor()) {
            ana.opens("/auth/login");
            ana.page().getByText("Sign in with acme").click();
            signInThere(ana.page(), "ana");

            ana.page().waitForURL(notes.door() + "/auth/account");
            assertThat(ana.page().content()).contains("acme:ana");
            assertThat(links("acme:ana")).containsExactly("acme ana");
        }
        try (Visitor bob = chromium.visitor()) {
            bob.opens("/auth/login");
            bob.page().getByText("Sign in with acme").click();
            signInThere(bob.page(), "bob");

            bob.page().getByText("allows nothing here").waitFor();
        }
    }

    @Test
    void somebodyLinksComesInSignsOutThereAndUnlinks()
            throws IOException, InterruptedException, GeneralSecurityException {
        start("linked", "no", "EdDSA");
        notes.reader("ada", PASSWORD);
        try (Visitor stranger = chromium.visitor()) {
            stranger.opens("/auth/login");
            stranger.page().getByText("Sign in with acme").click();
            signInThere(stranger.page(), "ana");
            stranger.page().getByText("Nobody here is linked").waitFor();
        }
        try (Visitor ada = chromium.visitor();
                Visitor elsewhere = chromium.visitor()) {
            ada.opens("/auth/login");
            ada.signsIn("ada", PASSWORD);
            ada.page().getByText("Accounts elsewhere").click();
            ada.button("Link acme").click();
            ada.page().getByText("Continue", new Page.GetByTextOptions().setExact(true)).click();
            signInThere(ada.page(), "ana");
            ada.button("Unlink acme").waitFor();
            assertThat(links("ada")).containsExactly("acme ana");

            elsewhere.opens("/auth/login");
            elsewhere.page().getByText("Sign in with acme").click();
            signInThere(elsewhere.page(), "ana");
            elsewhere.page().waitForURL(notes.door() + "/auth/account");
            assertThat(elsewhere.page().content()).contains("ada");

            elsewhere.page().navigate(provider.issuer() + "/session/end");
            elsewhere.page().locator("button[value=yes]").click();
            elsewhere
                    .page()
                    .waitForCondition(() -> {
                        elsewhere.opens("/auth/account");
                        return elsewhere.page().url().endsWith("/auth/login");
                    });

            ada.button("Unlink acme").click();
            ada.button("Link acme").waitFor();
            assertThat(links("ada")).isEmpty();
            assertThat(ada.complaints())
                    .filteredOn(
                            said -> !said.contains("ERR_NAME_NOT_RESOLVED")) // its pages load fonts
                    .isEmpty();
        }
    }

    private List<String> links(String name) {
        return notes
                .operator()
                .get(Administering.LINKS + OperatorClient.named(name), Administering.Links.class)
                .links()
                .stream()
                .map(link -> link.provider() + " " + link.subject())
                .toList();
    }
}
