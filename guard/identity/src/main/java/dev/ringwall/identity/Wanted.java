package dev.ringwall.identity;

import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What sort of login a client wants for its question (OpenID Connect Core §3.1.2.1 `prompt`, `max_age`).
///
/// Whether somebody has signed in *because of* a question can be told only where the question lies at the server: its time of arrival
/// is what the login must be younger than, and nobody in front of the screen can change that.
record Wanted(Set<String> prompts, @Nullable String maxAge) {

    static final String NONE = "none";
    static final String CONSENT = "consent";

    /// Those that are acted upon. To choose an account is to sign in anew: the page asks for a name.
    static final Set<String> PROMPTS = Set.of(NONE, "login", "select_account", Wanted.CONSENT);

    Wanted {
        prompts = Set.copyOf(prompts);
    }

    /// What the request says.
    static Wanted by(HttpServletRequest request) {
        String prompt = request.getParameter("prompt");
        return new Wanted(
                prompt == null ? Set.of() : words(prompt), request.getParameter("max_age"));
    }

    /// The words of a parameter that is a list of them.
    static Set<String> words(String list) {
        return new TreeSet<>(List.of(list.split(" ", -1)));
    }

    /// Whether it is to be answered without showing anything.
    boolean silent() {
        return prompts.contains(NONE);
    }

    /// Whether it matters when the person signed in.
    boolean asksForLogin() {
        return anew() || maxAge != null;
    }

    /// Whether somebody who has signed in must do so again.
    boolean anew() {
        return prompts.contains("login") || prompts.contains("select_account");
    }

    /// Whether the client would have a second factor (`acr_values`, §3.1.2.1, or `acr` in `claims`, §5.5.1.1). Who can be asked for one is.
    static boolean twice(HttpServletRequest request) {
        String values = request.getParameter("acr_values");
        return (values != null && words(values).contains(TokenMint.ACR_TWICE))
                || AskedClaims.by(request).twice();
    }

    /// Whether the question is better not carried in addresses: it is long, or names somebody.
    static boolean unspeakable(HttpServletRequest request) {
        return request.getParameter(AskedClaims.PARAMETER) != null
                || request.getParameter(HintRule.PARAMETER) != null;
    }

    /// Whether that login will do.
    static boolean enough(HttpServletRequest request, SignedIn person, InstantSource clock) {
        if (twice(request) && !person.twice()) {
            return false;
        }
        Wanted wanted = by(request);
        if (!wanted.asksForLogin()) {
            return true;
        }
        boolean because =
                PushedRequests.held(request)
                        .filter(pushed -> !person.since().isBefore(pushed.opened()))
                        .isPresent();
        return because || (!wanted.anew() && wanted.youngEnough(person.since(), clock.instant()));
    }

    private boolean youngEnough(Instant since, Instant now) {
        return maxAge != null
                && PromptRule.SECONDS.matcher(maxAge).matches()
                && !now.isAfter(since.plusSeconds(Long.parseLong(maxAge)));
    }
}
