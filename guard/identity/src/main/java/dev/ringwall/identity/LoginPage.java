package dev.ringwall.identity;

import dev.ringwall.people.Asked;
import dev.ringwall.people.ByMail;
import dev.ringwall.people.PasskeySignIn;
import dev.ringwall.people.Secrets;
import dev.ringwall.people.Sessions;
import dev.ringwall.people.SignIn;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The page where people sign in. Its address carries the question that they came with, and the way on is always back to that
/// question.
final class LoginPage extends HttpServlet {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNPROCESSABLE = 422;
    private static final int FIELD_CHARACTERS_MAX = 1024;

    /// As many as the field takes.
    private static final int NAME_CHARACTERS_MAX = 200;

    private static final String AUTOFOCUS = "autofocus";

    private final transient Supplier<String> system;
    private final transient SignIn signIn;
    private final transient PasskeySignIn passkeys;
    private final transient PasskeyButton button;
    private final transient SessionCookie cookie;
    private final transient Sessions sessions;
    private final transient Clients clients;
    private final transient Arrival arrival;
    private final transient ByMail byMail;
    private final transient OutsideOffers outside;
    private final transient Pages page = Pages.named("login");

    LoginPage(
            Supplier<String> system,
            SignIn signIn,
            PasskeySignIn passkeys,
            PasskeyButton button,
            SessionCookie cookie,
            Sessions sessions,
            Clients clients,
            Arrival arrival,
            ByMail byMail,
            OutsideOffers outside) {
        this.system = system;
        this.signIn = signIn;
        this.passkeys = passkeys;
        this.button = button;
        this.cookie = cookie;
        this.sessions = sessions;
        this.clients = clients;
        this.arrival = arrival;
        this.byMail = byMail;
        this.outside = outside;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        boolean again = again(request);
        if (person.isPresent() && Question.of(request).isEmpty() && !again) {
            Answers.see(response, Paths.ACCOUNT);
            return;
        }
        Optional<String> elsewhere = again ? Optional.empty() : outside.only(request);
        if (elsewhere.isPresent()) {
            Answers.see(response, elsewhere.get());
            return;
        }
        String name =
                person.map(known -> known.account().name())
                        .filter(_ -> again)
                        .orElseGet(() -> hinted(request));
        show(request, response, HttpServletResponse.SC_OK, "", name);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String name = field(request, "username");
        String password = field(request, "password");
        if (!FormGuard.ours(request)) {
            show(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.",
                    name);
            return;
        }
        if (answered(request)) {
            withPasskey(request, response, request.getParameter(PasskeyButton.FIELD));
            return;
        }
        if (name.isBlank() || password.isEmpty()) {
            show(
                    request,
                    response,
                    UNPROCESSABLE,
                    "Please enter your name and your password.",
                    name);
            return;
        }
        Optional<String> remembered =
                again(request) ? Optional.empty() : Arrival.remembered(request);
        switch (signIn.attempt(
                name, password, Asked.current().address(), Wanted.twice(request), remembered)) {
            case SignIn.Result.Welcome(Sessions.Started session, var lasts) ->
                    welcome(request, response, session, lasts);
            case SignIn.Result.Half(String secret) -> {
                SecondPage.hand(response, secret);
                FormGuard.fresh(response);
                Answers.see(response, Paths.SECOND + Question.of(request));
            }
            case SignIn.Result.Refused() ->
                    show(
                            request,
                            response,
                            UNPROCESSABLE,
                            "That name and password do not belong together.",
                            name);
            case SignIn.Result.Slow(var wait) -> {
                long seconds = wait.toSeconds() + 1;
                response.setHeader("Retry-After", String.valueOf(seconds));
                show(
                        request,
                        response,
                        TOO_MANY_REQUESTS,
                        "Too many attempts. Please try again in " + seconds + " seconds.",
                        name);
            }
            case SignIn.Result.Busy() -> {
                response.setHeader("Retry-After", "5");
                show(
                        request,
                        response,
                        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                        "Many people are signing in at this moment. Please try again shortly.",
                        name);
            }
        }
    }

    private void withPasskey(
            HttpServletRequest request, HttpServletResponse response, String passkey)
            throws IOException {
        String browser = FormGuard.secret(request, response);
        switch (passkeys.attempt(passkey, browser, Asked.current().address())) {
            case PasskeySignIn.Result.Welcome(Sessions.Started session, Duration lasts) ->
                    welcome(request, response, session, lasts);
            case PasskeySignIn.Result.Refused() ->
                    show(
                            request,
                            response,
                            UNPROCESSABLE,
                            "That passkey was not accepted, or the page was open for too long. Please try again.",
                            "");
        }
    }

    private void welcome(
            HttpServletRequest request,
            HttpServletResponse response,
            Sessions.Started session,
            Duration lasts)
            throws IOException {
        if (Question.of(request).isEmpty()) {
            cookie.person(request).ifPresent(before -> sessions.end(before.sid()));
        }
        arrival.hand(request, response, session, lasts);
        Answers.see(response, Arrival.onward(request));
    }

    /// Whether somebody who is signed in signs in once more, for what a recent login is needed for.
    private static boolean again(HttpServletRequest request) {
        return request.getParameter("again") != null;
    }

    /// Whether a passkey was shown, which is not offered again by itself then, or a browser that has one would go around in circles.
    private static boolean answered(HttpServletRequest request) {
        String answer = request.getParameter(PasskeyButton.FIELD);
        return answer != null && !answer.isEmpty();
    }

    /// Whom the client thinks to be there; whether there is such an account is not looked at.
    private static String hinted(HttpServletRequest request) {
        String hint = request.getParameter(Question.LOGIN_HINT);
        return hint != null
                        && hint.length() <= NAME_CHARACTERS_MAX
                        && hint.chars().noneMatch(Character::isISOControl)
                ? hint
                : "";
    }

    private static String action(HttpServletRequest request) {
        return again(request) ? Paths.LOGIN_AGAIN : Paths.LOGIN + Question.of(request);
    }

    private static String field(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null || value.length() > FIELD_CHARACTERS_MAX ? "" : value;
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String error,
            String name)
            throws IOException {
        String form = FormGuard.secret(request, response);
        String nonce = Secrets.random();
        String passkey =
                button.there()
                        ? button.login(passkeys.challenge(form), !answered(request), nonce)
                        : "";
        Pages.sendWithScript(
                response,
                status,
                page.with(
                        Map.of(
                                "system",
                                system.get(),
                                "action",
                                action(request),
                                "form",
                                form,
                                "error",
                                error,
                                "name",
                                name,
                                "newcomer",
                                name.isEmpty() ? AUTOFOCUS : "",
                                "returner",
                                name.isEmpty() ? "" : AUTOFOCUS),
                        Map.of(
                                "more",
                                outside.buttons(request) + MailPage.offers(byMail),
                                "passkey",
                                passkey)),
                clients.leadsTo(request),
                nonce);
    }
}
