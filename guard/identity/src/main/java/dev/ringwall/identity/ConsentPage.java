package dev.ringwall.identity;

import dev.ringwall.people.Rights;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Where people are asked whether a client may act for them. It shows questions that lie at the server, where the engine has looked at
/// them, and no others: an address that somebody wrote shows nothing.
final class ConsentPage extends HttpServlet {

    private static final Map<String, String> ABOUT_PEOPLE =
            Map.of(
                    Clients.OPENID,
                    "know who you are",
                    "profile",
                    "know your name and how you are called",
                    "email",
                    "know your address of e-mail",
                    "address",
                    "know your postal address",
                    "phone",
                    "know your telephone number");

    private final transient Rights rights;
    private final transient SessionCookie cookie;
    private final transient Clients clients;
    private final transient Consents consents;
    private final transient FamilyForm form;
    private final transient Answers answers;
    private final transient Pages page = Pages.named("consent");
    private final transient Pages right = Pages.part("consent-right");

    ConsentPage(
            Rights rights,
            SessionCookie cookie,
            Clients clients,
            Consents consents,
            FamilyForm form,
            Answers answers) {
        this.rights = rights;
        this.cookie = cookie;
        this.clients = clients;
        this.consents = consents;
        this.form = form;
        this.answers = answers;
    }

    /// Who is asked, and for what.
    private record Asked(SignedIn person, RegisteredClient client, Set<String> scopes) {}

    private Optional<Asked> asked(HttpServletRequest request) {
        return PushedRequests.held(request)
                .map(held -> clients.findByClientId(held.client()))
                .flatMap(client ->
                        cookie.person(request)
                                .filter(person -> RoleRule.mayUse(client, person))
                                .map(person ->
                                        new Asked(
                                                person,
                                                client,
                                                Consents.asked(request, client, person, form))));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Asked> asked = asked(request);
        if (asked.isPresent()) {
            show(request, response, HttpServletResponse.SC_OK, "", asked.get());
        } else {
            // who has not signed in does so first, and what cannot be asked is answered there
            Answers.see(response, Question.next(request));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Asked> asked = asked(request);
        String answer = String.valueOf(request.getParameter("answer"));
        if (asked.isEmpty()) {
            Answers.see(response, Question.next(request));
        } else if (!FormGuard.ours(request)) {
            show(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.",
                    asked.get());
        } else if (answer.equals("allow")) {
            consents.give(
                    asked.get().person(), asked.get().client().getClientId(), asked.get().scopes());
            Answers.see(response, Question.next(request));
        } else if (answer.equals("refuse")) {
            consents.refuse(
                    asked.get().person(), asked.get().client().getClientId(), asked.get().scopes());
            answers.refusedByPerson(request, response, asked.get().client());
        } else {
            doGet(request, response);
        }
    }

    /// Of a client that registered itself: that nobody looked at its name, and where the answer goes, which it cannot make up.
    private static String origin(RegisteredClient client, @Nullable String redirect) {
        if (!ClientForm.ofItsOwn(client) || redirect == null) {
            return "";
        }
        URI to = URI.create(redirect);
        String where =
                to.getHost() == null
                        ? "a program on your device (" + to.getScheme() + ")"
                        : to.getScheme().equals("http")
                                ? "a program on your device"
                                : to.getRawAuthority();
        return "It chose its name itself, and nobody here has checked it. You will be sent to "
                + where
                + ".";
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String error,
            Asked asked)
            throws IOException {
        String may =
                asked.scopes().stream()
                        .sorted(Comparator.comparing(scope -> !scope.equals(Clients.OPENID)))
                        .map(scope ->
                                right.with(
                                        Map.of(
                                                "what",
                                                ABOUT_PEOPLE.getOrDefault(scope, scope),
                                                "detail",
                                                rights.shows(scope))))
                        .collect(Collectors.joining());
        Pages.send(
                response,
                status,
                page.with(
                        Map.of(
                                "system",
                                rights.system(),
                                "action",
                                Paths.CONSENT + Question.of(request),
                                "form",
                                FormGuard.secret(request, response),
                                "error",
                                error,
                                "client",
                                asked.client().getClientName(),
                                "origin",
                                origin(asked.client(), request.getParameter("redirect_uri")),
                                "name",
                                asked.person().account().name()),
                        Map.of("may", may)),
                clients.leadsTo(request));
    }
}
