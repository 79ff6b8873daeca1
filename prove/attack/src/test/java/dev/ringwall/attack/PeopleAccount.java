package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Login;
import dev.ringwall.attack.PeopleAccounts.Person;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The page of the own account at the system of people.
final class PeopleAccount {

    private static final int LETTERS_MIN = 15;

    private final Set<Gap> gaps;
    private final PeopleAccounts accounts;
    private final PeopleLogin logins;
    private final PeoplePage pages;
    private final PeoplePost post;

    PeopleAccount(
            Set<Gap> gaps,
            PeopleAccounts accounts,
            PeopleLogin logins,
            PeoplePage pages,
            PeoplePost post) {
        this.post = post;
        this.gaps = gaps;
        this.accounts = accounts;
        this.logins = logins;
        this.pages = pages;
    }

    TinyHttp.Response account(TinyHttp.Request request) {
        Optional<Login> login = logins.signedIn(request);
        if (login.isEmpty()) {
            return TinyHttp.Response.to("/auth/login");
        }
        if (request.method().equals("GET")) {
            return page(request, login.get(), 200);
        }
        return page(
                request,
                login.get(),
                pages.ours(request) ? act(login.get(), PeoplePage.form(request)) : 403);
    }

    private int act(Login login, Map<String, String> form) {
        Person person = login.person();
        switch (form.getOrDefault("act", "")) {
            case "password" -> {
                return password(login, form);
            }
            case "end-login" ->
                    accounts.logins().stream()
                            .filter(one -> one.sid().equals(form.get("which")))
                            .filter(one ->
                                    one.person() == person || gaps.contains(Gap.LOGINS_OF_ANYBODY))
                            .toList()
                            .forEach(accounts::end);
            case "end-others" -> endOthers(login);
            case "remove-app" -> {
                if (person.mustShowCode() && !gaps.contains(Gap.APP_REMOVED_ANYWAY)) {
                    return 422;
                }
                person.app = null;
                post.tell(person.name, "An authenticator app was removed");
            }
            case "new-codes" -> post.tell(person.name, "Other recovery codes were made");
            case "end-client" -> {
                return 200;
            }
            default -> {
                return 422;
            }
        }
        return 200;
    }

    private int password(Login login, Map<String, String> form) {
        Person person = login.person();
        if (person.wrong.get() >= PeopleAccounts.GUESSES_MAX
                && !gaps.contains(Gap.GUESSES_UNLIMITED)) {
            return 429;
        }
        if (!person.password.equals(form.get("current"))
                && !gaps.contains(Gap.OLD_PASSWORD_UNASKED)) {
            person.wrong.incrementAndGet();
            return 422;
        }
        String next = form.getOrDefault("next", "");
        boolean weak = next.length() < LETTERS_MIN || next.startsWith("password");
        if (weak && !gaps.contains(Gap.ANY_PASSWORD)) {
            return 422;
        }
        person.password = next;
        post.tell(person.name, "Your password was changed");
        if (!gaps.contains(Gap.REMEMBERED_FOREVER)) {
            person.remembered.clear();
        }
        endOthers(login);
        return 200;
    }

    private void endOthers(Login login) {
        if (!gaps.contains(Gap.LOGINS_KEPT)) {
            accounts.logins().stream()
                    .filter(one -> one.person() == login.person() && !one.equals(login))
                    .toList()
                    .forEach(accounts::end);
        }
    }

    private TinyHttp.Response page(TinyHttp.Request request, Login login, int status) {
        StringBuilder html = new StringBuilder("Signed in as " + login.person().name);
        html.append(PeoplePage.form("/auth/account", "act=password", "current", "next", "again"));
        accounts.logins().stream()
                .filter(one -> !one.equals(login))
                .filter(one -> one.person() == login.person() || gaps.contains(Gap.LOGINS_SHOWN))
                .forEach(one ->
                        html.append(
                                PeoplePage.form(
                                        "/auth/account", "act=end-login", "which=" + one.sid())));
        return pages.page(request, status, html.toString());
    }

    /// Where an app is added to an account.
    TinyHttp.Response app(TinyHttp.Request request) {
        Optional<Person> person = logins.signedIn(request).map(Login::person);
        if (gaps.contains(Gap.HALF_ADDS_APP)) {
            person =
                    person.or(() ->
                            accounts.half(PeoplePage.cookie(request, PeoplePage.HALF))
                                    .map(PeopleAccounts.Half::person));
        }
        if (person.isEmpty()) {
            return TinyHttp.Response.to("/auth/login");
        }
        String key = accounts.offer("app of " + person.get().name);
        int status = 200;
        if (request.method().equals("POST")) {
            long step = PeopleAccounts.step(key, PeoplePage.form(request).getOrDefault("code", ""));
            if (step > 0 && pages.ours(request)) {
                PeopleLogin.add(person.get(), key, step);
                post.tell(person.get().name, "An authenticator app was added");
                return TinyHttp.Response.to("/auth/account");
            }
            status = pages.ours(request) ? 422 : 403;
        }
        return pages.page(
                request,
                status,
                "<code>" + key + "</code>" + PeoplePage.form("/auth/account/app", "code"));
    }
}
