package dev.ringwall.identity;

import dev.ringwall.people.ByMail;
import dev.ringwall.people.Factors;
import dev.ringwall.people.Holdings;
import dev.ringwall.people.MailBook;
import dev.ringwall.people.SignedIn;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What the account page shows.
final class AccountView {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final Supplier<String> system;
    private final Holdings holdings;
    private final Factors factors;
    private final Grants grants;
    private final ByMail byMail;
    private final MailBook book;
    private final Pages page = Pages.named("account");
    private final Pages mail = Pages.part("account-mail");
    private final Pages row = Pages.part("account-row");
    private final Pages button = Pages.part("account-button");

    AccountView(
            Supplier<String> system,
            Holdings holdings,
            Factors factors,
            Grants grants,
            ByMail byMail,
            MailBook book) {
        this.system = system;
        this.holdings = holdings;
        this.factors = factors;
        this.grants = grants;
        this.byMail = byMail;
        this.book = book;
    }

    /// The page for that person.
    ///
    /// @param form  the secret that its forms carry
    /// @param error what went wrong; empty for nothing
    /// @param done  what was done; empty for nothing
    String page(SignedIn person, String form, String error, String done) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("system", system.get());
        values.put("name", person.account().name());
        values.put("form", form);
        values.put("error", error);
        values.put("done", done);
        List<Holdings.Login> logins = holdings.loginsOf(person.account().id());
        return page.with(
                values,
                Map.of(
                        "mail",
                        mail(person),
                        "factors",
                        factors(person, form),
                        "logins",
                        logins(person, logins, form),
                        "others",
                        logins.size() > 1
                                ? button(
                                        form,
                                        AccountAct.END_OTHERS,
                                        "",
                                        "Sign out everywhere else",
                                        "Sign out everywhere else")
                                : "",
                        "clients",
                        clients(person, form)));
    }

    private String button(String form, AccountAct act, String which, String word, String label) {
        return button.with(
                Map.of(
                        "form",
                        form,
                        "act",
                        act.word(),
                        "which",
                        which,
                        "word",
                        word,
                        "label",
                        label));
    }

    private String mail(SignedIn person) {
        if (!byMail.there()) {
            return "";
        }
        Optional<String> address = book.of(person.account().id());
        return mail.with(
                Map.of(
                        "address",
                        address.orElse("None: who forgets the password must ask the operator."),
                        "word",
                        address.isPresent() ? "Change the address" : "Add an address"));
    }

    private String factors(SignedIn person, String form) {
        Optional<Factors.Held> held = factors.of(person.account().id());
        if (held.isEmpty()) {
            return "<p>Your password is all that is asked for. With an authenticator app, somebody who learns it still cannot sign in.</p>"
                    + "<a class=\"button\" href=\""
                    + Paths.ACCOUNT_APP
                    + "\">Add an authenticator app</a>";
        }
        return "<ul class=\"rows\">"
                + row.with(
                        Map.of(
                                "what",
                                "Authenticator app",
                                "detail",
                                "since " + TIME.format(held.get().since())),
                        Map.of(
                                "button",
                                button(
                                        form,
                                        AccountAct.REMOVE_APP,
                                        "",
                                        "Remove",
                                        "Remove the authenticator app")))
                + row.with(
                        Map.of(
                                "what",
                                "Recovery codes",
                                "detail",
                                held.get().recoveryLeft() + " left"),
                        Map.of(
                                "button",
                                button(
                                        form,
                                        AccountAct.NEW_CODES,
                                        "",
                                        "Make new ones",
                                        "Make new recovery codes")))
                + "</ul><a class=\"button\" href=\""
                + Paths.ACCOUNT_APP
                + "\">Put another app in its place</a>";
    }

    private String logins(SignedIn person, List<Holdings.Login> logins, String form) {
        StringBuilder rows = new StringBuilder();
        for (Holdings.Login login : logins) {
            boolean here = login.sid().equals(person.sid());
            String agent = Agents.said(login.place().agent());
            String address = login.place().address();
            rows.append(
                    row.with(
                            Map.of(
                                    "what",
                                    agent + (here ? " (this one)" : ""),
                                    "detail",
                                    (address.isEmpty() ? "" : "from " + address + ", ")
                                            + "since "
                                            + TIME.format(login.since())),
                            Map.of(
                                    "button",
                                    here
                                            ? ""
                                            : button(
                                                    form,
                                                    AccountAct.END_LOGIN,
                                                    login.sid(),
                                                    "Sign out",
                                                    "Sign out there: " + agent))));
        }
        return rows.toString();
    }

    private String clients(SignedIn person, String form) {
        StringBuilder rows = new StringBuilder();
        for (String client : grants.of(person)) {
            rows.append(
                    row.with(
                            Map.of("what", client, "detail", "may act for you"),
                            Map.of(
                                    "button",
                                    button(
                                            form,
                                            AccountAct.END_CLIENT,
                                            client,
                                            "End",
                                            "End what " + client + " may do for you"))));
        }
        return rows.isEmpty() ? "<p>None.</p>" : "<ul class=\"rows\">" + rows + "</ul>";
    }
}
