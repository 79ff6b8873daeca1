package dev.ringwall.command;

import static dev.ringwall.command.OfficeUnderTest.heading;
import static dev.ringwall.command.OfficeUnderTest.link;
import static dev.ringwall.command.OfficeUnderTest.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
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
    private static Chromium chromium;

    @BeforeAll
    static void openTheOffice() throws Exception {
        Optional<Path> browser = Chromium.installed();
        assumeTrue(browser.isPresent(), "no browser is installed");
        office = OfficeUnderTest.start(folder);
        chromium = office.browser(browser.get());
        office.account("boss", "boss");
        office.account("carl", "clerk");
        office.account("lena", "looker", "clerk");
        office.account("maximiliane.von-und-zu-hohenstein@a-very-long-name.example.com", "clerk");
    }

    @AfterAll
    static void closeTheOffice() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
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
        try (Visitor boss = chromium.visitor(width, height, colours)) {
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
        try (Visitor carl = chromium.visitor(width, height, colours)) {
            carl.opens("/auth/administration").signsIn("carl", OfficeUnderTest.PASSWORD);
            heading(carl, "You may not administer this system");
            readable(carl, "admin-not-allowed" + name);
        }
    }

    @Test
    void nobodyNeedsAMouseAndTheFocusGoesAlong() {
        try (Visitor boss = chromium.visitor()) {
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
            boss.tabsTo(boss.button("Remove all second factors")).presses("Enter");
            assertThat(focused(boss)).as("what changes nothing has the focus").isEqualTo("Cancel");
            boss.presses("Escape");
            assertThat(focused(boss)).isEqualTo("Remove all second factors");
            boss.tabsTo(boss.button("Disable the account")).presses("Enter");
            said(boss, "The account is disabled.");
            assertThat(focused(boss)).isEqualTo("kim");
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
        try (Visitor boss = chromium.visitor()) {
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
