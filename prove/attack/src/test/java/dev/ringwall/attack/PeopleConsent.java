package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Login;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What people of the system of people have allowed clients to do for them.
final class PeopleConsent {

    private final Blueprint blueprint;
    private final Set<Gap> gaps;
    private final PeopleLogin logins;
    private final PeoplePage pages;
    private final PeopleRegistrations registrations;
    private final Map<String, Set<String>> allowed = new ConcurrentHashMap<>();
    private final Set<String> questions = ConcurrentHashMap.newKeySet();

    PeopleConsent(
            Blueprint blueprint,
            Set<Gap> gaps,
            PeopleLogin logins,
            PeoplePage pages,
            PeopleRegistrations registrations) {
        this.registrations = registrations;
        this.blueprint = blueprint;
        this.gaps = gaps;
        this.logins = logins;
        this.pages = pages;
    }

    /// Whether the person need not be asked for that question.
    boolean given(Login login, Map<String, String> question) {
        Client client = blueprint.declaration().clients().get(question.get("client_id"));
        boolean registered = registrations.knows(question.get("client_id"));
        if (!registered && (client == null || client.consent() != Client.Consent.ASK)) {
            return true;
        }
        if (gaps.contains(Gap.CONSENT_OF_ANYBODY) && questions.contains(question.get("state"))) {
            return true;
        }
        Set<String> before = allowed.get(key(login, question));
        return before != null
                && (gaps.contains(Gap.CONSENT_FOR_ALL) || before.containsAll(scopes(question)));
    }

    /// What people allowed a client that changed itself counts for nothing: it is kept under what the client was.
    private String key(Login login, Map<String, String> question) {
        String client = question.get("client_id");
        return login.person().name + " " + client + " " + registrations.looks(client);
    }

    private static Set<String> scopes(Map<String, String> said) {
        return new HashSet<>(Arrays.asList(said.getOrDefault("scope", "").split("[ +]")));
    }

    /// The page that asks, whose address carries the question.
    TinyHttp.Response page(TinyHttp.Request request) {
        String query = PeoplePage.query(request).orElse("");
        Map<String, String> question = TinyQuery.of(query);
        Optional<Login> login = logins.signedIn(request);
        if (login.isEmpty()) {
            return TinyHttp.Response.to("/auth/login" + query);
        }
        if (request.method().equals("GET")) {
            if (gaps.contains(Gap.CONSENT_BY_LINK) && question.containsKey("answer")) {
                give(login.get(), question, scopes(question));
            }
            return asking(request, 200, query);
        }
        Map<String, String> form = PeoplePage.form(request);
        if (!pages.ours(request)) {
            return asking(request, 403, query);
        }
        boolean allows = form.getOrDefault("answer", "").equals("allow");
        if (allows || gaps.contains(Gap.CONSENT_REFUSED_ANYWAY)) {
            boolean rewritten = gaps.contains(Gap.CONSENT_REWRITTEN) && form.containsKey("scope");
            give(login.get(), question, scopes(rewritten ? form : question));
        }
        return allows
                ? TinyHttp.Response.to("/auth/authorize" + query)
                : TinyHttp.Response.to(question.get("redirect_uri") + "?error=access_denied");
    }

    private void give(Login login, Map<String, String> question, Set<String> scopes) {
        allowed.computeIfAbsent(key(login, question), _ -> ConcurrentHashMap.newKeySet())
                .addAll(scopes);
        questions.add(question.getOrDefault("state", ""));
    }

    private TinyHttp.Response asking(TinyHttp.Request request, int status, String query) {
        return pages.page(
                request, status, PeoplePage.form("/auth/consent" + query.replace("&", "&amp;")));
    }
}
