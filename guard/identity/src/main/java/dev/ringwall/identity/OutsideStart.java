package dev.ringwall.identity;

import dev.ringwall.federation.Checked;
import dev.ringwall.federation.Federation;
import dev.ringwall.federation.Wish;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/// Sends a browser to an outside provider, to sign in or to be linked.
final class OutsideStart {

    private static final int HINT_CHARACTERS_MAX = 200;

    private final URI door;
    private final Federation federation;
    private final OutsideFlows flows;
    private final InstantSource clock;

    OutsideStart(URI door, Federation federation, OutsideFlows flows, InstantSource clock) {
        this.door = door;
        this.federation = federation;
        this.flows = flows;
        this.clock = clock;
    }

    /// Where the provider sends the browser back to: an address of this provider's own (RFC 9700 §4.4.2.2).
    String returnTo(OutsideProvider provider) {
        return door + Paths.SSO + "/" + provider.name() + Paths.CALLBACK;
    }

    /// Somebody wants to sign in by it, for the question that the request carries.
    Checked<URI> signIn(
            HttpServletRequest request, HttpServletResponse response, OutsideProvider provider) {
        Wanted wanted = Wanted.by(request);
        OptionalLong maxAge =
                wanted.maxAge() != null && PromptRule.SECONDS.matcher(wanted.maxAge()).matches()
                        ? OptionalLong.of(Long.parseLong(wanted.maxAge()))
                        : OptionalLong.empty();
        String onward = Question.next(request);
        if (onward.length() > OutsideFlows.ONWARD_CHARACTERS_MAX) {
            return new Checked.Wrong<>("question-too-long");
        }
        return begin(
                request,
                response,
                provider,
                new OutsideFlows.Flow(
                        provider.name(),
                        Optional.empty(),
                        onward,
                        wanted.anew() || maxAge.equals(OptionalLong.of(0)),
                        maxAge,
                        Wanted.twice(request),
                        clock.instant()),
                wanted.prompts().contains("select_account")
                        ? Optional.of("select_account")
                        : wanted.anew() ? Optional.of("login") : Optional.empty());
    }

    /// Somebody who is signed in wants the account to be linked.
    Checked<URI> link(
            HttpServletRequest request,
            HttpServletResponse response,
            OutsideProvider provider,
            SignedIn person) {
        return begin(
                request,
                response,
                provider,
                new OutsideFlows.Flow(
                        provider.name(),
                        Optional.of(person.sid()),
                        Paths.ACCOUNT_SSO,
                        false,
                        OptionalLong.empty(),
                        false,
                        clock.instant()),
                Optional.of("login"));
    }

    private Checked<URI> begin(
            HttpServletRequest request,
            HttpServletResponse response,
            OutsideProvider provider,
            OutsideFlows.Flow flow,
            Optional<String> prompt) {
        OutsideFlows.Sent sent = flows.begin(request, response, flow);
        return federation.begin(
                provider,
                new Wish(
                        returnTo(provider),
                        sent.state(),
                        sent.nonce(),
                        CodeChallenge.s256(sent.verifier()),
                        prompt,
                        flow.maxAge(),
                        flow.twice(),
                        Optional.ofNullable(request.getParameter("login_hint"))
                                .filter(hint -> hint.length() <= HINT_CHARACTERS_MAX)));
    }
}
