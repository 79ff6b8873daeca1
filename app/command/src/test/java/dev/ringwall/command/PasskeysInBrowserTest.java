package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passkeys as Chromium makes and shows them, and what it shows to who tries to go around them.
class PasskeysInBrowserTest {

    private static final String PASSWORD = "quiet harbour lantern 7";
    private static final String REFUSED = "That passkey was not accepted";

    @TempDir private static Path folder;

    private static ShopUnderTest shop;
    private static Chromium chromium;

    @BeforeAll
    static void openTheShop() throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Path> browser = Chromium.installed();
        assumeTrue(browser.isPresent(), "no browser is installed");
        shop = ShopUnderTest.start(folder);
        chromium = Chromium.start(browser.get(), shop);
        shop.shoppers(PASSWORD, "pia", "pam", "pat", "pip", "peg", "pol");
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

    /// Signs in with the password and adds a passkey of that name.
    private static VirtualAuthenticator added(Visitor visitor, String name, String passkey) {
        VirtualAuthenticator authenticator = VirtualAuthenticator.of(visitor);
        visitor.opens("/auth/login").signsIn(name, PASSWORD);
        visitor.page().getByText("Add a passkey").click();
        visitor.field("Name").fill(passkey);
        visitor.button("Add the passkey").click();
        visitor.page().getByText("I have kept them").click();
        visitor.page().getByText("Passkey: " + passkey).waitFor();
        return authenticator;
    }

    /// Has no login any more, comes to the login page, and is there once it is shown.
    private static Visitor returns(Visitor visitor, VirtualAuthenticator authenticator) {
        visitor.context().clearCookies();
        authenticator.attended(false);
        visitor.opens("/auth/login").button("Sign in with a passkey").waitFor();
        return visitor;
    }

    private static void uses(Visitor visitor, VirtualAuthenticator authenticator, String button) {
        visitor.button(button).waitFor();
        authenticator.attended(true);
        visitor.button(button).click();
    }

