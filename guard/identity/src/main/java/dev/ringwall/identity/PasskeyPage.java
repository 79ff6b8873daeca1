package dev.ringwall.identity;

import dev.ringwall.people.Asked;
import dev.ringwall.people.OwnAccount;
import dev.ringwall.people.OwnPasskeys;
import dev.ringwall.people.Secrets;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Where somebody who has just signed in adds a passkey.
final class PasskeyPage extends HttpServlet {

    private static final int UNPROCESSABLE = 422;

    private final transient Supplier<String> system;
    private final transient SessionCookie cookie;
    private final transient OwnPasskeys own;
    private final transient PasskeyButton button;
    private final transient Pages page = Pages.named("passkey");
    private final transient Pages recovery = Pages.named("recovery");

    PasskeyPage(
            Supplier<String> system, SessionCookie cookie, OwnPasskeys own, PasskeyButton button) {
        this.system = system;
        this.cookie = cookie;
        this.own = own;
        this.button = button;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String name = Agents.said(Asked.current().agent());
        show(request, response, HttpServletResponse.SC_OK, "", name);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        String name = parameter(request, "name");
        if (!FormGuard.ours(request) || person.isEmpty()) {
            show(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.",
                    name);
            return;
        }
        String answer = parameter(request, PasskeyButton.FIELD);
        switch (own.add(person.get(), answer, name)) {
            case OwnAccount.Change.Done() -> Answers.see(response, Paths.ACCOUNT);
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
            case OwnAccount.Change.Unusable(String why) ->
                    show(request, response, UNPROCESSABLE, "That does not do: " + why + ".", name);
            case OwnAccount.Change _ ->
                    show(
                            request,
                            response,
                            UNPROCESSABLE,
                            "No passkey was added. Please try again.",
                            name);
        }
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String error,
            String name)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request);
        Optional<OwnPasskeys.Offer> offer = person.flatMap(own::offer);
        if (person.isEmpty() || offer.isEmpty()) {
            Answers.see(response, person.isEmpty() ? Paths.LOGIN : Paths.LOGIN_AGAIN);
            return;
        }
        String nonce = Secrets.random();
        Pages.sendWithScript(
                response,
                status,
                page.with(
                        Map.of(
                                "system",
                                system.get(),
                                "action",
                                Paths.ACCOUNT_PASSKEY,
                                "error",
                                error,
                                "form",
                                FormGuard.secret(request, response),
                                "name",
                                name),
                        Map.of(
                                "passkey",
                                button.add(offer.get(), person.get().account().name(), nonce))),
                "",
                nonce);
    }
}
