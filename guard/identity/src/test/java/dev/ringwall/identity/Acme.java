package dev.ringwall.identity;

import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The shop, to whose people come from elsewhere, and how a browser goes there and back.
final class Acme {

    private Acme() {}

    static String declaration(Elsewhere acme, String more) {
        return House.SHOP
                        .replace(
                                "  courier:   { login: client }\n",
                                "  courier:   { login: client }\n  staff:     { login: sso, session: 1h }\n  boss:      { login: sso, mfa: always }\n")
                        .replace("allow: [shopper, clerk]", "allow: [shopper, clerk, staff]")
                        .replace("allow: [warehouse, courier]", "allow: [warehouse, courier, boss]")
                + "identity-providers:\n  acme: { issuer: \""
                + acme.issuer
                + "\", client: "
                + Elsewhere.CLIENT
                + ", secret: acme-client, amr: [mfa], roles: { staff: [groups=shop], boss: [groups=bosses] }"
                + more
                + " }\n";
    }

    /// Sends the browser there for the question, and returns the way back.
    static String leave(Browser browser, Elsewhere acme) {
        return acme.signIn(Browser.location(browser.get(Paths.SSO + "/acme" + question())));
    }

    static String question() {
        return "?" + Answers.encoded(Browser.question());
    }

    /// Goes there and back.
    static HttpResponse<String> signIn(Browser browser, Elsewhere acme) {
        return browser.get(leave(browser, acme));
    }

    /// Goes there and back, and buys the tokens; returns the claims of the access token.
    static JsonNode claims(Browser browser, Elsewhere acme) {
        HttpResponse<String> back = signIn(browser, acme);
        String code =
                Browser.query(Browser.location(browser.get(Browser.location(back)))).get("code");
        return Browser.claims(
                Browser.json(browser.buy(String.valueOf(code))).path("access_token").asString(""));
    }

    /// Signs in with the account's own password, and then links it.
    static HttpResponse<String> link(Browser browser, Elsewhere acme) {
        HttpResponse<String> page = browser.get(Paths.ACCOUNT_SSO);
        HttpResponse<String> leaving =
                browser.post(
                        Paths.ACCOUNT_SSO,
                        Map.of("form", Browser.form(page), "act", "link", "which", "acme"));
        String there =
                leaving.body()
                        .replaceAll("(?s).*<a class=\"button\" href=\"([^\"]*)\".*", "$1")
                        .replace("&amp;", "&");
        return browser.get(acme.signIn(there));
    }
}
