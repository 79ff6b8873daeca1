package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Login;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Codes and tokens of the system of people.
final class PeopleTokens {

    static final String CLIENT = "pages";

    private final PeopleAccounts accounts;
    private final PeopleLogin logins;
    private final Map<String, Login> codes = new ConcurrentHashMap<>();
    private final Map<String, Login> refreshes = new ConcurrentHashMap<>();

    PeopleTokens(PeopleAccounts accounts, PeopleLogin logins) {
        this.accounts = accounts;
        this.logins = logins;
    }

    TinyHttp.Response authorize(TinyHttp.Request request) {
        Map<String, String> question = TinyQuery.of(request.target());
        Optional<Login> login = logins.enough(request, question);
        if (login.isEmpty()) {
            return TinyHttp.Response.to("/auth/login" + PeoplePage.query(request).orElse(""));
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, login.get());
        return TinyHttp.Response.to(
                question.get("redirect_uri") + "?code=" + code + "&state=" + question.get("state"));
    }

    TinyHttp.Response token(TinyHttp.Request request) {
        Map<String, String> form = PeoplePage.form(request);
        Login login =
                switch (form.getOrDefault("grant_type", "")) {
                    case "authorization_code" -> codes.remove(form.getOrDefault("code", ""));
                    case "refresh_token" ->
                            refreshes.remove(form.getOrDefault("refresh_token", ""));
                    default -> null;
                };
        if (login == null || accounts.login(login.secret()).isEmpty()) {
            return TinyHttp.Response.json(400, "{\"error\":\"invalid_grant\"}");
        }
        String refresh = UUID.randomUUID().toString();
        refreshes.put(refresh, login);
        return TinyHttp.Response.json(
                200,
                "{\"access_token\":\"%s\",\"refresh_token\":\"%s\"}"
                        .formatted(UUID.randomUUID(), refresh));
    }
}
