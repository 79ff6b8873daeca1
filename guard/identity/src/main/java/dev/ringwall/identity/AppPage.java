package dev.ringwall.identity;

import dev.ringwall.people.Factors;
import dev.ringwall.people.OwnAccount;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Where somebody who has just signed in adds an authenticator app, or puts another in its place.
final class AppPage extends HttpServlet {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNPROCESSABLE = 422;
    private static final int CODE_CHARACTERS_MAX = 64;

    private final transient Supplier<String> system;
    private final transient SessionCookie cookie;
    private final transient OwnAccount own;
    private final transient Pages enrol = Pages.named("enrol");
    private final transient Pages recovery = Pages.named("recovery");

    AppPage(Supplier<String> system, SessionCookie cookie, OwnAccount own) {
        this.system = system;
        this.cookie = cookie;
        this.own = own;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        show(request, response, HttpServletResponse.SC_OK, "");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        String code = request.getParameter("code");
        if (!FormGuard.ours(request) || person.isEmpty()) {
            show(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.");
            return;
        }
        if (code == null || code.isBlank() || code.length() > CODE_CHARACTERS_MAX) {
            show(request, response, UNPROCESSABLE, "Please enter the code.");
            return;
        }
        switch (own.addApp(person.get(), code)) {
            case OwnAccount.Change.Codes(List<String> codes) ->
                    Pages.send(
                            response,
                            HttpServletResponse.SC_OK,
                            recovery.with(
                                    Map.of(
                                            "system",
                                            system.get(),
                                            "codes",
                                            String.join("\n", codes),
                                            "onward",
                                            Paths.ACCOUNT)),
                            "");
            case OwnAccount.Change.NotRecent() -> Answers.see(response, Paths.LOGIN_AGAIN);
            case OwnAccount.Change.Slow(Duration pause) -> {
                response.setHeader("Retry-After", String.valueOf(pause.toSeconds() + 1));
                show(
                        request,
                        response,
                        TOO_MANY_REQUESTS,
                        "Too many attempts. Please try again in "
                                + (pause.toSeconds() + 1)
                                + " seconds.");
            }
            case OwnAccount.Change _ ->
                    show(
                            request,
                            response,
                            UNPROCESSABLE,
                            "That is not the code. Please enter the next one.");
        }
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, int status, String error)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        Optional<Factors.Offer> offer = person.flatMap(own::offer);
        if (person.isEmpty() || offer.isEmpty()) {
            Answers.see(response, person.isEmpty() ? Paths.LOGIN : Paths.LOGIN_AGAIN);
            return;
        }
        Pages.send(
                response,
                status,
                enrol.with(
                        Map.of(
                                "system",
                                system.get(),
                                "action",
                                Paths.ACCOUNT_APP,
                                "error",
                                error,
                                "form",
                                FormGuard.secret(request, response),
                                "name",
                                person.get().account().name(),
                                "secret",
                                SecondPage.grouped(offer.get().typed())),
                        Map.of("picture", QrPicture.svg(offer.get().uri()))),
                "");
    }
}