    /// The answer that the browser sends when the passkey is used on the page.
    private static String sent(Visitor visitor, VirtualAuthenticator authenticator, String button) {
        AtomicReference<String> sent = new AtomicReference<>("");
        visitor.page()
                .onRequest(request -> {
                    String body = request.postData();
                    if (body != null && body.contains("credential=")) {
                        sent.set(body);
                    }
                });
        uses(visitor, authenticator, button);
        visitor.page().waitForCondition(() -> !sent.get().isEmpty());
        return Arrays.stream(sent.get().split("&", -1))
                .filter(pair -> pair.startsWith("credential="))
                .map(pair -> URLDecoder.decode(pair.substring(11), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    /// Sends the page's form with that answer in place of one that was made for it.
    private static void sends(Visitor visitor, String answer) {
        visitor.page()
                .evaluate(
                        """
                        answer => {
                          const form = document.querySelector('button[data-passkey]').form;
                          form.elements.credential.value = answer;
                          form.submit();
                        }
                        """,
                        answer);
    }

    @Test
    void aPasskeyIsAddedSeenUsedAndRemovedOnAPhoneInTheDark() {
        try (Visitor pia = chromium.visitor(360, 740, ColorScheme.DARK)) {
            VirtualAuthenticator authenticator = VirtualAuthenticator.of(pia);
            pia.opens("/auth/login");
            readable(pia, "passkey-login-dark");
            pia.signsIn("pia", PASSWORD);
            readable(pia, "passkey-account-none-dark");
            pia.page().getByText("Add a passkey").click();
            readable(pia, "passkey-add-dark");
            pia.tabsTo(pia.field("Name"));
            pia.field("Name").fill("Pia's phone");
            pia.tabsTo(pia.button("Add the passkey")).presses("Enter");
            pia.page().getByText("I have kept them").waitFor();
            readable(pia, "passkey-codes-dark");
            pia.page().getByText("I have kept them").click();
            pia.page().getByText("not used yet").waitFor();
            readable(pia, "passkey-account-dark");
            assertThat(authenticator.credentials()).hasSize(1);

            returns(pia, authenticator).tabsTo(pia.button("Sign in with a passkey"));
            authenticator.attended(true);
            pia.presses("Enter");
            pia.page().getByText("last used").waitFor();
            pia.button("Remove the passkey Pia's phone").click();
            pia.page().getByText("The passkey is removed.").waitFor();

            uses(returns(pia, authenticator), authenticator, "Sign in with a passkey");
            assertThat(pia.alert()).contains(REFUSED);
            pia.signsIn("pia", PASSWORD).button("Sign out").waitFor();
        }
    }

    @Test
    void aPasskeyIsTheSecondFactorUntilTheBrowserIsRemembered() {
        try (Visitor pam = chromium.visitor()) {
            VirtualAuthenticator authenticator = added(pam, "pam", "key");
            returns(pam, authenticator);
            readable(pam, "passkey-login-light");
            pam.signsIn("pam", PASSWORD).button("Use a passkey").waitFor();
            readable(pam, "passkey-second-light");
            pam.page()
                    .getByRole(
                            AriaRole.CHECKBOX,
                            new Page.GetByRoleOptions()
                                    .setName("Do not ask for this in this browser for 30 days"))
                    .check();
            uses(pam, authenticator, "Use a passkey");
            pam.page().getByText("Where it is not asked for").waitFor();
            readable(pam, "passkey-account-light");

            authenticator.attended(false);
            pam.button("Sign out").first().click();
            pam.opens("/auth/login").signsIn("pam", PASSWORD);
            pam.button("Ask for the second factor again everywhere").click();
            pam.page().getByText("asked for everywhere again").waitFor();
            authenticator.attended(false);
            pam.button("Sign out").first().click();
            pam.opens("/auth/login").signsIn("pam", PASSWORD);
            pam.button("Use a passkey").waitFor();
        }
    }

    @Test
    void anAnswerThatWasSentBeforeAndOneOfACopyAreRefused() {
        try (Visitor pat = chromium.visitor()) {
            VirtualAuthenticator authenticator = added(pat, "pat", "key");
            returns(pat, authenticator);
            String answer = sent(pat, authenticator, "Sign in with a passkey");
            pat.page().getByText("last used").waitFor();

            returns(pat, authenticator);
            sends(pat, answer);
            assertThat(pat.alert()).contains(REFUSED);

            JsonObject key = authenticator.credentials().get(0).getAsJsonObject();
            authenticator.copies(key, 0);
            uses(returns(pat, authenticator), authenticator, "Sign in with a passkey");
            assertThat(pat.alert()).contains(REFUSED);
            authenticator.copies(key, 40);
            uses(returns(pat, authenticator), authenticator, "Sign in with a passkey");
            pat.page().getByText("last used").waitFor();
        }
    }

    @Test
    void whoDoesNotUnlockItOrHasAnotherAccountsDoesNotComeIn() {
        try (Visitor pip = chromium.visitor();
                Visitor peg = chromium.visitor()) {
            VirtualAuthenticator authenticator = added(pip, "pip", "key");
            returns(pip, authenticator);
            authenticator.unlocks(false);
            uses(pip, authenticator, "Sign in with a passkey");
            pip.page().getByText("No passkey was used.").waitFor();

            VirtualAuthenticator other = added(peg, "peg", "key");
            other.copies(authenticator.credentials().get(0).getAsJsonObject(), 40);
            returns(peg, other).signsIn("peg", PASSWORD);
            uses(peg, other, "Use a passkey");
            assertThat(peg.alert()).contains(REFUSED);
            assertThat(peg.button("Sign out").isVisible()).isFalse();
        }
    }

    @Test
    void whereTheBrowserOffersItNobodyClicks() {
        try (Visitor pol = chromium.visitor()) {
            added(pol, "pol", "key");
            pol.context().clearCookies();
            pol.opens("/auth/login");
            pol.page().getByText("last used").waitFor();
            assertThat(pol.complaints()).noneMatch(said -> said.contains("Content Security"));
        }
    }

    @Test
    void aPageOfAnotherOriginGetsNoAnswerThatWorksHere() throws IOException {
        try (OtherSite site = OtherSite.with("<p>Win a prize</p>");
                Visitor ada = chromium.visitor()) {
            VirtualAuthenticator.of(ada);
            ada.page().navigate(site.address());
            Object said =
                    ada.page()
                            .evaluate(
                                    """
                                    id => navigator.credentials.get({ publicKey: {
                                      challenge: new Uint8Array(32), rpId: id, userVerification: 'required' } })
                                      .then(() => 'given', error => error.name)
                                    """,
                                    shop.system().door().getHost() + ".example");
            assertThat(said).isIn("SecurityError", "NotAllowedError");
        }
    }

    private static void readable(Visitor visitor, String page) {
        visitor.pictured(page);
        SeenPage seen = new SeenPage(visitor.page());
        assertThat(seen.faintTexts()).as(page).isEmpty();
        assertThat(seen.fits()).as(page).isTrue();
        assertThat(seen.runsWhatIsSmuggledIn()).as(page).isFalse();
    }
}
