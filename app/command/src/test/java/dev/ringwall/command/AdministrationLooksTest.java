package dev.ringwall.command;

import static dev.ringwall.command.OfficeUnderTest.heading;
import static dev.ringwall.command.OfficeUnderTest.link;
import static dev.ringwall.command.OfficeUnderTest.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the pages for administrators look, and how they are used.
class AdministrationLooksTest {

    @TempDir private static Path folder;

    private static OfficeUnderTest office;

    @BeforeAll
    static void openTheOffice() throws Exception {
        office = OfficeUnderTest.start(folder);
        office.account("boss", "boss");
        office.account("carl", "clerk");
        office.account("lena", "looker", "clerk");
        office.account("maximiliane.von-und-zu-hohenstein@a-very-long-name.example.com", "clerk");
    }

    @AfterAll
    static void closeTheOffice() throws Exception {
        if (office != null) {
            office.close();
        }
    }

    private static void readable(Visitor visitor, String page) {
        visitor.pictured(page);
        SeenPage seen = new SeenPage(visitor.page());
        assertThat(seen.faintTexts()).as(page).isEmpty();
        assertThat(seen.fits()).as(page).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"360, 740, LIGHT", "360, 740, DARK", "1280, 800, LIGHT", "1280, 800, DARK"})
    void everyPageFitsAndIsReadable(int width, int height, ColorScheme colours) {
        String name = "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT);
        String made = "new" + width + colours.name().charAt(0);
        try (Visitor boss = office.visitor(width, height, colours)) {
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            heading(boss, "Accounts");
            readable(boss, "admin-accounts" + name);
            link(boss, "New account").click();
            heading(boss, "New account");
            boss.button("Make the account").click();
            assertThat(boss.alert()).isEqualTo("Name is missing.");
            readable(boss, "admin-new-account" + name);
            boss.field("Name").fill(made);
            boss.button("Make the account").click();
            boss.page().locator("dialog code").waitFor();
            readable(boss, "admin-password-once" + name);
            boss.button("I have kept it").click();
            heading(boss, made);
            boss.button("Disable the account").click();
            said(boss, "The account is disabled.");
            readable(boss, "admin-account" + name);
            boss.button("Erase the account").click();
            boss.button("Erase it").click();
            readable(boss, "admin-erase" + name);
            boss.button("Cancel").click();
            link(boss, "Keys").click();
            heading(boss, "Keys");
            boss.button("Make a key").click();
            boss.button("I have kept it").click();
            said(boss, "is made.");
            readable(boss, "admin-keys" + name);
            link(boss, "Clients").click();
            heading(boss, "Clients");
            boss.button("Make a client").click();
            boss.button("I have kept it").click();
            said(boss, "is made.");
            readable(boss, "admin-clients" + name);
            link(boss, "Roles").click();
            heading(boss, "Roles");
            boss.page().locator("summary").first().click();
            readable(boss, "admin-roles" + name);
            link(boss, "Accounts").click();
            heading(boss, "Accounts");
            link(boss, "boss").click();
            heading(boss, "boss");
            readable(boss, "admin-own-account" + name);
        }
        try (Visitor carl = office.visitor(width, height, colours)) {
            carl.opens("/auth/administration").signsIn("carl", OfficeUnderTest.PASSWORD);
            heading(carl, "You may not administer this system");
            readable(carl, "admin-not-allowed" + name);
        }
    }

    @Test
    void nobodyNeedsAMouseAndTheFocusGoesAlong() throws Exception {
        try (Visitor boss = office.visitor()) {
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            heading(boss, "Accounts");
            boss.tabsTo(link(boss, "To the page")).presses("Enter");
            assertThat(focused(boss)).isEqualTo("Accounts");
            boss.tabsTo(link(boss, "New account")).presses("Enter");
            heading(boss, "New account");
            assertThat(focused(boss)).isEqualTo("New account");
            boss.tabsTo(boss.field("Name")).types("kim");
            boss.tabsTo(boss.page().getByLabel("clerk")).presses("Space");
            boss.tabsTo(boss.button("Make the account")).presses("Enter");
            boss.page().locator("dialog code").waitFor();
            boss.presses("Escape");
            assertThat(boss.page().locator("dialog").isVisible()).as("shown once").isTrue();
            boss.tabsTo(boss.button("I have kept it")).presses("Enter");
            heading(boss, "kim");
            assertThat(focused(boss)).isEqualTo("kim");
            boss.tabsTo(boss.button("Disable the account")).presses("Enter");
            said(boss, "The account is disabled.");
            assertThat(focused(boss)).isEqualTo("kim");
            office.registered("Keyboard program");
            boss.tabsTo(link(boss, "Clients")).presses("Enter");
            heading(boss, "Clients");
            Locator revoke =
                    boss.page()
                            .getByText("Revoke", new Page.GetByTextOptions().setExact(true))
                            .first();
            boss.tabsTo(revoke).presses("Enter");
            assertThat(focused(boss)).as("what changes nothing has the focus").isEqualTo("Cancel");
            boss.presses("Escape");
            assertThat(focused(boss)).isEqualTo("Revoke");
            assertThat(boss.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"360, 740, LIGHT", "360, 740, DARK", "1280, 800, LIGHT", "1280, 800, DARK"})
    void whatAnAccountHasIsSeenAndEndedOneByOne(int width, int height, ColorScheme colours) {
        String name = "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT);
        String ines = "ines" + width + colours.name().charAt(0);
        office.account(ines, "clerk");
        try (Visitor person = office.visitor(width, height, colours);
                Visitor boss = office.visitor(width, height, colours)) {
            hasAPasskeyAndIsRemembered(person, ines);
            readable(person, "own-passkey" + name);
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            link(boss, ines).click();
            heading(boss, ines);
            boss.page().getByText("Passkey: Blue key").waitFor();
            boss.page().getByText("10 left").waitFor();
            readable(boss, "admin-holdings" + name);

            boss.page().locator("button[aria-label^='Ask for the second factor again']").click();
            said(boss, "The second factor is asked for there again.");
            boss.page().locator("button[aria-label^='Sign it out there']").first().click();
            said(boss, "That login has ended.");
            boss.button("Remove the passkey “Blue key”").click();
            readable(boss, "admin-remove-factor" + name);
            boss.button("Remove it").click();
            said(boss, "That second factor is removed.");
            boss.page().getByText("Nowhere.").waitFor();
            assertThat(boss.button("Remove all second factors").count()).isZero();
            assertThat(boss.complaints()).isEmpty();
            person.opens("/auth/account").field("Password").waitFor();
        }
    }

    /// Adds a passkey, calls it otherwise, and signs in with it where it is asked for no more.
    private static void hasAPasskeyAndIsRemembered(Visitor person, String name) {
        VirtualAuthenticator authenticator = VirtualAuthenticator.of(person);
        person.opens("/auth/login").signsIn(name, OfficeUnderTest.PASSWORD);
        person.page().getByText("Add a passkey").click();
        person.field("Name").fill("key");
        person.button("Add the passkey").click();
        person.page().getByText("I have kept them").click();
        person.page().getByLabel("Rename the passkey key").click();
        person.field("New name").fill("Blue key");
        person.button("Rename it").click();
        person.page().getByText("Passkey: Blue key").waitFor();
        authenticator.attended(false);
        person.button("Sign out").first().click();
        person.opens("/auth/login").signsIn(name, OfficeUnderTest.PASSWORD);
        person.page().getByLabel("Do not ask for this in this browser for 30 days").check();
        person.button("Use a passkey").waitFor();
        authenticator.attended(true);
        person.button("Use a passkey").click();
        person.page().getByText("Where it is not asked for").waitFor();
        person.page().getByLabel("Rename the passkey Blue key").click();
    }

    @ParameterizedTest
    @CsvSource({"360, 740, LIGHT", "360, 740, DARK", "1280, 800, LIGHT", "1280, 800, DARK"})
    void aClientThatRegisteredItselfIsShownAndRevoked(int width, int height, ColorScheme colours)
            throws Exception {
        String name = "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT);
        String id = office.registered("Price watcher");
        try (Visitor boss = office.visitor(width, height, colours)) {
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            heading(boss, "Accounts");
            link(boss, "Clients").click();
            heading(boss, "Clients");
            boss.page().getByText("calls itself “Price watcher”").first().waitFor();
            readable(boss, "admin-clients-registered" + name);
            link(boss, id).click();
            heading(boss, "Price watcher");
            boss.page().getByText("https://program.example/back").waitFor();
            readable(boss, "admin-client" + name);
            boss.button("Revoke the client").click();
            readable(boss, "admin-client-revoke" + name);
            boss.button("Revoke it").click();
            said(boss, "is revoked.");
            heading(boss, "Clients");
            gone(link(boss, id));
            assertThat(boss.complaints()).isEmpty();
        }
    }

    private static Object focused(Visitor visitor) {
        return visitor.page().evaluate("() => document.activeElement.textContent");
    }

    @Test
    void backAndReloadLeadWhereTheyShould() {
        for (int i = 0; i < 30; i++) {
            office.account("person%02d".formatted(i), "clerk");
        }
        try (Visitor boss = office.visitor()) {
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            boss.field("From this name on").fill("person02");
            boss.presses("Enter");
            link(boss, "person02").waitFor();
            gone(link(boss, "person01"));
            assertThat(link(boss, "person02").isVisible()).isTrue();
            link(boss, "Next page").click();
            link(boss, "person28").waitFor();
            boss.page().goBack();
            link(boss, "person02").waitFor();
            assertThat(boss.field("From this name on").inputValue()).isEqualTo("person02");
            link(boss, "person07").click();
            heading(boss, "person07");

            boss.page().reload();
            heading(boss, "person07");
            assertThat(boss.page().locator("#who").innerText()).contains("Signed in as boss");
            boss.field("New name").waitFor();

            boss.page().goBack();
            heading(boss, "Accounts");
            boss.page().getByLabel("State").selectOption("true");
            boss.button("Show").click();
            boss.page().getByText("There are none.").waitFor();
            assertThat(boss.complaints()).isEmpty();
        }
    }

    private static void gone(Locator what) {
        what.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }
}
