package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.people.Asked;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.Sessions;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Where people sign out (OpenID Connect RP-Initiated Logout 1.0). A client may send them here, but only a click on this page signs
/// them out, so that no other page can. Afterwards they return to the client, to an address that it registered.
final class LogoutPage extends HttpServlet {

    /// So long the browser has to load the pages of clients before it is sent on.
    static final Duration TOLD_WITHIN = Duration.ofSeconds(3);

    private static final String STAYS = "You may close this page.";

    private final transient Supplier<String> system;
    private final transient SessionCookie cookie;
    private final transient Sessions sessions;
    private final transient Leaving leaving;
    private final transient Ledger ledger;
    private final transient Function<SignedIn, Optional<String>> stillThere;
    private final transient Function<SignedIn, FrontChannel> told;
    private final transient Pages page = Pages.named("logout");
    private final transient Pages gone = Pages.named("leaving");
    private final transient Pages onward = Pages.part("leaving-onward");

    /// @param stillThere a page for who is still signed in elsewhere, which is asked for while the login lasts
    /// @param told whom the browser tells of the end of a login, which is asked for while it lasts
    LogoutPage(
            Supplier<String> system,
            SessionCookie cookie,
            Sessions sessions,
            Leaving leaving,
            Ledger ledger,
            Function<SignedIn, Optional<String>> stillThere,
            Function<SignedIn, FrontChannel> told) {
        this.system = system;
        this.cookie = cookie;
        this.sessions = sessions;
        this.leaving = leaving;
        this.ledger = ledger;
        this.stillThere = stillThere;
        this.told = told;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        if (person.isEmpty()) {
            leave(request, response, FrontChannel.NOBODY, Optional.empty());
            return;
        }
        Pages.send(
                response,
                HttpServletResponse.SC_OK,
                page.with(
                        Map.of(
                                "system",
                                system.get(),
                                "name",
                                person.get().account().name(),
                                "action",
                                Paths.LOGOUT + Leaving.question(request),
                                "form",
                                FormGuard.secret(request, response))),
                leaving.origin(request));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!FormGuard.ours(request)) {
            doGet(request, response);
            return;
        }
        Optional<String> elsewhere = cookie.person(request).flatMap(stillThere);
        FrontChannel pages = cookie.person(request).map(this::end).orElse(FrontChannel.NOBODY);
        SessionCookie.forget(response);
        FormGuard.fresh(response);
        leave(request, response, pages, elsewhere);
    }

    private FrontChannel end(SignedIn person) {
        FrontChannel pages = told.apply(person);
        ledger.acted(
                IdentityAct.SIGNED_OUT,
                new Actor(
                        Actor.Kind.PERSON,
                        person.account().id(),
                        List.copyOf(person.account().roles()),
                        Asked.current().address()),
                Map.of("sid", person.sid()));
        sessions.end(person.sid());
        return pages;
    }

    private void leave(
            HttpServletRequest request,
            HttpServletResponse response,
            FrontChannel pages,
            Optional<String> elsewhere)
            throws IOException {
        Optional<String> address = leaving.to(request);
        if (!pages.pages().isEmpty()) {
            tell(response, pages, address);
        } else if (address.isPresent()) {
            Answers.see(response, address.get());
        } else if (elsewhere.isPresent()) {
            Pages.send(response, HttpServletResponse.SC_OK, elsewhere.get(), "");
        } else {
            Pages.error(response, HttpServletResponse.SC_OK, "You are signed out", STAYS);
        }
    }

    /// Has the browser load the pages of the clients, and sends it on when they have had their time.
    private void tell(HttpServletResponse response, FrontChannel pages, Optional<String> address)
            throws IOException {
        address.ifPresent(
                to -> response.setHeader("Refresh", TOLD_WITHIN.toSeconds() + "; url=" + to));
        Pages.send(
                response,
                HttpServletResponse.SC_OK,
                gone.with(
                        Map.of(
                                "text",
                                address.isPresent() ? "You are taken on in a moment." : STAYS),
                        Map.of(
                                "onward",
                                address.map(to ->
                                                onward.with(
                                                        Map.of(
                                                                "address",
                                                                to,
                                                                "host",
                                                                URI.create(to).getRawAuthority())))
                                        .orElse(""),
                                "frames",
                                pages.frames())),
                pages.policy());
    }
}
