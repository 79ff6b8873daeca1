package dev.ringwall.identity;

import dev.ringwall.federation.Checked;
import dev.ringwall.federation.Claims;
import dev.ringwall.federation.Federation;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.people.OutsideLinks;
import dev.ringwall.people.OutsideSignIn;
import dev.ringwall.people.Rights;
import dev.ringwall.people.Sessions;
import dev.ringwall.people.SignedIn;
import dev.ringwall.people.Vouched;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where people leave for an outside provider and come back from it: `/auth/sso/NAME` and `/auth/sso/NAME/callback`; and where the provider says that a login is
/// over, `/auth/sso/NAME/logout`. What comes back counts for the browser that left and for nobody else.
final class SsoPage extends HttpServlet {

    private static final int CODE_CHARACTERS_MAX = 4_000;
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    private final transient Rights rights;
    private final transient Federation federation;
    private final transient OutsideStart start;
    private final transient OutsideFlows flows;
    private final transient OutsideSignIn signIn;
    private final transient OutsideLinks links;
    private final transient LogoutHearing hearing;
    private final transient SessionCookie cookie;
    private final transient Sessions sessions;
    private final transient Arrival arrival;
    private final transient InstantSource clock;

    SsoPage(
            Rights rights,
            Federation federation,
            OutsideStart start,
            OutsideFlows flows,
            OutsideSignIn signIn,
            OutsideLinks links,
            LogoutHearing hearing,
            SessionCookie cookie,
            Sessions sessions,
            Arrival arrival,
            InstantSource clock) {
        this.rights = rights;
        this.federation = federation;
        this.start = start;
        this.flows = flows;
        this.signIn = signIn;
        this.links = links;
        this.hearing = hearing;
        this.cookie = cookie;
        this.sessions = sessions;
        this.arrival = arrival;
        this.clock = clock;
    }

    /// The provider that the path names, and what follows it.
    private record Place(OutsideProvider provider, String rest) {}

