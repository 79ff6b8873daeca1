package dev.ringwall.identity;

import dev.ringwall.people.ByMail;
import dev.ringwall.people.Holdings;
import dev.ringwall.people.MailBook;
import dev.ringwall.people.SignedIn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What the account page shows.
final class AccountView {

    private final Supplier<String> system;
    private final Holdings holdings;
    private final FactorsView factors;
    private final Grants grants;
    private final ByMail byMail;
    private final MailBook book;
    private final Supplier<String> outside;
    private final AdministrationLink administration;
    private final Pages page = Pages.named("account");
    private final Pages mail = Pages.part("account-mail");

    AccountView(
            Supplier<String> system,
            Holdings holdings,
            FactorsView factors,
            Grants grants,
            ByMail byMail,
            MailBook book,
            Supplier<String> outside,
            AdministrationLink administration) {
        this.system = system;
        this.holdings = holdings;
        this.factors = factors;
        this.grants = grants;
        this.byMail = byMail;
        this.book = book;
        this.outside = outside;
        this.administration = administration;
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
        AccountRows rows = new AccountRows(form);
        return page.with(
                values,
                Map.of(
                        "administration",
                        administration.of(person),
                        "mail",
                        mail(person),
                        "outside",
                        outside.get(),
                        "factors",
                        factors.of(person, rows),
                        "logins",
                        logins(person, logins, rows),
                        "others",
                        logins.size() > 1
                                ? rows.button(
                                        AccountAct.END_OTHERS,
                                        "",
                                        "Sign out everywhere else",
                                        "Sign out everywhere else")
                                : "",
                        "clients",
                        clients(person, rows)));
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

    private static String logins(SignedIn person, List<Holdings.Login> logins, AccountRows rows) {
        StringBuilder list = new StringBuilder();
        for (Holdings.Login login : logins) {
            String agent = Agents.said(login.place().agent());
            String address = login.place().address();
            String detail =
                    (address.isEmpty() ? "" : "from " + address + ", ")
                            + "since "
                            + AccountRows.time(login.since());
            list.append(
                    login.sid().equals(person.sid())
                            ? rows.row(agent + " (this one)", detail)
                            : rows.row(
                                    agent,
                                    detail,
                                    AccountAct.END_LOGIN,
                                    login.sid(),
                                    "Sign out",
                                    "Sign out there: " + agent));
        }
        return list.toString();
    }

    private String clients(SignedIn person, AccountRows rows) {
        StringBuilder list = new StringBuilder();
        for (String client : grants.of(person)) {
            list.append(
                    rows.row(
                            grants.called(client),
                            "may act for you",
                            AccountAct.END_CLIENT,
                            client,
                            "End",
                            "End what " + grants.called(client) + " may do for you"));
        }
        return list.isEmpty() ? "<p>None.</p>" : "<ul class=\"rows\">" + list + "</ul>";
    }
}
