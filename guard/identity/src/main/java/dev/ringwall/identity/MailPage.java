package dev.ringwall.identity;

import dev.ringwall.model.Registration;
import dev.ringwall.people.ByMail;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The pages on which something is done with a code out of a letter: first a letter is asked for, then the code is typed. What ties both
/// together is a cookie; no address carries a secret, so none is in a history, a log or a mail scanner.
final class MailPage extends HttpServlet {

    static final String COOKIE = "__Host-ringwall-letter";

    private static final Duration LASTS = Duration.ofMinutes(20);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNPROCESSABLE = 422;
    private static final int FIELD_CHARACTERS_MAX = 1024;
    private static final String CODE = "?step=code";

    private final MailTask task;
    private final transient SessionCookie cookie;
    private final transient ByMail byMail;
    private final transient Pages page = Pages.named("ask");

    MailPage(MailTask task, SessionCookie cookie, ByMail byMail) {
        this.task = task;
        this.cookie = cookie;
        this.byMail = byMail;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (closed(request, response)) {
            return;
        }
        show(request, response, HttpServletResponse.SC_OK, "");
    }

    /// Answers where the task is not for who asks, or not declared.
    private boolean closed(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean open =
                byMail.there()
                        && switch (task) {
                            case FORGOTTEN, ADDRESS -> true;
                            case REGISTER -> byMail.registration() == Registration.Mode.OPEN;
                            case INVITED -> byMail.registration() != Registration.Mode.CLOSED;
                        };
        if (!open) {
            Pages.error(
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "There is nothing here",
                    "This is not done here. Please ask whoever runs the system.");
            return true;
        }
        if (task == MailTask.ADDRESS && cookie.person(request).isEmpty()) {
            Answers.see(response, Paths.LOGIN);
            return true;
        }
        return false;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (closed(request, response)) {
            return;
        }
        if (!FormGuard.ours(request)) {
            show(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This page was open for too long, or cookies are off. Please try again.");
            return;
        }
        if (coding(request)) {
            coded(request, response);
        } else {
            asked(request, response);
        }
    }

    private boolean coding(HttpServletRequest request) {
        return !task.asksFirst() || "code".equals(request.getParameter("step"));
    }

    private void asked(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String who = field(request, "who");
        ByMail.Asking asking =
                switch (task) {
                    case FORGOTTEN -> byMail.forgottenPassword().forgotten(who);
                    case REGISTER -> byMail.newAccounts().register(who);
                    case ADDRESS -> byMail.ownAddress().claim(person(request), who);
                    case INVITED -> new ByMail.Asking.NoAddress();
                };
        switch (asking) {
            case ByMail.Asking.Begun(String secret) -> {
                Cookies.set(response, COOKIE, secret, LASTS);
                Answers.see(response, task.path() + CODE);
            }
            case ByMail.Asking.Slow(Duration pause) -> {
                response.setHeader("Retry-After", String.valueOf(pause.toSeconds() + 1));
                show(
                        request,
                        response,
                        TOO_MANY_REQUESTS,
                        "Too many letters were asked for. Please try again in "
                                + (pause.toSeconds() + 1)
                                + " seconds.");
            }
            case ByMail.Asking.NoAddress() ->
                    show(request, response, UNPROCESSABLE, "That is no address of e-mail.");
            case ByMail.Asking.Closed(String why) ->
                    show(request, response, UNPROCESSABLE, "That cannot be done: " + why + ".");
        }
    }

    private SignedIn person(HttpServletRequest request) {
        return cookie.person(request).orElseThrow();
    }

    private void coded(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String secret = Cookies.value(request, COOKIE).orElse("");
        String code = field(request, "code");
        String name = field(request, "name");
        String next = field(request, "next");
        ByMail.Outcome outcome =
                switch (task) {
                    case FORGOTTEN -> byMail.forgottenPassword().reset(secret, code, next);
                    case REGISTER -> byMail.newAccounts().registered(secret, code, name, next);
                    case INVITED ->
                            byMail.newAccounts().accept(field(request, "who"), code, name, next);
                    case ADDRESS -> byMail.ownAddress().claimed(person(request), secret, code);
                };
        switch (outcome) {
            case ByMail.Outcome.Done _ -> {
                Cookies.set(response, COOKIE, "", Duration.ZERO);
                FormGuard.fresh(response);
                Answers.see(response, task == MailTask.ADDRESS ? Paths.ACCOUNT : Paths.LOGIN);
            }
            case ByMail.Outcome.Wrong() ->
                    show(
                            request,
                            response,
                            UNPROCESSABLE,
                            "That is not the code, or it is good no more. After a while please ask for another letter.");
            case ByMail.Outcome.Unusable(String why) ->
                    show(request, response, UNPROCESSABLE, "That does not do: " + why + ".");
        }
    }

    private static String field(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null || value.length() > FIELD_CHARACTERS_MAX ? "" : value;
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, int status, String error)
            throws IOException {
        boolean coding = coding(request);
        Map<String, String> values = new HashMap<>();
        values.put("heading", task.heading());
        values.put("text", coding ? task.coding() : task.asking());
        values.put("action", task.path() + (coding && task.asksFirst() ? CODE : ""));
        values.put("word", coding ? "Continue" : "Send the letter");
        values.put("error", error);
        values.put("form", FormGuard.secret(request, response));
        values.put("label", task.label());
        values.put("who", field(request, "who"));
        values.put("complete", task == MailTask.FORGOTTEN ? "username" : "email");
        values.put("name", field(request, "name"));
        StringBuilder fields = new StringBuilder();
        for (String field : coding ? task.fields() : List.of("who")) {
            fields.append(Pages.part("field-" + field).with(values));
        }
        Pages.send(response, status, page.with(values, Map.of("fields", fields.toString())), "");
    }

    /// What the login page offers to who cannot sign in.
    static String offers(ByMail byMail) {
        if (!byMail.there()) {
            return "";
        }
        String register =
                byMail.registration() == Registration.Mode.OPEN
                        ? link(MailTask.REGISTER, "Make an account")
                        : "";
        return "<p class=\"more\">"
                + register
                + link(MailTask.FORGOTTEN, "Set a new password")
                + "</p>";
    }

    private static String link(MailTask task, String words) {
        return "<a href=\"" + task.path() + "\">" + words + "</a>";
    }
}
