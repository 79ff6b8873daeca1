package dev.ringwall.identity;

import dev.ringwall.people.Factors;
import dev.ringwall.people.Passkeys;
import dev.ringwall.people.RememberedBrowsers;
import dev.ringwall.people.SignedIn;
import java.util.Optional;

/// What the account page shows of second factors, and where they are asked for no more for a while.
final class FactorsView {

    private static final String ROWS = "<ul class=\"rows\">";
    private static final String END = "</ul>";

    private final Factors factors;
    private final Passkeys passkeys;
    private final RememberedBrowsers remembered;
    private final boolean offered;

    /// @param offered whether browsers make passkeys for this door
    FactorsView(
            Factors factors, Passkeys passkeys, RememberedBrowsers remembered, boolean offered) {
        this.factors = factors;
        this.passkeys = passkeys;
        this.remembered = remembered;
        this.offered = offered;
    }

    String of(SignedIn person, AccountRows rows) {
        String account = person.account().id();
        Optional<Factors.Held> app = factors.of(account);
        StringBuilder list = new StringBuilder();
        for (Passkeys.Passkey one : passkeys.of(account)) {
            list.append(
                    rows.passkey(
                            one.id(),
                            one.name(),
                            "since "
                                    + AccountRows.time(one.made())
                                    + one.used()
                                            .map(at -> ", last used " + AccountRows.time(at))
                                            .orElse(", not used yet")));
        }
        app.ifPresent(held ->
                list.append(
                        rows.row(
                                "Authenticator app",
                                "since " + AccountRows.time(held.since()),
                                AccountAct.REMOVE_APP,
                                "",
                                "Remove",
                                "Remove the authenticator app")));
        if (!list.isEmpty()) {
            list.append(
                    rows.row(
                            "Recovery codes",
                            factors.recoveryLeft(account) + " left",
                            AccountAct.NEW_CODES,
                            "",
                            "Make new ones",
                            "Make new recovery codes"));
        }
        String had =
                list.isEmpty()
                        ? "<p>Your password is all that is asked for. With a passkey or an authenticator app, somebody who learns it still"
                                + " cannot sign in.</p>"
                        : ROWS + list + END;
        return had
                + (offered ? link(Paths.ACCOUNT_PASSKEY, "Add a passkey") : "")
                + link(
                        Paths.ACCOUNT_APP,
                        app.isPresent()
                                ? "Put another app in its place"
                                : "Add an authenticator app")
                + browsers(account, rows);
    }

    private static String link(String path, String words) {
        return "<a class=\"button\" href=\"" + path + "\">" + words + "</a>";
    }

    private String browsers(String account, AccountRows rows) {
        StringBuilder list = new StringBuilder();
        for (RememberedBrowsers.Remembered one : remembered.of(account)) {
            String agent = Agents.said(one.place().agent());
            list.append(
                    rows.row(
                            agent,
                            "from "
                                    + one.place().address()
                                    + ", until "
                                    + AccountRows.time(one.until()),
                            AccountAct.FORGET_BROWSER,
                            one.id(),
                            "Ask again",
                            "Ask for the second factor again in " + agent));
        }
        return list.isEmpty()
                ? ""
                : "<h3>Where it is not asked for</h3>"
                        + ROWS
                        + list
                        + END
                        + rows.button(
                                AccountAct.FORGET_BROWSERS,
                                "",
                                "Ask again everywhere",
                                "Ask for the second factor again everywhere");
    }
}
