package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What other people's pages, and people who use the browser afterwards, cannot do with the login.
class SignInPagesTest {

    private static final String PASSWORD = "quiet harbour lantern 7";
    private static final String SESSION = "__Host-ringwall-session";

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

    private static String session(Visitor visitor) {
        return visitor.context().cookies().stream()
                .filter(cookie -> cookie.name.equals(SESSION))
                .map(cookie -> cookie.value)
                .findFirst()
                .orElse("");
    }

    private static void plant(Visitor visitor, String session) {
        visitor.context()
                .addCookies(
                        List.of(
                                new Cookie(SESSION, session)
                                        .setUrl(shop.system().door() + "/")
                                        .setSecure(true)
                                        .setHttpOnly(true)));
    }

    @Test
    void aSessionThatSomebodyPlantedIsNotTheOneAfterTheLogin() {
        String planted = "x".repeat(43);
        try (Visitor ada = chromium.visitor();
                Visitor eve = chromium.visitor()) {
            ada.opens("/");
            plant(ada, planted);
            ada.logsIn("ada", PASSWORD).button("Log out").waitFor();
            assertThat(session(ada)).isNotEmpty().isNotEqualTo(planted);

            plant(eve, planted);
            eve.opens("/auth/login");
            assertThat(eve.field("Password").isVisible()).isTrue();
        }
    }

    @Test
    void aSessionOfSomebodyElseEndsWhereANewPersonSignsIn() {
        try (Visitor ada = chromium.visitor()) {
            ada.opens("/auth/login").signsIn("ada", PASSWORD).button("Sign out").waitFor();
            String before = session(ada);
            ada.button("Sign out").click();
            ada.opens("/auth/login").signsIn("bob", PASSWORD).button("Sign out").waitFor();
            assertThat(session(ada)).isNotEqualTo(before);

            plant(ada, before);
            ada.opens("/auth/login");
            assertThat(ada.field("Password").isVisible()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/auth/login", "/auth/logout", "/auth/account"})
    void noOtherSiteFramesThePages(String path) throws IOException {
        String html = "<iframe src='" + shop.system().door() + path + "'></iframe>";
        try (OtherSite site = OtherSite.with(html);
                Visitor ada = chromium.visitor()) {
            ada.page().navigate(site.address());

            ada.page()
                    .waitForCondition(() ->
                            ada.complaints().stream()
                                    .anyMatch(said -> said.contains("frame-ancestors")));
            assertThat(ada.page().frames())
                    .noneMatch(frame -> frame.url().startsWith(shop.system().door().toString()));
        }
    }

    @Test
    void aFormOfAnotherSiteSignsNobodyIn() throws IOException {
        String html =
                """
                <form method=post action='%s/auth/login'>
                <input name=username value=eve><input name=password value='%s'><input name=form value='%s'>
                <button>Win a prize</button></form>
                """
                        .formatted(shop.system().door(), PASSWORD, "x".repeat(43));
        try (OtherSite site = OtherSite.with(html);
                Visitor ada = chromium.visitor()) {
            ada.opens("/auth/login").page().navigate(site.address());
            ada.button("Win a prize").click();

            assertThat(ada.alert()).contains("Please try again.");
            assertThat(session(ada)).isEmpty();
        }
    }

    @Test
    void aFormOfAnotherSiteSignsNobodyOut() throws IOException {
        String html =
                "<form method=post action='"
                        + shop.system().door()
                        + "/auth/logout'><button>Win a prize</button></form>";
        try (OtherSite site = OtherSite.with(html);
                Visitor kim = chromium.visitor()) {
            kim.opens("/auth/login").signsIn("kim", PASSWORD).button("Sign out").waitFor();
            String before = session(kim);
            kim.page().navigate(site.address());
            kim.button("Win a prize").click();
            kim.page().waitForURL("**/auth/logout");

            kim.opens("/auth/login").button("Sign out").waitFor();
            assertThat(session(kim)).isEqualTo(before);
        }
    }

    @Test
    void theBackButtonAfterLoggingOutShowsNothingOfThePerson() {
        try (Visitor bob = chromium.visitor()) {
            bob.opens("/").logsIn("bob", PASSWORD).button("Log out").waitFor();
            bob.orders("Mug, blue");
            bob.logsOut();

            for (int i = 0; i < 3; i++) {
                bob.page().goBack();
                bob.page().waitForLoadState();
                assertThat(bob.page().locator("body").innerText())
                        .as(bob.page().url())
                        .doesNotContain("12 Engine Row", "bob");
                assertThat(bob.button("Log out").isVisible()).isFalse();
            }
            assertThat(bob.page().evaluate("() => sessionStorage.length")).isEqualTo(0);
        }
    }

    @Test
    void aPasswordIsChangedOnAPhoneInTheDarkWithoutAMouse() {
        String next = "harbour of seven quiet lanterns";
        try (Visitor lou = chromium.visitor(360, 740, ColorScheme.DARK)) {
            lou.opens("/auth/login").signsIn("lou", PASSWORD);
            lou.tabsTo(lou.field("Current password")).types(PASSWORD);
            lou.tabsTo(lou.field("New password")).types(next);
            lou.tabsTo(lou.field("New password once more")).types(next).presses("Enter");
            lou.page().getByText("The password is changed").waitFor();
            readable(lou, "account-changed-dark");

            lou.page().getByText("Add an authenticator app").click();
            lou.field("Code").waitFor();
            readable(lou, "add-app-dark");
            lou.field("Code").fill("000000");
            lou.button("Add the app").click();
            assertThat(lou.alert()).contains("That is not the code.");

            lou.opens("/auth/account").button("Sign out").click();
            lou.opens("/auth/login").signsIn("lou", PASSWORD);
            assertThat(lou.alert()).contains("do not belong together");
            lou.signsIn("lou", next).button("Sign out").waitFor();
            assertThat(lou.complaints()).noneMatch(said -> said.contains("Content Security"));
        }
    }

    private static void readable(Visitor visitor, String page) {
        visitor.pictured(page);
        SeenPage seen = new SeenPage(visitor.page());
        assertThat(seen.faintTexts()).as(page).isEmpty();
        assertThat(seen.fits()).as(page).isTrue();
    }
}
