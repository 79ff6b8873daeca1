package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// People in the shop: a real browser, the real door, the real login page.
class StorefrontTest {

    private static final String PASSWORD = "quiet harbour lantern 7";

    @TempDir private static Path folder;

    private static ShopUnderTest shop;
    private static Chromium chromium;

    @BeforeAll
    static void openTheShop() throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Path> browser = Chromium.installed();
        assumeTrue(browser.isPresent(), "no browser is installed");
        shop = ShopUnderTest.start(folder);
        chromium = Chromium.start(browser.get(), shop);
        shop.shoppers(PASSWORD, "ada", "bob", "eve", "kim", "lou");
    }

    @AfterAll
    static void closeTheShop() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void aPersonLogsInPlacesAnOrderSeesItAndLogsOut() {
        try (Visitor ada = chromium.visitor()) {
            ada.opens("/").logsIn("ada", PASSWORD);
            ada.button("Log out").waitFor();
            assertThat(ada.page().url()).doesNotContain("code=", "state=");

            String order = ada.orders("Mug, blue");
            assertThat(ada.page().locator("#facts").innerText())
                    .contains("paid", "12 Engine Row")
                    .doesNotContain("4242");
            ada.opens("/").looksFor(order);
            assertThat(ada.orderShown()).isEqualTo(order);

            ada.logsOut();
            assertThat(ada.complaints()).isEmpty();
            ada.looksFor(order);
            assertThat(ada.alert()).contains("Please log in first.");
        }
    }

    @Test
    void aWrongPasswordIsSaidPlainlyAndTheNextTryMayBeRight() {
        try (Visitor bob = chromium.visitor()) {
            bob.opens("/").logsIn("bob", "not my password");

            assertThat(bob.alert()).contains("That name and password do not belong together.");
            assertThat(bob.field("Name").inputValue()).isEqualTo("bob");
            assertThat(bob.field("Password").inputValue()).isEmpty();

            bob.field("Password").fill(PASSWORD);
            bob.button("Sign in").click();
            bob.button("Log out").waitFor();
        }
    }

    @Test
    void somebodyElsesOrderIsNotShown() {
        try (Visitor eve = chromium.visitor()) {
            eve.opens("/").logsIn("eve", PASSWORD);
            eve.button("Log out").waitFor();

            eve.looksFor("1");

            assertThat(eve.alert()).contains("That is not yours to see.");
            assertThat(eve.page().locator("#placed").isVisible()).isFalse();
            assertThat(eve.page().content()).doesNotContain("Old Street");
        }
    }

    @Test
    void nobodyNeedsAMouse() {
        try (Visitor kim = chromium.visitor()) {
            kim.opens("/").tabsTo(kim.button("Log in")).presses("Enter");
            kim.tabsTo(kim.field("Name")).types("kim");
            kim.tabsTo(kim.field("Password")).types(PASSWORD);
            kim.tabsTo(kim.button("Sign in")).presses("Enter");
            kim.tabsTo(kim.button("Add Desk lamp to the basket")).presses("Space");
            kim.tabsTo(kim.field("E-mail")).types("kim@example.org");
            kim.tabsTo(kim.field("Address")).types("3 Quay").presses("Enter");
            assertThat(kim.orderShown()).isNotEmpty();
            kim.tabsTo(kim.button("Log out")).presses("Enter");
            kim.tabsTo(kim.button("Sign out")).presses("Enter");
            kim.button("Log in").waitFor();
            assertThat(kim.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everyPageFitsAPhoneAndIsReadable(ColorScheme colours) {
        String name = colours.name().toLowerCase(java.util.Locale.ROOT);
        try (Visitor lou = chromium.visitor(360, 740, colours)) {
            lou.opens("/");
            lou.button("Add Scarf, wool to the basket").waitFor();
            readable(lou, "shop-" + name);
            lou.logsIn("lou", "wrong");
            lou.alert();
            readable(lou, "wrong-password-" + name);
            lou.signsIn("lou", PASSWORD);
            lou.button("Log out").waitFor();
            lou.orders("Scarf, wool");
            readable(lou, "order-" + name);
            lou.looksFor("1").alert();
            readable(lou, "refused-" + name);
            lou.button("Log out").click();
            lou.button("Sign out").waitFor();
            readable(lou, "sign-out-" + name);
            lou.opens("/auth/login");
            lou.button("Sign out").waitFor();
            readable(lou, "signed-in-" + name);
            lou.button("Sign out").click();
            lou.page().getByText("You may close this page.").waitFor();
            readable(lou, "signed-out-" + name);
        }
    }

    private static void readable(Visitor visitor, String page) {
        visitor.pictured(page);
        SeenPage seen = new SeenPage(visitor.page());
        assertThat(seen.faintTexts()).as(page).isEmpty();
        assertThat(seen.fits()).as(page).isTrue();
    }

    @Test
    void nothingRunsThatSomebodySmuggledIntoAPage() {
        try (Visitor visitor = chromium.visitor()) {
            for (String page : new String[] {"/", "/auth/login"}) {
                visitor.opens(page);
                assertThat(new SeenPage(visitor.page()).runsWhatIsSmuggledIn()).as(page).isFalse();
            }
            assertThat(visitor.complaints())
                    .hasSize(2)
                    .allMatch(said -> said.contains("Content Security Policy"));
        }
    }
}
