package dev.ringwall.identity;

import dev.ringwall.people.Asked;
import dev.ringwall.people.SecondStep;
import dev.ringwall.people.Secrets;
import dev.ringwall.people.Sessions;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The page after the password: asks for a code of the authenticator app, or has the person add one. Which of both is decided by what
/// the account has, never by the address.
final class SecondPage extends HttpServlet {

    static final String COOKIE = "__Host-ringwall-half";

    private static final Duration LASTS = Duration.ofMinutes(10);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNPROCESSABLE = 422;
    private static final int CODE_CHARACTERS_MAX = 64;
    private static final int GROUP = 4;

    private static final String CODE =
            "The six digits that your authenticator app shows. Without the app, one of your recovery codes.";
    private static final String CODE_OR_PASSKEY =
            "The six digits that your authenticator app shows, or one of your recovery codes. With a passkey you need none.";

    private final transient Supplier<String> system;
    private final transient SecondStep step;
    private final transient SessionCookie cookie;
    private final transient Sessions sessions;
    private final transient Clients clients;
    private final transient Arrival arrival;
    private final transient PasskeyButton button;
    private final transient Pages remember = Pages.part("remember");
    private final transient Pages code = Pages.named("second");
    private final transient Pages enrol = Pages.named("enrol");
    private final transient Pages recovery = Pages.named("recovery");

    SecondPage(
            Supplier<String> system,
            SecondStep step,
            SessionCookie cookie,
            Sessions sessions,
            Clients clients,
            Arrival arrival,
            PasskeyButton button) {
        this.system = system;
        this.step = step;
        this.cookie = cookie;
        this.sessions = sessions;
        this.clients = clients;
        this.arrival = arrival;
        this.button = button;
    }

    /// Hands the browser the secret by which this page knows who gave the password.
    static void hand(HttpServletResponse response, String secret) {
        Cookies.set(response, COOKIE, secret, LASTS);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        show(request, response, HttpServletResponse.SC_OK, "");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String typed = parameter(request, "code");
        String passkey = parameter(request, PasskeyButton.FIELD);
        SecondStep.Shown shown =
                new SecondStep.Shown(typed, passkey, request.getParameter("remember") != null);
        if (!FormGuard.ours(request)) {
            show(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.");
            return;
        }
        if (passkey.isEmpty() && (typed.isBlank() || typed.length() > CODE_CHARACTERS_MAX)) {
            show(request, response, UNPROCESSABLE, "Please enter the code.");
            return;
        }
        Optional<SignedIn> before = cookie.person(request);
        switch (step.attempt(half(request), shown, Asked.current().address())) {
            case SecondStep.Result.Welcome(
                            var session,
                            Duration lasts,
                            List<String> codes,
                            Optional<String> remembered) -> {
                remembered.ifPresent(secret -> Arrival.remember(response, secret));
                before.ifPresent(person -> sessions.end(person.sid()));
                arrival.hand(request, response, session, lasts);
                Cookies.set(response, COOKIE, "", Duration.ZERO);
                if (codes.isEmpty()) {
                    Answers.see(response, Arrival.onward(request));
                } else {
                    shown(request, response, codes);
                }
            }
            case SecondStep.Result.Refused() ->
                    show(
                            request,
                            response,
                            UNPROCESSABLE,
                            passkey.isEmpty()
                                    ? "That is not the code, or it was used before. Please enter the next one."
                                    : "That passkey was not accepted. Please try again.");
            case SecondStep.Result.Slow(Duration pause) -> {
                long seconds = pause.toSeconds() + 1;
                response.setHeader("Retry-After", String.valueOf(seconds));
                show(
                        request,
                        response,
                        TOO_MANY_REQUESTS,
                        "Too many attempts. Please try again in " + seconds + " seconds.");
            }
            case SecondStep.Result.Over() -> again(request, response);
        }
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    private static String half(HttpServletRequest request) {
        return Cookies.value(request, COOKIE).orElse("");
    }

    /// The key of an app in groups, as people read it.
    static String grouped(String typed) {
        return typed.replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
    }

    private static void again(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Cookies.set(response, COOKIE, "", Duration.ZERO);
        Answers.see(response, Paths.LOGIN + Question.of(request));
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, int status, String error)
            throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("system", system.get());
        values.put("action", Paths.SECOND + Question.of(request));
        values.put("error", error);
        switch (step.stage(half(request))) {
            case SecondStep.Stage.Over() -> again(request, response);
            case SecondStep.Stage.Code(Optional<String> challenge, boolean memorable) -> {
                String nonce = Secrets.random();
                values.put("form", FormGuard.secret(request, response));
                values.put("hint", challenge.isPresent() ? CODE_OR_PASSKEY : CODE);
                Pages.sendWithScript(
                        response,
                        status,
                        code.with(
                                values,
                                Map.of(
                                        "remember",
                                        memorable ? remember.with(Map.of()) : "",
                                        "passkey",
                                        challenge
                                                .map(one -> button.second(one, nonce))
                                                .orElse(""))),
                        clients.leadsTo(request),
                        nonce);
            }
            case SecondStep.Stage.Enrol(String name, var offer) -> {
                values.put("form", FormGuard.secret(request, response));
                values.put("name", name);
                values.put("secret", grouped(offer.typed()));
                Pages.send(
                        response,
                        status,
                        enrol.with(values, Map.of("picture", QrPicture.svg(offer.uri()))),
                        clients.leadsTo(request));
            }
        }
    }

    private void shown(HttpServletRequest request, HttpServletResponse response, List<String> codes)
            throws IOException {
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
                                Arrival.onward(request))),
                "");
    }
}
