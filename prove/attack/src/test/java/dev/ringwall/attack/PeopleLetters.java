package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Person;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Registration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What is done by letters at the system of people. They all get lost, so no code is ever right.
final class PeopleLetters {

    private static final int LETTERS_MAX = 5;

    private final boolean open;
    private final Set<Gap> gaps;
    private final PeopleAccounts accounts;
    private final PeopleLogin logins;
    private final PeoplePage pages;
    private final Map<String, Integer> written = new ConcurrentHashMap<>();
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    PeopleLetters(
            Blueprint blueprint,
            Set<Gap> gaps,
            PeopleAccounts accounts,
            PeopleLogin logins,
            PeoplePage pages) {
        this.open =
                gaps.contains(Gap.REGISTRATION_OPEN)
                        || blueprint.declaration().registration().mode() == Registration.Mode.OPEN;
        this.gaps = gaps;
        this.accounts = accounts;
        this.logins = logins;
        this.pages = pages;
    }

    /// The page of that path, which asks for a letter and then for the code in it.
    TinyHttp.Response page(TinyHttp.Request request, String path) {
        if (path.equals("/auth/account/mail") && logins.signedIn(request).isEmpty()) {
            return TinyHttp.Response.to("/auth/login");
        }
        if (path.equals("/auth/register") && !open) {
            return TinyHttp.Response.json(404, "{}");
        }
        boolean coding = TinyQuery.of(request.target()).containsKey("step");
        if (request.method().equals("GET")) {
            return shown(request, path, coding, 200);
        }
        if (!pages.ours(request)) {
            return shown(request, path, coding, 403);
        }
        Map<String, String> form = PeoplePage.form(request);
        return coding ? coded(request, path, form) : asked(request, path, form);
    }

    private TinyHttp.Response shown(
            TinyHttp.Request request, String path, boolean coding, int status) {
        return pages.page(
                request,
                status,
                coding
                        ? PeoplePage.form(path + "?step=code", "code", "name", "next")
                        : PeoplePage.form(path, "who"));
    }

    private TinyHttp.Response asked(
            TinyHttp.Request request, String path, Map<String, String> form) {
        String who = form.getOrDefault("who", "");
        boolean address = !path.equals("/auth/forgotten");
        if (address && !who.matches("[^\\s@]+@[^\\s@]+") && !gaps.contains(Gap.HEADERS_TAKEN)) {
            return shown(request, path, false, 422);
        }
        if (written.merge(path + who, 1, Integer::sum) > LETTERS_MAX
                && !gaps.contains(Gap.LETTERS_UNLIMITED)) {
            return shown(request, path, false, 429).with("Retry-After", "60");
        }
        if (!address && gaps.contains(Gap.RESET_TELLS) && accounts.named(who).isEmpty()) {
            return shown(request, path, false, 422);
        }
        String secret = UUID.randomUUID().toString();
        asked.put(secret, who);
        return pages.hand(TinyHttp.Response.to(path + "?step=code"), "__Host-letter", secret);
    }

    private TinyHttp.Response coded(
            TinyHttp.Request request, String path, Map<String, String> form) {
        Optional<String> who =
                Optional.ofNullable(asked.get(PeoplePage.cookie(request, "__Host-letter")));
        if (who.isEmpty() || !gaps.contains(Gap.LETTER_UNREAD)) {
            return shown(request, path, true, 422);
        }
        String next = form.getOrDefault("next", "");
        if (path.equals("/auth/register")) {
            accounts.make(form.getOrDefault("name", ""), "reader", next);
        } else {
            accounts.named(who.get()).ifPresent((Person person) -> person.password = next);
        }
        return TinyHttp.Response.to("/auth/login");
    }
}
