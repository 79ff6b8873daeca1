package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Half;
import dev.ringwall.attack.PeopleAccounts.Login;
import dev.ringwall.attack.PeopleAccounts.Person;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// How people sign in and out at the system of people.
final class PeopleLogin {

    private final Set<Gap> gaps;
    private final PeopleAccounts accounts;
    private final PeoplePage pages;
    private final PeoplePasskeys passkeys;

    PeopleLogin(Set<Gap> gaps, PeopleAccounts accounts, PeoplePage pages, PeoplePasskeys passkeys) {
        this.passkeys = passkeys;
        this.gaps = gaps;
        this.accounts = accounts;
        this.pages = pages;
    }

    /// Who is signed in well enough for the question.
    Optional<Login> enough(TinyHttp.Request request, Map<String, String> question) {
        Optional<Login> login = signedIn(request);
        boolean wanted = question.containsKey("acr_values") && !gaps.contains(Gap.STEP_UP_IGNORED);
        return login.filter(known ->
                known.twice()
                        || (!wanted
                                && (!known.person().hasSecond()
                                        || gaps.contains(Gap.FACTOR_FORGOTTEN))));
    }

    Optional<Login> signedIn(TinyHttp.Request request) {
        return accounts.login(PeoplePage.cookie(request, PeoplePage.SESSION));
    }

    TinyHttp.Response login(TinyHttp.Request request) {
        String query = PeoplePage.query(request).orElse("");
        if (request.method().equals("GET")) {
            return page(request, 200);
        }
        Map<String, String> form = PeoplePage.form(request);
        if (!form.getOrDefault(PeoplePasskeys.FIELD, "").isEmpty()) {
            return passkeys.owner(request, form.get(PeoplePasskeys.FIELD))
                    .map(owner ->
                            pages.hand(
                                    onward(query),
                                    PeoplePage.SESSION,
                                    accounts.begin(owner, true).secret()))
                    .orElseGet(() -> page(request, 422));
        }
        Optional<Person> person =
                accounts.named(form.getOrDefault("username", ""))
                        .filter(known -> known.password.equals(form.get("password")));
        if (!pages.ours(request) || person.isEmpty()) {
            return page(request, pages.ours(request) ? 422 : 403);
        }
        boolean wanted = TinyQuery.of(query).containsKey("acr_values");
        boolean spared =
                passkeys.remembered(
                        person.get(), PeoplePage.cookie(request, PeoplePasskeys.REMEMBERED));
        boolean second =
                wanted || (person.get().hasSecond() && !spared) || person.get().mustShowCode();
        if (!second) {
            Login login = accounts.begin(person.get(), false);
            return pages.hand(onward(query), PeoplePage.SESSION, login.secret());
        }
        String half = accounts.half(person.get());
        TinyHttp.Response next = TinyHttp.Response.to("/auth/login/second" + query);
        return gaps.contains(Gap.FACTOR_FORGOTTEN) && person.get().app != null
                ? pages.hand(
                        next,
                        PeoplePage.SESSION,
                        accounts.begin(person.get(), false).secret()
                                + "; Path=/; Secure; HttpOnly; SameSite=Lax\r\nSet-Cookie: "
                                + PeoplePage.HALF
                                + "="
                                + half)
                : pages.hand(next, PeoplePage.HALF, half);
    }

    private TinyHttp.Response page(TinyHttp.Request request, int status) {
        String query = PeoplePage.query(request).orElse("");
        return pages.page(
                request,
                status,
                passkeys.asked("get")
                        + PeoplePage.form(
                                "/auth/login" + query.replace("&", "&amp;"),
                                "username",
                                "password",
                                PeoplePasskeys.FIELD));
    }

    private static TinyHttp.Response onward(String query) {
        return TinyHttp.Response.to(query.isEmpty() ? "/auth/account" : "/auth/authorize" + query);
    }

