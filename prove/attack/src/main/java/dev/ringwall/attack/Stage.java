package dev.ringwall.attack;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Grants;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What the attacks of one run share: the target, the credentials obtained, the things created. For any thread.
final class Stage {

    private record Holder(String role, int number) {}

    private record Creation(OperationName by, String role, int number) {}

    private final Target target;
    private final Grants grants;
    private final InstantSource clock;
    private final Sources sources;
    private final Road door;
    private final Pki pki;
    private final Once<Holder, Credential> credentials = new Once<>();
    private final Once<Holder, Credential.Password> twofold = new Once<>();
    private final AtomicInteger another = new AtomicInteger(Accounts.OWN);
    private final Once<Holder, Session> sessions = new Once<>();
    private final Once<Creation, String> created = new Once<>();
    private final Once<String, String> published = new Once<>();

    Stage(Target target, InstantSource clock) {
        this.target = target;
        this.grants = new Grants(target.blueprint());
        this.clock = clock;
        this.pki = new Pki(clock);
        this.door =
                Road.secure(
                        target.door(), Road.Hello.modern(Pki.trusting(target.authority()), true));
        this.sources = new Sources(door.to().getAddress());
    }

    Target target() {
        return target;
    }

    Blueprint blueprint() {
        return target.blueprint();
    }

    Grants grants() {
        return grants;
    }

    InstantSource clock() {
        return clock;
    }

    Sources sources() {
        return sources;
    }

    Road door() {
        return door;
    }

    Pki pki() {
        return pki;
    }

    /// The credential of the `number`th holder of the role. Where the role asks for a second factor, it has one.
    Credential credential(String role, int number) throws NotPlayable {
        return credentials.of(
                new Holder(role, number),
                () -> {
                    Credential made =
                            target.legitimacy()
                                    .credential(role, number)
                                    .orElseThrow(() ->
                                            new NotPlayable("no credential for role " + role));
                    return made instanceof Credential.Password password && twice(role)
                            ? withApp(password)
                            : made;
                });
    }

    /// The `number`th holder of the role, who has an authenticator app, whether the role asks for one or not.
    Credential.Password twofold(String role, int number) throws NotPlayable {
        return twofold.of(
                new Holder(role, number),
                () ->
                        switch (credential(role, number)) {
                            case Credential.Password password ->
                                    twice(role) ? password : withApp(password);
                            case Credential.Key _, Credential.Client _, Credential.Token _ ->
                                    throw new NotPlayable(
                                            "no account with a password for role " + role);
                        });
    }

    /// The number of a holder of a role that nothing else uses.
    int another() {
        return another.getAndIncrement();
    }

    /// Whether holders of the role show a second factor.
    boolean twice(String role) {
        Role declared = blueprint().declaration().roles().get(role);
        return declared != null && declared.mfa() == Role.Mfa.ALWAYS;
    }

    /// The same account, once its owner has added an app on the login page.
    private Credential.Password withApp(Credential.Password who) throws IOException, NotPlayable {
        Authenticator app = new Authenticator(clock);
        Credential.Password both = new Credential.Password(who.user(), who.password(), app);
        LoginFlow flow = LoginFlow.of(target, sources.fresh(), door);
        Map<String, String> question = flow.question("openid", Pkce.fresh());
        question.put("acr_values", LoginFlow.ACR_TWICE);
        return switch (flow.authorize(both, question)) {
            case LoginFlow.Authorization.Code _ when app.added() -> both;
            case LoginFlow.Authorization.Code _ -> throw new NotPlayable("no app can be added");
            case LoginFlow.Authorization.Turned(String why, _) ->
                    throw new NotPlayable("adding an authenticator app: " + why);
        };
    }

    /// What the `number`th holder of the role has once it has proved who it is.
    Session session(String role, int number) throws NotPlayable {
        Credential credential = credential(role, number);
        return sessions.of(
                new Holder(role, number),
                () ->
                        switch (credential) {
                            case Credential.Key(String text) ->
                                    new Session(text, false, Optional.empty());
                            case Credential.Token(String text) ->
                                    new Session(text, true, Optional.empty());
                            case Credential.Client client -> machine(client);
                            case Credential.Password password -> person(role, password);
                        });
    }

    private Session person(String role, Credential.Password password)
            throws IOException, NotPlayable {
        LoginFlow flow = LoginFlow.of(target, sources.fresh(), door);
        return switch (flow.signIn(password, LoginFlow.scopes(grants.operationsOf(role)))) {
            case LoginFlow.Outcome.Tokens tokens -> new Session(tokens.access(), true, tokens.id());
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new NotPlayable("signing in as " + role + ": " + why);
        };
    }

    private Session machine(Credential.Client client) throws IOException, NotPlayable {
        LoginFlow flow = LoginFlow.of(target, sources.fresh(), door);
        return switch (flow.clientCredentials(client)) {
            case LoginFlow.Outcome.Tokens tokens -> new Session(tokens.access(), true, tokens.id());
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new NotPlayable("client credentials: " + why);
        };
    }

    /// The id of something that the operation made when that holder of the role called it.
    String created(Scene scene, Operation by, String role, int number)
            throws IOException, NotPlayable {
        return created.of(
                new Creation(by.name(), role, number),
                () -> {
                    Call call = new Requests(this).plain(by).bearer(scene.bearer(role, number));
                    Reply reply = scene.exchange(scene.door(), call);
                    if (!(Scene.seen(reply) instanceof Seen.Answered) || reply.status() >= 300) {
                        throw new NotPlayable(by.name() + " made nothing: " + reply.excerpt());
                    }
                    return Requests.id(reply)
                            .orElseThrow(() ->
                                    new NotPlayable(
                                            by.name() + " answers neither an id nor a Location"));
                });
    }

    /// The provider's published keys, read once.
    String published(Once.Maker<String> reader) throws NotPlayable {
        return published.of("jwks", reader);
    }

    /// Where the service and its sidecar are.
    Place place(String service) throws NotPlayable {
        Place place = target.places().get(service);
        if (place == null) {
            throw new NotPlayable("it is not known where " + service + " is");
        }
        return place;
    }

    InetSocketAddress inbound(String service) throws NotPlayable {
        return place(service)
                .inbound()
                .orElseThrow(() ->
                        new NotPlayable("it is not known where the sidecar of " + service + " is"));
    }

    Insider insider(String service) throws NotPlayable {
        return place(service)
                .insider()
                .orElseThrow(() -> new NotPlayable("no identity of " + service + " is at hand"));
    }

    Optional<URI> outbound(String service, String callee) throws NotPlayable {
        return Optional.ofNullable(place(service).outbound().get(callee));
    }
}
