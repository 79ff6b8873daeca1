package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Person;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Registration;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What is done by letters at the system of people. Who has an address there is read of it by the prover.
final class PeopleLetters {

    private static final int LETTERS_MAX = 5;
    private static final int TRIES_MAX = 10;
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final String COOKIE = "__Host-letter";

    private final boolean open;
    private final Set<Gap> gaps;
    private final PeopleAccounts accounts;
    private final PeopleLogin logins;
    private final PeoplePage pages;
    private final Map<String, Integer> written = new ConcurrentHashMap<>();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final PeoplePost post;

    /// Somebody who waits for a letter, and the code in it.
    private record Waiting(String path, String who, String code, AtomicInteger tries) {}

    PeopleLetters(
            Blueprint blueprint,
            Set<Gap> gaps,
            PeopleAccounts accounts,
            PeopleLogin logins,
            PeoplePage pages,
            PeoplePost post) {
        this.post = post;
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
        String code = code();
        waiting.put(secret, new Waiting(path, who, code, new AtomicInteger()));
        (address ? Optional.of(who) : post.address(who))
                .ifPresent(to -> post.send(to, "Type this code: " + code));
        return pages.hand(TinyHttp.Response.to(path + "?step=code"), COOKIE, secret);
    }

    private static String code() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            code.append(i > 0 && i % 4 == 0 ? "-" : "");
            code.append((char) ('A' + CHANCE.nextInt(26)));
        }
        return code.toString();
    }

    private Optional<String> right(TinyHttp.Request request, String path, String code) {
        String secret = PeoplePage.cookie(request, COOKIE);
        Optional<Waiting> known = Optional.ofNullable(waiting.get(secret));
        if (gaps.contains(Gap.LETTER_UNREAD)) {
            return known.map(Waiting::who);
        }
        if (gaps.contains(Gap.LETTER_OF_ANY_BROWSER)) {
            Optional<Waiting> any =
                    waiting.values().stream().filter(one -> one.code().equals(code)).findFirst();
            known = any.isPresent() ? any : known;
        }
        Optional<Waiting> right =
                known.filter(one -> one.path().equals(path))
                        .filter(one ->
                                one.tries().incrementAndGet() <= TRIES_MAX
                                        || gaps.contains(Gap.LETTER_GUESSES_UNLIMITED))
                        .filter(one -> one.code().equals(code));
        right.filter(_ -> !gaps.contains(Gap.LETTER_TWICE))
                .ifPresent(used -> waiting.values().remove(used));
        return right.map(Waiting::who);
    }

    private TinyHttp.Response coded(
            TinyHttp.Request request, String path, Map<String, String> form) {
        Optional<String> who = right(request, path, form.getOrDefault("code", ""));
        if (who.isEmpty()) {
            return shown(request, path, true, 422);
        }
        String next = form.getOrDefault("next", "");
        if (path.equals("/auth/register")) {
            String name = form.getOrDefault("name", "");
            accounts.make(name, "reader", next);
            post.knows(name, who.get());
        } else {
            accounts.named(who.get()).ifPresent((Person person) -> person.password = next);
        }
        return TinyHttp.Response.to("/auth/login");
    }
}
