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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Where people sign out (OpenID Connect RP-Initiated Logout 1.0). A client may send them here, but only a click on this page signs
/// them out, so that no other page can. Afterwards they return to the client, to an address that it registered.
final class LogoutPage extends HttpServlet {

    private final transient Supplier<String> system;
    private final transient SessionCookie cookie;
    private final transient Sessions sessions;
    private final transient Leaving leaving;
    private final transient Ledger ledger;
    private final transient Pages page = Pages.named("logout");

    LogoutPage(
            Supplier<String> system,
            SessionCookie cookie,
            Sessions sessions,
            Leaving leaving,
            Ledger ledger) {
        this.system = system;
        this.cookie = cookie;
        this.sessions = sessions;
        this.leaving = leaving;
        this.ledger = ledger;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        if (person.isEmpty()) {
            leave(request, response);
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
        cookie.person(request)
                .ifPresent(person -> {
                    ledger.acted(
                            IdentityAct.SIGNED_OUT,
                            new Actor(
                                    Actor.Kind.PERSON,
                                    person.account().id(),
                                    List.copyOf(person.account().roles()),
                                    Asked.current().address()),
                            Map.of("sid", person.sid()));
                    sessions.end(person.sid());
                });
        SessionCookie.forget(response);
        FormGuard.fresh(response);
        leave(request, response);
    }

    private void leave(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<String> address = leaving.to(request);
        if (address.isPresent()) {
            Answers.see(response, address.get());
        } else {
            Pages.error(
                    response,
                    HttpServletResponse.SC_OK,
                    "You are signed out",
                    "You may close this page.");
        }
    }
}
