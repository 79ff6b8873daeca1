package dev.ringwall.command;

import static dev.ringwall.command.OfficeUnderTest.heading;
import static dev.ringwall.command.OfficeUnderTest.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What nobody can make the pages for administrators do.
class AdministrationHeldTest {

    private static final String MARKUP = "<img src=x onerror=\"window.smuggled=1\">";

    /// A browser in which every token has run out when it comes.
    private static final String LATE =
            """
            const asked = window.fetch;
            window.fetch = async (...what) => {
              const answer = await asked(...what);
              if (!String(what[0]).endsWith('/auth/token') || !answer.ok) return answer;
              const said = { ...await answer.json(), expires_in: 1 };
              return new Response(JSON.stringify(said), { status: 200, headers: answer.headers });
            };
            """;

    @TempDir private static Path folder;

    private static OfficeUnderTest office;

    @BeforeAll
    static void openTheOffice() throws Exception {
        office = OfficeUnderTest.start(folder);
        office.account("boss", "boss");
        office.account(MARKUP, "clerk");
    }

    @AfterAll
    static void closeTheOffice() throws Exception {
        if (office != null) {
            office.close();
        }
    }

    @Test
    void aNameThatIsMarkupIsShownAsText() {
        try (Visitor boss = office.visitor()) {
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            link(boss, MARKUP).click();
            heading(boss, MARKUP);
            assertThat(boss.page().locator("img").count()).isZero();
            assertThat(boss.page().title()).startsWith(MARKUP);
            boss.button("Erase the account").click();
            assertThat(boss.page().locator("dialog h2").innerText()).contains(MARKUP);
            boss.button("Cancel").click();

            assertThat(boss.page().evaluate("() => window.smuggled ?? 'not run'"))
                    .isEqualTo("not run");
            assertThat(boss.complaints()).isEmpty();
        }
    }

    @Test
    void nothingRunsThatSomebodySmuggledInAndNothingBecomesMarkup() {
        try (Visitor boss = office.visitor()) {
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            heading(boss, "Accounts");
            for (String smuggles :
                    new String[] {
                        "const s = document.createElement('script'); s.textContent = 'window.smuggled = 1'; document.body.append(s)",
                        "const s = document.createElement('script'); s.src = '/assets/shop.js'; document.body.append(s)",
                        "document.body.innerHTML = '<img src=x>'",
                        "document.body.setAttribute('onclick', 'window.smuggled = 1'); document.body.click()"
                    }) {
                assertThat(
                                boss.page()
                                        .evaluate(
                                                "() => { try { "
                                                        + smuggles
                                                        + " } catch (refused) {} return window.smuggled ?? 'not run'; }"))
                        .as(smuggles)
                        .isEqualTo("not run");
            }
            assertThat(boss.page().locator("img").count()).isZero();
        }
    }

    @Test
    void noTokenIsLeftInTheBrowserAndNoCookieGoesToTheApi() {
        try (Visitor boss = office.visitor()) {
            List<Request> asked = new ArrayList<>();
            boss.page()
                    .onRequest(request -> {
                        if (request.url().contains("/admin/v1/")) {
                            asked.add(request);
                        }
                    });
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            heading(boss, "Accounts");

            assertThat(asked)
                    .isNotEmpty()
                    .allSatisfy(request -> {
                        assertThat(request.allHeaders()).doesNotContainKey("cookie");
                        assertThat(request.allHeaders().get("authorization")).startsWith("DPoP ");
                    });
            assertThat(boss.page().evaluate("() => localStorage.length + sessionStorage.length"))
                    .isEqualTo(0);
            assertThat(
                            boss.page()
                                    .evaluate(
                                            "async () => (await indexedDB.databases()).length + (await caches.keys()).length"))
                    .isEqualTo(0);
            assertThat(boss.page().url()).doesNotContain("code=", "state=");
        }
    }

    @Test
    void aTokenThatRanOutIsRenewedWithoutAQuestionAndWithTheSameKey() {
        try (Visitor boss = office.visitor()) {
            List<String> renewed = new ArrayList<>();
            boss.page()
                    .onRequest(request -> {
                        if (request.url().endsWith("/auth/token")
                                && request.postData().contains("grant_type=refresh_token")) {
                            renewed.add(request.headers().get("dpop").split("\\.", -1)[0]);
                        }
                    });
            boss.page().addInitScript(LATE);
            boss.opens("/auth/administration").signsIn("boss", OfficeUnderTest.PASSWORD);
            heading(boss, "Accounts");
            for (String place : List.of("Keys", "Clients", "Roles", "Accounts")) {
                link(boss, place).click();
                heading(boss, place);
            }

            assertThat(renewed).hasSizeGreaterThan(4);
            assertThat(Set.copyOf(renewed)).as("the key in the header").hasSize(1);
            assertThat(boss.complaints()).isEmpty();
        }
    }

    @Test
    void whoseRoleAsksForASecondFactorShowsItFirst() {
        office.account("cora", "chief");
        try (Visitor cora = office.visitor()) {
            cora.opens("/auth/administration").signsIn("cora", OfficeUnderTest.PASSWORD);
            cora.button("Add the app").waitFor();
            cora.opens("/auth/administration").field("Password").waitFor();
            assertThat(cora.page().locator("nav").count()).isZero();
        }
    }

    @Test
    void noOtherSiteFramesThePageOrHoldsItsWindow() throws Exception {
        String html =
                "<iframe src='"
                        + office.door()
                        + "/auth/administration'></iframe><button onclick=\"held = window.open('"
                        + office.door()
                        + "/auth/administration')\">Win a prize</button>";
        try (OtherSite site = OtherSite.with(html);
                Visitor boss = office.visitor()) {
            boss.page().navigate(site.address());
            boss.page()
                    .waitForCondition(() ->
                            boss.complaints().stream()
                                    .anyMatch(said -> said.contains("frame-ancestors")));
            boss.button("Win a prize").click();
            boss.page().waitForCondition(() -> lost(boss));

            boss.opens("/auth/login")
                    .page()
                    .evaluate("() => { window.held = window.open('/auth/administration'); }");
            boss.page().waitForCondition(() -> lost(boss));
        }
    }

    /// Whether the page knows nothing any more of the window that it opened.
    private static boolean lost(Visitor visitor) {
        return (boolean) visitor.page().evaluate("() => held.closed");
    }
}
