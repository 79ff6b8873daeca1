package dev.ringwall.command;

import static dev.ringwall.command.OfficeUnderTest.heading;
import static dev.ringwall.command.OfficeUnderTest.link;
import static dev.ringwall.command.OfficeUnderTest.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People who administer by the pages, in a real browser, through the real door.
class AdministrationPagesTest {

    /// A browser that is made to believe that its token is good for more.
    private static final String PRETENDS =
            """
            const asked = window.fetch;
            window.fetch = async (...what) => {
              const answer = await asked(...what);
              if (!String(what[0]).endsWith('/auth/token') || !answer.ok) return answer;
              const said = await answer.json();
              said.scope += ' ringwall.create-user ringwall.list-keys';
              return new Response(JSON.stringify(said), { status: 200, headers: answer.headers });
            };
            """;

    @TempDir private static Path folder;

    private static OfficeUnderTest office;

    @BeforeAll
    static void openTheOffice() throws Exception {
        office = OfficeUnderTest.start(folder);
        office.account("boss", "boss");
        office.account("dora", "desk");
        office.account("lena", "looker");
        office.account("carl", "clerk");
    }

    @AfterAll
    static void closeTheOffice() throws Exception {
        if (office != null) {
            office.close();
        }
    }

    private static Visitor administrator(String name) {
        Visitor visitor = office.visitor();
        visitor.opens("/auth/administration").signsIn(name, OfficeUnderTest.PASSWORD);
        heading(visitor, "Accounts");
        return visitor;
    }

    /// Puts away what is shown this once, and returns it.
    private static String kept(Visitor visitor) {
        Locator shown = visitor.page().locator("dialog code");
        shown.waitFor();
        String secret = shown.innerText();
        visitor.button("I have kept it").click();
        shown.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return secret;
    }

    private static Page.LocatorOptions hasText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static void opens(Visitor visitor, String account) {
        link(visitor, account).click();
        heading(visitor, account);
    }

    @Test
    void anAccountIsMadeChangedShutOutLetInAndErasedAndTheLogHasEachAct() {
        try (Visitor boss = administrator("boss")) {
            Map<String, String> acts = new ConcurrentHashMap<>();
            boss.page()
                    .onResponse(answer -> {
                        if (answer.url().contains("/admin/v1/")
                                && !answer.request().method().equals("GET")) {
                            acts.put(
                                    answer.headers().get("ringwall-request"),
                                    answer.request().method());
                        }
                    });
            link(boss, "New account").click();
            heading(boss, "New account");
            boss.field("Name").fill("ana");
            boss.page().getByLabel("clerk").check();
            boss.button("Make the account").click();
            assertThat(kept(boss)).hasSizeGreaterThan(15);
            heading(boss, "ana");

            boss.page().getByLabel("desk").check();
            boss.button("Change the roles").click();
            said(boss, "The roles are changed.");
            assertThat(boss.page().getByLabel("desk").isChecked()).isTrue();
            boss.button("Disable the account").click();
            said(boss, "The account is disabled.");
            boss.button("Let it sign in again").click();
            said(boss, "may sign in again");
            boss.button("Set a password").click();
            assertThat(kept(boss)).hasSizeGreaterThan(15);
            said(boss, "The password is set");

            boss.button("Erase the account").click();
            boss.button("Erase it").click();
            assertThat(boss.page().locator("dialog .error").innerText()).contains("not ana");
            boss.field("Type ana to go on").fill("ana");
            boss.button("Erase it").click();
            said(boss, "ana is erased.");
            heading(boss, "Accounts");
            assertThat(link(boss, "ana").count()).isZero();

            assertThat(boss.complaints()).isEmpty();
            assertThat(acts).hasSize(6);
            assertThat(acts.keySet().stream().map(office::why))
                    .allMatch(why -> why.contains("by person") && why.contains("(boss)"))
                    .anyMatch(why -> why.contains("account-created"))
                    .anyMatch(why -> why.contains("account-erased"));
        }
    }

    @Test
    void keysAndClientsAreMadeShownOnceAndRevoked() {
        try (Visitor boss = administrator("boss")) {
            link(boss, "Keys").click();
            heading(boss, "Keys");
            boss.button("Make a key").click();
            assertThat(kept(boss)).startsWith("rw");
            said(boss, "is made.");
            boss.page().getByText("Revoke", new Page.GetByTextOptions().setExact(true)).click();
            boss.button("Cancel").click();
            boss.page().getByText("Revoke", new Page.GetByTextOptions().setExact(true)).click();
            boss.button("Revoke it").click();
            said(boss, "is revoked.");
            assertThat(boss.page().locator(".rows .badge").innerText()).isEqualTo("revoked");

            link(boss, "Clients").click();
            heading(boss, "Clients");
            boss.button("New secret for the client portal").click();
            boss.button("Make it").click();
            assertThat(kept(boss)).hasSizeGreaterThan(30);
            said(boss, "portal has a new secret.");
            boss.button("Make a client").click();
            assertThat(kept(boss)).hasSizeGreaterThan(30);
            said(boss, "is made.");
            boss.page().getByText("Revoke", new Page.GetByTextOptions().setExact(true)).click();
            boss.button("Revoke it").click();
            said(boss, "is revoked.");

            link(boss, "Roles").click();
            heading(boss, "Roles");
            boss.page().locator("summary", hasText("robot")).click();
            assertThat(boss.page().locator("details[open] li").innerText()).isEqualTo("desk.read");
            assertThat(boss.complaints()).isEmpty();
        }
    }

