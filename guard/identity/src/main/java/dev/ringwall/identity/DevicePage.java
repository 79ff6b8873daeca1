package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.people.Asked;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Where a person enters the code that a device shows, is told what the device would be allowed, and allows or refuses it (RFC 8628 §3.3).
///
/// Nothing is looked for or allowed by following an address, since somebody else may have sent it: the person compares the code and clicks
/// (§5.4). A code is looked for only for people who have signed in, and wrong ones are counted.
final class DevicePage extends HttpServlet {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNPROCESSABLE = 422;
    private static final int CODE_CHARACTERS_MAX = 64;

    /// The parameter that stands for a code in addresses and forms.
    static final String CODE = "user_code";

    private final transient Supplier<String> system;
    private final transient SessionCookie cookie;
    private final transient Clients clients;
    private final transient DeviceRequests requests;
    private final transient Ledger ledger;
    private final transient Pages enter = Pages.named("device");
    private final transient Pages decide = Pages.named("device-decide");

    DevicePage(
            Supplier<String> system,
            SessionCookie cookie,
            Clients clients,
            DeviceRequests requests,
            Ledger ledger) {
        this.system = system;
        this.cookie = cookie;
        this.clients = clients;
        this.requests = requests;
        this.ledger = ledger;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        if (person.isEmpty()) {
            Answers.see(response, Paths.LOGIN + "?" + Answers.encoded(Map.of(CODE, code(request))));
        } else {
            enter(request, response, HttpServletResponse.SC_OK, "");
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        String code = DeviceRequests.typed(code(request));
        String answer = String.valueOf(request.getParameter("answer"));
        if (person.isEmpty()) {
            doGet(request, response);
        } else if (!FormGuard.ours(request)) {
            enter(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.");
        } else if (answer.equals("allow") || answer.equals("refuse")) {
            answer(request, response, person.get(), code, answer.equals("allow"));
        } else {
            look(request, response, person.get(), code(request));
        }
    }

    private static String code(HttpServletRequest request) {
        String code = request.getParameter(CODE);
        return code == null || code.length() > CODE_CHARACTERS_MAX ? "" : code;
    }

    private void look(
            HttpServletRequest request,
            HttpServletResponse response,
            SignedIn person,
            String entered)
            throws IOException {
        String code = DeviceRequests.typed(entered);
        switch (requests.enter(code, person, Asked.current().address())) {
            case DeviceRequests.Entered.Found(DeviceRequests.Waiting waiting) ->
                    decide(request, response, person, code, waiting);
            case DeviceRequests.Entered.Unknown() ->
                    enter(
                            request,
                            response,
                            UNPROCESSABLE,
                            "No device waits with that code. It may have changed: please look again.");
            case DeviceRequests.Entered.Slow() -> {
                response.setHeader("Retry-After", String.valueOf(DeviceRequests.LIFE.toSeconds()));
                enter(
                        request,
                        response,
                        TOO_MANY_REQUESTS,
                        "Too many codes were wrong. Please try again in "
                                + DeviceRequests.LIFE.toMinutes()
                                + " minutes.");
            }
        }
    }

    private void enter(
            HttpServletRequest request, HttpServletResponse response, int status, String error)
            throws IOException {
        Pages.send(
                response,
                status,
                enter.with(
                        Map.of(
                                "system",
                                system.get(),
                                "action",
                                Paths.DEVICE,
                                "form",
                                FormGuard.secret(request, response),
                                "error",
                                error,
                                "code",
                                code(request))),
                "");
    }

    private void decide(
            HttpServletRequest request,
            HttpServletResponse response,
            SignedIn person,
            String code,
            DeviceRequests.Waiting waiting)
            throws IOException {
        String may =
                waiting.scopes().isEmpty()
                        ? "everything that " + waiting.client() + " is for and you may do"
                        : String.join(", ", waiting.scopes().stream().sorted().toList());
        Pages.send(
                response,
                HttpServletResponse.SC_OK,
                decide.with(
                        Map.of(
                                "system",
                                system.get(),
                                "action",
                                Paths.DEVICE,
                                "form",
                                FormGuard.secret(request, response),
                                "client",
                                waiting.client(),
                                "name",
                                person.account().name(),
                                "code",
                                DeviceRequests.shown(code),
                                "may",
                                may)),
                "");
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            SignedIn person,
            String code,
            boolean allow)
            throws IOException {
        if (!(requests.enter(code, person, Asked.current().address())
                instanceof DeviceRequests.Entered.Found(DeviceRequests.Waiting waiting))) {
            look(request, response, person, code);
            return;
        }
        RegisteredClient client = clients.findByClientId(waiting.client());
        if (allow && (client == null || !RoleRule.mayUse(client, person))) {
            Pages.error(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "You cannot use this device here",
                    "Your account has no role that the application on it is for. Nothing was given to it.");
            return;
        }
        ledger.acted(
                allow ? IdentityAct.DEVICE_ALLOWED : IdentityAct.DEVICE_REFUSED,
                new Actor(
                        Actor.Kind.PERSON,
                        person.account().id(),
                        List.copyOf(person.account().roles()),
                        Asked.current().address()),
                Map.of("client", waiting.client(), "sid", person.sid()));
        boolean done = requests.answer(code, allow, person);
        if (!done) {
            enter(
                    request,
                    response,
                    UNPROCESSABLE,
                    "That code was answered before, or its time is up.");
            return;
        }
        Pages.error(
                response,
                HttpServletResponse.SC_OK,
                allow ? "The device is signed in" : "The device was refused",
                allow
                        ? "You may close this page and go on there. Signing out here ends it."
                        : "Nothing was given to it. You may close this page.");
    }
}
