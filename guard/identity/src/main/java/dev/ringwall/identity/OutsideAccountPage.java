package dev.ringwall.identity;

import dev.ringwall.federation.Checked;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.people.OutsideLinks;
import dev.ringwall.people.OwnAccount;
import dev.ringwall.people.Rights;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where people see by which outside providers they may come in to their account, and link and unlink them. Both ask for a recent login with what
/// the account itself has.
final class OutsideAccountPage extends HttpServlet {

    private static final int UNPROCESSABLE = 422;

    private final transient Rights rights;
    private final transient SessionCookie cookie;
    private final transient OwnAccount own;
    private final transient OutsideLinks links;
    private final transient OutsideStart start;
    private final transient Pages page = Pages.named("account-outside");
    private final transient Pages leave = Pages.named("leave");
    private final transient Pages row = Pages.part("account-row");
    private final transient Pages button = Pages.part("outside-button");

    OutsideAccountPage(
            Rights rights,
            SessionCookie cookie,
            OwnAccount own,
            OutsideLinks links,
            OutsideStart start) {
        this.rights = rights;
        this.cookie = cookie;
        this.own = own;
        this.links = links;
        this.start = start;
    }

    /// What the account's own page says about it; empty where there is no provider.
    static String section(Rights rights) {
        return rights.providers().isEmpty()
                ? ""
                : Pages.part("account-outside-link").with(Map.of());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        if (person.isEmpty()) {
            Answers.see(response, Paths.LOGIN);
            return;
        }
        show(request, response, person.get(), HttpServletResponse.SC_OK, "");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> signedIn = cookie.person(request);
        if (signedIn.isEmpty()) {
            Answers.see(response, Paths.LOGIN);
            return;
        }
        SignedIn person = signedIn.get();
        Optional<OutsideProvider> provider =
                Optional.ofNullable(request.getParameter("which")).flatMap(rights::provider);
        String act = String.valueOf(request.getParameter("act"));
        if (!FormGuard.ours(request)) {
            show(
                    request,
                    response,
                    person,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.");
        } else if (!own.recent(person)) {
            Answers.see(response, Paths.LOGIN_AGAIN);
        } else if (act.equals("unlink")) {
            links.remove(person, String.valueOf(request.getParameter("which")));
            Answers.see(response, Paths.ACCOUNT_SSO);
        } else if (act.equals("link") && provider.isPresent()) {
            link(request, response, person, provider.get());
        } else {
            show(request, response, person, UNPROCESSABLE, "Nothing was changed.");
        }
    }

    /// The way there is a link on a page: the policy lets forms lead nowhere else.
    private void link(
            HttpServletRequest request,
            HttpServletResponse response,
            SignedIn person,
            OutsideProvider provider)
            throws IOException {
        switch (start.link(request, response, provider, person)) {
            case Checked.Right<URI>(URI there) ->
                    Pages.send(
                            response,
                            HttpServletResponse.SC_OK,
                            leave.with(
                                    Map.of(
                                            "provider",
                                            provider.name(),
                                            "address",
                                            there.toString())),
                            "");
            case Checked.Wrong<URI>(String why) -> SsoRefusals.show(response, provider.name(), why);
        }
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            SignedIn person,
            int status,
            String error)
            throws IOException {
        String form = FormGuard.secret(request, response);
        List<OutsideLinks.Link> linked = links.ofAccount(person.account().id());
        StringBuilder rows = new StringBuilder();
        for (OutsideLinks.Link link : linked) {
            rows.append(row(form, link.provider(), "as " + link.subject(), "unlink", "Unlink"));
        }
        for (String name : rights.providers().keySet()) {
            if (linked.stream().noneMatch(link -> link.provider().equals(name))) {
                rows.append(row(form, name, "not linked", "link", "Link"));
            }
        }
        Pages.send(
                response,
                status,
                page.with(
                        Map.of("name", person.account().name(), "error", error),
                        Map.of("rows", rows.toString())),
                "");
    }

    private String row(String form, String provider, String detail, String act, String word) {
        return row.with(
                Map.of("what", provider, "detail", detail),
                Map.of(
                        "button",
                        button.with(
                                Map.of(
                                        "form",
                                        form,
                                        "act",
                                        act,
                                        "which",
                                        provider,
                                        "word",
                                        word,
                                        "label",
                                        word + " " + provider))));
    }
}