    @Test
    void whoMayOnlyLookIsOfferedNothingElseAndIsRefusedInWordsWhenItIsForced() {
        try (Visitor lena = administrator("lena")) {
            assertThat(lena.page().getByText("carl").first().isVisible()).isTrue();
            assertThat(link(lena, "New account").count()).isZero();
            assertThat(link(lena, "carl").count()).isZero();
            assertThat(link(lena, "Keys").count()).isZero();
            lena.opens("/auth/administration#/keys");
            heading(lena, "There is no such page");
        }
        try (Visitor lena = office.visitor()) {
            lena.page().addInitScript(PRETENDS);
            lena.opens("/auth/administration").signsIn("lena", OfficeUnderTest.PASSWORD);
            link(lena, "New account").click();
            heading(lena, "New account");
            lena.field("Name").fill("mallory");
            lena.button("Make the account").click();
            assertThat(lena.alert())
                    .contains("This caller may not do that.", "Ask for a role that may do it.");
            link(lena, "Keys").click();
            heading(lena, "That cannot be shown");
        }
    }

    @Test
    void nobodyGivesWhatTheyLackOrActsOnWhoHoldsMore() {
        try (Visitor dora = administrator("dora")) {
            opens(dora, "carl");
            assertThat(dora.page().getByLabel("boss").isDisabled()).isTrue();
            assertThat(dora.button("Erase the account").count()).isZero();
            link(dora, "Accounts").click();
            opens(dora, "boss");
            assertThat(dora.page().getByText("It may do what you may not (boss)").isVisible())
                    .isTrue();
            assertThat(dora.button("Disable the account").count()).isZero();
            link(dora, "Accounts").click();
            opens(dora, "dora");
            assertThat(dora.page().getByText("This is your own account.").isVisible()).isTrue();

            link(dora, "Accounts").click();
            opens(dora, "carl");
            dora.page()
                    .evaluate(
                            "() => { const boss = document.querySelector('input[value=boss]'); boss.disabled = false; boss.checked = true; }");
            dora.button("Change the roles").click();
            assertThat(dora.alert())
                    .contains(
                            "You do not hold everything that boss may do",
                            "Ask somebody who may do all of it.",
                            "Request");
        }
    }

    @Test
    void whoMayNotAdministerIsToldSoAndWhatHelps() {
        try (Visitor carl = office.visitor()) {
            carl.opens("/auth/administration").signsIn("carl", OfficeUnderTest.PASSWORD);
            heading(carl, "You may not administer this system");
            assertThat(carl.page().getByText("Whoever administers it can give you").isVisible())
                    .isTrue();
            assertThat(carl.page().locator("nav a").count()).isZero();

            carl.button("Sign in as somebody else").click();
            carl.signsIn("lena", OfficeUnderTest.PASSWORD);
            heading(carl, "Accounts");
        }
    }

    @Test
    void whoseLoginIsOverIsToldSoAndComesBackToTheSamePlace() {
        office.account("hugo", "boss");
        try (Visitor hugo = administrator("hugo")) {
            opens(hugo, "carl");
            ShopUnderTest.run(
                    "user",
                    "sessions",
                    "hugo",
                    "--end",
                    "all",
                    "--state",
                    office.state().path().toString());
            hugo.button("Disable the account").click();
            heading(hugo, "Your login has ended");

            hugo.button("Sign in").click();
            hugo.signsIn("hugo", OfficeUnderTest.PASSWORD);
            heading(hugo, "carl");
            assertThat(hugo.page().getByText("may sign in").first().isVisible()).isTrue();
        }
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsNotOverwritten() {
        office.account("finn", "clerk");
        try (Visitor boss = administrator("boss");
                Visitor dora = administrator("dora")) {
            opens(boss, "finn");
            opens(dora, "finn");
            dora.button("Disable the account").click();
            said(dora, "The account is disabled.");

            boss.button("Disable the account").click();
            said(boss, "It is shown as it is now.");
            assertThat(boss.button("Let it sign in again").isVisible()).isTrue();
            assertThat(List.of(boss.complaints(), dora.complaints()))
                    .allMatch(all -> all.stream().allMatch(said -> said.contains("412")));
        }
    }
}