    private Optional<Place> place(HttpServletRequest request) {
        String path = request.getRequestURI().substring(Paths.SSO.length());
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        int end = path.indexOf('/', 1);
        String name = end < 0 ? path.substring(1) : path.substring(1, end);
        return rights.provider(name)
                .map(provider -> new Place(provider, end < 0 ? "" : path.substring(end)));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Place> place = place(request);
        if (place.isPresent() && place.get().rest().isEmpty()) {
            begin(request, response, place.get().provider());
        } else if (place.isPresent() && place.get().rest().equals(Paths.CALLBACK)) {
            back(request, response, place.get().provider());
        } else {
            nothing(response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Place> place = place(request);
        if (place.isPresent() && place.get().rest().equals(Paths.OVER)) {
            hearing.hear(request, response, place.get().provider());
        } else {
            nothing(response);
        }
    }

    private static void nothing(HttpServletResponse response) throws IOException {
        Pages.error(
                response,
                HttpServletResponse.SC_NOT_FOUND,
                "There is nothing here",
                "Nobody signs in by this address.");
    }

    private void begin(
            HttpServletRequest request, HttpServletResponse response, OutsideProvider provider)
            throws IOException {
        switch (start.signIn(request, response, provider)) {
            case Checked.Right<URI>(URI there) -> {
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("Referrer-Policy", "no-referrer");
                Answers.see(response, there.toString());
            }
            case Checked.Wrong<URI>(String why) -> refuse(response, provider, why);
        }
    }

    private void back(
            HttpServletRequest request, HttpServletResponse response, OutsideProvider provider)
            throws IOException {
        Optional<OutsideFlows.Back> known =
                single(request, "state")
                        .flatMap(state -> flows.back(request, state, provider.name()));
        if (known.isEmpty()) {
            refuse(response, provider, "not-begun-here");
            return;
        }
        OutsideFlows.Back back = known.get();
        Checked<Claims> claims =
                twice(request, "iss")
                        ? new Checked.Wrong<>("answer-of-another")
                        : federation
                                .answeredBy(provider, single(request, "iss"))
                                .then(_ -> redeemed(request, provider, back));
        switch (claims.then(said -> vouched(provider, back.flow(), said))) {
            case Checked.Wrong<Vouched>(String why) -> refuse(response, provider, why);
            case Checked.Right<Vouched>(Vouched vouched) ->
                    arrived(request, response, provider, back.flow(), vouched);
        }
    }

    private Checked<Claims> redeemed(
            HttpServletRequest request, OutsideProvider provider, OutsideFlows.Back back) {
        Optional<String> error = single(request, "error");
        if (error.isPresent() || request.getParameter("error") != null) {
            return new Checked.Wrong<>(
                    error.filter("access_denied"::equals).isPresent()
                            ? "access-denied-there"
                            : "refused-there");
        }
        return single(request, "code")
                .map(code ->
                        federation.redeem(
                                provider,
                                code,
                                start.returnTo(provider),
                                back.sent().verifier(),
                                back.sent().nonce()))
                .orElseGet(() -> new Checked.Wrong<>("code-missing"));
    }

    private Checked<Vouched> vouched(
            OutsideProvider provider, OutsideFlows.Flow flow, Claims claims) {
        Instant now = clock.instant();
        Optional<Instant> proved = claims.authTime().map(time -> time.isAfter(now) ? now : time);
        boolean fresh =
                proved.filter(time -> !time.isBefore(flow.begun().minus(CLOCKS_DIFFER)))
                        .isPresent();
        boolean young =
                flow.maxAge().isEmpty()
                        || fresh
                        || proved.filter(time ->
                                        !now.isAfter(time.plusSeconds(flow.maxAge().getAsLong())))
                                .isPresent();
        if ((flow.anew() && !fresh) || !young) {
            return new Checked.Wrong<>("not-proved-again");
        }
        boolean twice = provider.secondFactor().in(claims.all());
        if (flow.twice() && !twice) {
            return new Checked.Wrong<>("no-second-factor");
        }
        return new Checked.Right<>(Vouching.of(provider, claims, fresh ? now : proved.orElse(now)));
    }

    private void arrived(
            HttpServletRequest request,
            HttpServletResponse response,
            OutsideProvider provider,
            OutsideFlows.Flow flow,
            Vouched vouched)
            throws IOException {
        if (flow.sid().isPresent()) {
            linked(request, response, provider, flow.sid().get(), vouched);
            return;
        }
        switch (signIn.arrive(provider, vouched)) {
            case OutsideSignIn.Result.Welcome(Sessions.Started session, Duration lasts) -> {
                if (flow.onward().equals(Paths.ACCOUNT)) {
                    cookie.person(request).ifPresent(before -> sessions.end(before.sid()));
                }
                arrival.hand(request, response, session, lasts);
                Answers.see(response, flow.onward());
            }
            case OutsideSignIn.Result.Refused(String why) ->
                    SsoRefusals.show(response, provider.name(), why);
        }
    }

    private void linked(
            HttpServletRequest request,
            HttpServletResponse response,
            OutsideProvider provider,
            String sid,
            Vouched vouched)
            throws IOException {
        Optional<SignedIn> person = cookie.person(request).filter(who -> who.sid().equals(sid));
        OutsideLinks.Change change =
                person.map(who -> links.add(who, vouched)).orElse(OutsideLinks.Change.NOT_RECENT);
        switch (change) {
            case DONE -> Answers.see(response, Paths.ACCOUNT_SSO);
            case TAKEN -> refuse(response, provider, "linked-to-another");
            case NOT_RECENT, UNKNOWN -> refuse(response, provider, "not-recent");
        }
    }

    private void refuse(HttpServletResponse response, OutsideProvider provider, String why)
            throws IOException {
        signIn.failed(provider.name(), why, Optional.empty());
        SsoRefusals.show(response, provider.name(), why);
    }

    private static boolean twice(HttpServletRequest request, String name) {
        String @Nullable [] values = request.getParameterValues(name);
        return values != null && values.length > 1;
    }

    /// A parameter that comes once, and is of a length to be looked at.
    private static Optional<String> single(HttpServletRequest request, String name) {
        return twice(request, name)
                ? Optional.empty()
                : Optional.ofNullable(request.getParameter(name))
                        .filter(value -> value.length() <= CODE_CHARACTERS_MAX);
    }
}
