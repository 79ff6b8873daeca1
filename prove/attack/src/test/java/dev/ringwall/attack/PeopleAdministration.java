package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Login;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// The page for administrators of the system of people, and what keeps its client to it.
final class PeopleAdministration {

    private static final String CLIENT = "ringwall-administration";

    private final Set<Gap> gaps;
    private final Supplier<String> origin;

    PeopleAdministration(Set<Gap> gaps, Supplier<String> origin) {
        this.gaps = gaps;
        this.origin = origin;
    }

    TinyHttp.Response page() {
        TinyHttp.Response page =
                new TinyHttp.Response(200, Map.of("Content-Type", "text/html"), "<h1>People</h1>");
        return gaps.contains(Gap.ADMINISTRATION_PAGE_OPEN)
                ? page
                : page.with(
                        "Content-Security-Policy",
                        "script-src "
                                + origin.get()
                                + "/auth/administration/; frame-ancestors 'none'");
    }

    /// Whether that is no question of the page.
    boolean refuses(TinyHttp.Request request, Map<String, String> question) {
        if (!ours(question)) {
            return false;
        }
        boolean elsewhere =
                !question.getOrDefault("redirect_uri", "")
                        .equals(origin.get() + "/auth/administration");
        boolean script = request.header("Sec-Fetch-Mode").filter("cors"::equals).isPresent();
        return (elsewhere && !gaps.contains(Gap.ADMINISTRATION_SENT_ELSEWHERE))
                || (script && !gaps.contains(Gap.ADMINISTRATION_BY_SCRIPT));
    }

    /// Whether that person may not administer.
    boolean refuses(Map<String, String> question, Login login) {
        return ours(question)
                && !login.person().role.equals("clerk")
                && !gaps.contains(Gap.ADMINISTRATION_FOR_ANYBODY);
    }

    /// Whether tokens are asked for that would be bound to nothing.
    boolean unbound(TinyHttp.Request request, Map<String, String> form) {
        return ours(form)
                && request.header("DPoP").isEmpty()
                && !gaps.contains(Gap.ADMINISTRATION_UNBOUND);
    }

    /// A token that says what it is good for, as a clerk gets it by that client.
    ///
    /// @param known what else the client is told
    String token(Map<String, String> form, Map<String, Object> known) {
        Map<String, Object> claims = new HashMap<>(known);
        boolean administers =
                !Set.of("storefront", "desk").contains(form.getOrDefault("client_id", ""))
                        || gaps.contains(Gap.ADMINISTRATION_BY_STOREFRONT);
        claims.put("scope", administers ? "notes.list ringwall.list-users" : "notes.list");
        return Jws.unsigned(Map.of("alg", "ES256", "jti", UUID.randomUUID().toString()), claims)
                .compact();
    }

    private static boolean ours(Map<String, String> says) {
        return CLIENT.equals(says.get("client_id"));
    }
}
