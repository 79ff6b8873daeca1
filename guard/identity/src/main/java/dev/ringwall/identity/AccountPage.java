package dev.ringwall.identity;

import dev.ringwall.people.OwnAccount;
import dev.ringwall.people.OwnPasskeys;
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

/// The page on which people look after their own account: password, second factor, where they are signed in, and what acts for them.
final class AccountPage extends HttpServlet {

    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIELD_CHARACTERS_MAX = 1024;

    private final transient Supplier<String> system;
    private final transient SessionCookie cookie;
    private final transient OwnAccount own;
    private final transient OwnPasskeys passkeys;
    private final transient Grants grants;
    private final transient AccountView view;
    private final transient Pages recovery = Pages.named("recovery");

    AccountPage(
            Supplier<String> system,
            SessionCookie cookie,
            OwnAccount own,
            OwnPasskeys passkeys,
            Grants grants,
            AccountView view) {
        this.system = system;
        this.cookie = cookie;
        this.own = own;
        this.passkeys = passkeys;
        this.grants = grants;
        this.view = view;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        if (person.isEmpty()) {
            Answers.see(response, Paths.LOGIN);
            return;
        }
        show(request, response, person.get(), HttpServletResponse.SC_OK, "", "");
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
        if (!FormGuard.ours(request)) {
            show(
                    request,
                    response,
                    person,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.",
                    "");
            return;
        }
        String which = field(request, "which");
        switch (AccountAct.of(field(request, "act"))) {
            case PASSWORD -> password(request, response, person);
            case NEW_CODES -> answer(request, response, person, own.newCodes(person), "");
            case REMOVE_APP ->
                    answer(
                            request,
                            response,
                            person,
                            own.removeApp(person),
                            "The authenticator app is removed.");
            case RENAME_PASSKEY ->
                    answer(
                            request,
                            response,
                            person,
                            passkeys.rename(person, which, field(request, "name")),
                            "The passkey is renamed.");
            case REMOVE_PASSKEY ->
                    answer(
                            request,
                            response,
                            person,
                            passkeys.remove(person, which),
                            "The passkey is removed. Remove it from your device as well.");
            case FORGET_BROWSER ->
                    answer(
                            request,
                            response,
                            person,
                            own.forgetBrowsers(person, Optional.of(which)),
                            "The second factor is asked for there again.");
            case FORGET_BROWSERS ->
                    answer(
                            request,
                            response,
                            person,
                            own.forgetBrowsers(person, Optional.empty()),
                            "The second factor is asked for everywhere again.");
            case END_LOGIN ->
                    answer(
                            request,
                            response,
                            person,
                            own.endLogins(person, Optional.of(which)),
                            "That login has ended.");
            case END_OTHERS ->
                    answer(
                            request,
                            response,
                            person,
                            own.endLogins(person, Optional.empty()),
                            "You are signed out everywhere else.");
            case END_CLIENT -> {
                grants.end(person, which);
                show(
                        request,
                        response,
                        person,
                        HttpServletResponse.SC_OK,
                        "",
                        "That application acts for you no more.");
            }
            case NONE -> show(request, response, person, UNPROCESSABLE, "Nothing was changed.", "");
        }
    }

    private void password(HttpServletRequest request, HttpServletResponse response, SignedIn person)
            throws IOException {
        String next = field(request, "next");
        if (!next.equals(field(request, "again"))) {
            show(
                    request,
                    response,
                    person,
                    UNPROCESSABLE,
                    "The new password was typed in two ways.",
                    "");
            return;
        }
        answer(
                request,
                response,
                person,
                own.changePassword(person, field(request, "current"), next),
                "The password is changed, and you are signed out everywhere else.");
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            SignedIn person,
            OwnAccount.Change change,
            String done)
            throws IOException {
        switch (change) {
            case OwnAccount.Change.Done() ->
                    show(request, response, person, HttpServletResponse.SC_OK, "", done);
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
                show(request, response, person, TOO_MANY_REQUESTS, said(change), "");
            }
            case OwnAccount.Change other ->
                    show(request, response, person, UNPROCESSABLE, said(other), "");
        }
    }

    private static String said(OwnAccount.Change change) {
        return switch (change) {
            case OwnAccount.Change.Wrong() -> "That is not your current password.";
            case OwnAccount.Change.Slow(Duration pause) ->
                    "Too many attempts. Please try again in "
                            + (pause.toSeconds() + 1)
                            + " seconds.";
            case OwnAccount.Change.Busy() ->
                    "Many people are signing in at this moment. Please try again shortly.";
            case OwnAccount.Change.Unusable(String why) -> "That does not do: " + why + ".";
            case OwnAccount.Change.Needed() ->
                    "What you may do here asks for a second factor. Add another before you remove this one.";
            case OwnAccount.Change.Done(),
                    OwnAccount.Change.Codes _,
                    OwnAccount.Change.NotRecent() ->
                    "";
        };
    }

    private static String field(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null || value.length() > FIELD_CHARACTERS_MAX ? "" : value;
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            SignedIn person,
            int status,
            String error,
            String done)
            throws IOException {
        String form = FormGuard.secret(request, response);
        Pages.send(response, status, view.page(person, form, error, done), "");
    }
}
