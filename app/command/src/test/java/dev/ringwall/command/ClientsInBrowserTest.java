package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that runs in a page, for which people are asked, in a real browser through the real door.
class ClientsInBrowserTest {

    private static final String PASSWORD = "quiet harbour lantern 7";

    @TempDir private static Path folder;

    private static ClientSite app;
    private static NotesUnderTest notes;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Path> browser = Chromium.installed();
        assumeTrue(browser.isPresent(), "no browser is installed");
        app = ClientSite.open();
        notes =
                NotesUnderTest.start(
                        folder,
                        """
                        door: { origins: ["@AT@"] }
                        clients:
                          app:
                            kind: browser
                            roles: [reader]
                            return-to: ["@AT@/back"]
                            consent: ask
                            logout: { front-channel: "@AT@/over", return-to: ["@AT@/bye"] }
                        """
                                .replace("@AT@", app.address()));
        app.serve(notes.door());
        chromium = Chromium.start(browser.get(), notes.state(), URI.create(notes.door()));
    }

    @AfterAll
    static void stop() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        if (notes != null) {
            notes.close();
        }
        if (app != null) {
            app.close();
        }
    }

    /// From the page of the client to the question whether it may act for that person.
    private static Visitor asked(Visitor visitor, String name) {
        notes.reader(name, PASSWORD);
        visitor.page().navigate(app.address());
        visitor.button("Begin").click();
        visitor.signsIn(name, PASSWORD).button("Allow").waitFor();
        return visitor;
    }

    private static void says(Visitor visitor, String words) {
        visitor.page().locator("#said", withText(words)).waitFor();
    }

    private static com.microsoft.playwright.Page.LocatorOptions withText(String words) {
        return new com.microsoft.playwright.Page.LocatorOptions().setHasText(words);
    }

    @Test
    void whoAllowsItWithoutAMouseComesBackToTheClientAndIsNotAskedAgain() {
        try (Visitor ada = chromium.visitor()) {
            asked(ada, "ada");
            assertThat(ada.page().locator("main").innerText())
                    .contains("Allow app to act for you?", "signed in to notes as ada")
                    .contains("know who you are", "notes.list");

            ada.tabsTo(ada.button("Allow")).presses("Enter");
            says(ada, "notes: 200");
            assertThat(ada.page().url()).startsWith(app.address() + "/back?");

            ada.button("Begin").click();
            ada.page().waitForURL(app.address() + "/back?**");
            says(ada, "notes: 200");
            assertThat(ada.complaints()).isEmpty();
        }
    }

    @Test
    void whoRefusesComesBackWithThatAnswerAndIsAskedTheNextTime() {
        try (Visitor bob = chromium.visitor()) {
            asked(bob, "bob");

            bob.tabsTo(bob.button("Refuse")).presses("Enter");
            says(bob, "refused: access_denied");

            bob.button("Begin").click();
            bob.button("Allow").waitFor();
            assertThat(bob.complaints()).isEmpty();
        }
    }

    @Test
    void theClientHearsInAFrameThatSomebodySignsOutAndTheBrowserGoesOn() {
        try (Visitor kim = chromium.visitor();
                Visitor lea = chromium.visitor()) {
            asked(kim, "kim").button("Allow").click();
            says(kim, "notes: 200");
            asked(lea, "lea").button("Refuse").click();
            says(lea, "refused: access_denied");
            int before = app.over().size();

            lea.button("End").click();
            lea.button("Sign out").click();
            says(lea, "Good-bye");
            assertThat(app.over()).as("nobody was signed in there").hasSize(before);

            kim.button("End").click();
            kim.button("Sign out").click();
            says(kim, "Good-bye");
            assertThat(kim.page().url()).isEqualTo(app.address() + "/bye");
            assertThat(app.over()).hasSize(before + 1);
            assertThat(app.over().getLast())
                    .contains(
                            "sid=", "iss=" + notes.door().replace(":", "%3A").replace("/", "%2F"));
            assertThat(kim.complaints()).isEmpty();

            kim.button("Begin").click();
            kim.field("Password").waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({"360, LIGHT", "360, DARK", "360, NO_PREFERENCE", "1280, LIGHT", "1280, DARK"})
    void theQuestionFitsAPhoneAndIsReadable(int width, ColorScheme colours) {
        String look = width + "-" + colours.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (Visitor lou = chromium.visitor(width, 740, colours)) {
            asked(lou, "lou-" + look);
            readable(lou, "consent-" + look);

            lou.button("Allow").click();
            says(lou, "notes: 200");
            lou.button("End").click();
            lou.button("Sign out").click();
            lou.page().getByText("Go on to").waitFor();
            readable(lou, "leaving-" + look);
            assertThat(lou.complaints()).isEmpty();
        }
    }

    private static void readable(Visitor visitor, String page) {
        visitor.pictured(page);
        SeenPage seen = new SeenPage(visitor.page());
        assertThat(seen.faintTexts()).as(page).isEmpty();
        assertThat(seen.fits()).as(page).isTrue();
    }
}