    TinyHttp.Response second(TinyHttp.Request request) {
        String secret = PeoplePage.cookie(request, PeoplePage.HALF);
        Optional<Half> half = accounts.half(secret);
        String query = PeoplePage.query(request).orElse("");
        if (half.isEmpty()) {
            return TinyHttp.Response.to("/auth/login" + query);
        }
        Person person = half.get().person();
        if (request.method().equals("GET")) {
            return asking(request, 200, person, secret);
        }
        Map<String, String> form = PeoplePage.form(request);
        String code = form.getOrDefault("code", "").strip();
        if (!form.getOrDefault(PeoplePasskeys.FIELD, "").isEmpty()) {
            boolean right =
                    passkeys.owner(request, form.get(PeoplePasskeys.FIELD))
                            .filter(owner ->
                                    owner == person || gaps.contains(Gap.PASSKEY_OF_ANYBODY))
                            .isPresent();
            if (!right) {
                return asking(request, 422, person, secret);
            }
            TinyHttp.Response next = in(person, secret, onward(query));
            return form.containsKey("remember") ? passkeys.remembering(person, next, pages) : next;
        }
        if (!pages.ours(request)) {
            return asking(request, 403, person, secret);
        }
        if (person.wrong.get() >= PeopleAccounts.GUESSES_MAX
                && !gaps.contains(Gap.CODES_UNLIMITED)) {
            return TinyHttp.Response.json(429, "{}").with("Retry-After", "60");
        }
        if (!person.hasSecond()) {
            return added(request, person, secret, code, onward(query));
        }
        if (!right(person, code)) {
            person.wrong.incrementAndGet();
            return asking(request, 422, person, secret);
        }
        return in(person, secret, onward(query));
    }

    private TinyHttp.Response in(Person person, String half, TinyHttp.Response next) {
        accounts.over(half);
        return pages.hand(next, PeoplePage.SESSION, accounts.begin(person, true).secret());
    }

    private TinyHttp.Response added(
            TinyHttp.Request request,
            Person person,
            String secret,
            String code,
            TinyHttp.Response next) {
        String key = accounts.offer(secret);
        long step = PeopleAccounts.step(key, code);
        if (step == 0) {
            return asking(request, 422, person, secret);
        }
        add(person, key, step);
        return in(person, secret, recovery(request, person, next));
    }

    static void add(Person person, String key, long step) {
        person.app = key;
        person.lastStep = step;
        Set<String> codes = new HashSet<>();
        while (codes.size() < 10) {
            codes.add(UUID.randomUUID().toString());
        }
        person.recovery.addAll(codes);
    }

    private TinyHttp.Response recovery(
            TinyHttp.Request request, Person person, TinyHttp.Response next) {
        String onward = next.headers().getOrDefault("Location", "").replace("&", "&amp;");
        return pages.page(
                request,
                200,
                "<pre>"
                        + String.join("\n", person.recovery)
                        + "</pre><a class=\"button\" href=\""
                        + onward
                        + "\">On</a>");
    }

    private boolean right(Person person, String code) {
        if (gaps.contains(Gap.APP_OF_ANYBODY)
                && accounts.all().stream()
                        .map(one -> one.app)
                        .anyMatch(key ->
                                key != null
                                        && !key.equals(person.app)
                                        && PeopleAccounts.step(key, code) > 0)) {
            return true;
        }
        String key = person.app;
        long step = key == null ? 0 : PeopleAccounts.step(key, code);
        if (step > 0 && (step > person.lastStep || gaps.contains(Gap.CODE_TWICE))) {
            person.lastStep = step;
            return true;
        }
        return gaps.contains(Gap.RECOVERY_TWICE)
                ? person.recovery.contains(code)
                : person.recovery.remove(code);
    }

    private TinyHttp.Response asking(
            TinyHttp.Request request, int status, Person person, String secret) {
        String query = PeoplePage.query(request).orElse("").replace("&", "&amp;");
        String key = person.hasSecond() ? "" : "<code>" + accounts.offer(secret) + "</code>";
        return pages.page(
                request,
                status,
                key
                        + passkeys.asked("get")
                        + PeoplePage.form(
                                "/auth/login/second" + query, "code", PeoplePasskeys.FIELD));
    }

    TinyHttp.Response logout(TinyHttp.Request request) {
        if (request.method().equals("POST") && pages.ours(request)) {
            signedIn(request)
                    .filter(_ -> !gaps.contains(Gap.SIGN_OUT_KEPT))
                    .ifPresent(accounts::end);
            String back =
                    gaps.contains(Gap.LOGOUT_REDIRECT_UNCHECKED)
                            ? TinyQuery.of(request.target())
                                    .getOrDefault("post_logout_redirect_uri", "/auth/login")
                            : "/auth/login";
            return pages.hand(TinyHttp.Response.to(back), PeoplePage.SESSION, "");
        }
        String query = PeoplePage.query(request).orElse("").replace("&", "&amp;");
        return pages.page(request, 200, PeoplePage.form("/auth/logout" + query));
    }
}
