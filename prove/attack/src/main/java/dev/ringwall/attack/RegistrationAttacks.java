package dev.ringwall.attack;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ringwall.model.Client;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Registration;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Attacks by programs that register themselves as clients (RFC 7591 §5, RFC 7592 §4, OpenID Connect Dynamic Client Registration 1.0 §9).
final class RegistrationAttacks {

    private static final String OWN_BACK = "https://program.example/callback";
    private static final String ID = "client_id";

    private final Derivation to;
    private final ClientRegistration says;

    private RegistrationAttacks(Derivation to, ClientRegistration says) {
        this.to = to;
        this.says = says;
    }

    static void derive(Derivation to) {
        to.blueprint()
                .declaration()
                .clientRegistration()
                .filter(says -> says.kinds().keySet().stream().anyMatch(Client.Kind::returns))
                .ifPresent(says -> {
                    RegistrationAttacks attacks = new RegistrationAttacks(to, says);
                    if (says.mode() == Registration.Mode.INVITE) {
                        attacks.invitations();
                    }
                    attacks.redirects();
                    attacks.words();
                    attacks.management();
                });
    }

    /// The id of a client that has registered itself just now.
    static String fresh(Derivation to, ClientRegistration says, Scene scene)
            throws IOException, NotPlayable {
        RegistrationAttacks all = new RegistrationAttacks(to, says);
        return id(registered(scene, all.metadata(), all.invitation(scene, 1)));
    }

    private void invitations() {
        add(
                "registration-uninvited",
                "somebody registers a client without having been invited",
                scene -> made(send(scene, "POST", "", metadata(), "")));
        add(
                "registration-invitation-guessed",
                "somebody registers a client with a token that nobody made",
                scene -> made(send(scene, "POST", "", metadata(), "invitation-1")));
        add(
                "registration-invitation-reused",
                "somebody registers a second client with an invitation for one",
                scene -> {
                    String once = invitation(scene, 1);
                    registered(scene, metadata(), once);
                    return made(send(scene, "POST", "", metadata(), once));
                });
    }

    private void redirects() {
        redirect("script", "into a script", "javascript:alert(document.domain)//");
        redirect("plain", "without TLS", "http://program.example/callback");
        redirect("user", "behind an @", "https://program.example@elsewhere.example/callback");
        redirect("users", "behind more than one @", "https://program.example@a@elsewhere.example/");
        redirect("fragment", "into a fragment", "https://program.example/callback#here");
        redirect("anywhere", "to any host", "https://*.example/callback");
    }

    private void redirect(String name, String how, String address) {
        add(
                "registration-redirect-" + name,
                "a program has codes of its people sent " + how,
                scene -> {
                    Map<String, Object> bad = metadata();
                    bad.put("redirect_uris", List.of(OWN_BACK, address));
                    return made(send(scene, "POST", "", bad, invitation(scene, 1)));
                });
    }

    private void words() {
        add(
                "registration-id-chosen",
                "a program registers under the name of another",
                scene -> {
                    String taken = taken();
                    Map<String, Object> bad = metadata();
                    bad.put(ID, taken);
                    Reply reply = send(scene, "POST", "", bad, invitation(scene, 1));
                    return reply.status() == 201 && taken.equals(text(reply, ID))
                            ? new Seen.Yielded("it is " + taken)
                            : new Seen.Thwarted(
                                    "refused, or under another name: " + reply.status());
                });
        add(
                "registration-scope-beyond",
                "a program registers for what is not for it",
                scene -> {
                    Map<String, Object> bad = metadata();
                    bad.put("scope", beyond());
                    return scope(send(scene, "POST", "", bad, invitation(scene, 1)));
                });
        for (String member : List.of("jwks_uri", "sector_identifier_uri", "logo_uri")) {
            add(
                    "registration-fetches-" + member.replace("_uri", "").replace('_', '-'),
                    "a program has the provider go where it says: `" + member + "`",
                    scene -> {
                        try (FetchTrap trap = new FetchTrap("application/json", "{\"keys\":[]}")) {
                            Map<String, Object> bad = metadata();
                            bad.put(member, trap.address());
                            Reply reply = send(scene, "POST", "", bad, invitation(scene, 1));
                            return trap.sprung()
                                    ? new Seen.Yielded("the provider came to fetch it")
                                    : new Seen.Thwarted("nobody came: " + reply.status());
                        }
                    });
        }
    }

    private void management() {
        add(
                "registration-of-another-read",
                "a client looks at another with its own token",
                scene -> {
                    Map<String, Object> own = registered(scene, metadata(), invitation(scene, 1));
                    Map<String, Object> other = registered(scene, metadata(), invitation(scene, 1));
                    Reply reply = send(scene, "GET", id(other), Map.of(), access(own));
                    return seen(reply, 200);
                });
        add(
                "registration-of-another-ended",
                "a client ends another with its own token",
                scene -> {
                    Map<String, Object> own = registered(scene, metadata(), invitation(scene, 1));
                    Map<String, Object> other = registered(scene, metadata(), invitation(scene, 1));
                    send(scene, "DELETE", id(other), Map.of(), access(own));
                    Reply there = send(scene, "GET", id(other), Map.of(), access(other));
                    return there.status() == 200
                            ? new Seen.Thwarted("the other is still there")
                            : new Seen.Yielded("the other is gone: " + there.status());
                });
        add(
                "registration-widened",
                "a client asks for more once it is registered",
                scene -> {
                    Map<String, Object> own = registered(scene, metadata(), invitation(scene, 1));
                    Map<String, Object> more = metadata();
                    more.put(ID, id(own));
                    more.put("scope", beyond());
                    return scope(send(scene, "PUT", id(own), more, access(own)));
                });
        add(
                "registration-redirect-changed",
                "a client has codes sent into a script once it is registered",
                scene -> {
                    Map<String, Object> own = registered(scene, metadata(), invitation(scene, 1));
                    Map<String, Object> more = metadata();
                    more.put(ID, id(own));
                    more.put("redirect_uris", List.of("javascript:alert(document.domain)//"));
                    return seen(send(scene, "PUT", id(own), more, access(own)), 200);
                });
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.CLIENTS, story, says.line(), Expectation.stopped(), play);
    }

    /// What a good program says of itself.
    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("client_name", "Program of the prover");
        metadata.put("redirect_uris", List.of(OWN_BACK));
        if (says.kinds().containsKey(Client.Kind.BROWSER)) {
            metadata.put("token_endpoint_auth_method", "none");
        } else if (!says.kinds().containsKey(Client.Kind.WEB)) {
            metadata.put("application_type", "native");
        }
        return metadata;
    }

    private String taken() {
        return to.blueprint().declaration().clients().keySet().stream()
                .findFirst()
                .orElse("ringwall-cli");
    }

    /// An operation that no role of such a client may call; where there is none, one that nobody has.
    private String beyond() {
        Set<String> may = new TreeSet<>();
        for (String role : says.roles().keySet()) {
            to.grants().operationsOf(role).stream().map(OperationName::toString).forEach(may::add);
        }
        return to.own().stream()
                .map(operation -> operation.name().toString())
                .filter(name -> !may.contains(name))
                .findFirst()
                .orElse("nothing.of-that-name");
    }

    private String invitation(Scene scene, int uses) throws NotPlayable {
        return says.mode() == Registration.Mode.OPEN
                ? ""
                : scene.stage()
                        .target()
                        .desk()
                        .invitation(uses)
                        .orElseThrow(() -> new NotPlayable("no invitation can be made"));
    }

    private static Reply send(
            Scene scene, String method, String id, Map<String, Object> says, String token)
            throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Call call =
                Call.of(method, flow.path() + "/clients" + (id.isEmpty() ? "" : "/" + id))
                        .with("Content-Type", "application/json")
                        .withBody(says.isEmpty() ? "" : JSONObjectUtils.toJSONString(says));
        return flow.browser().send(token.isEmpty() ? call : call.bearer(token));
    }

    private static Map<String, Object> registered(
            Scene scene, Map<String, Object> says, String token) throws IOException, NotPlayable {
        Reply reply = send(scene, "POST", "", says, token);
        Map<String, Object> made = object(reply);
        if (reply.status() != 201 || !made.containsKey("registration_access_token")) {
            throw new NotPlayable("a good program is not registered: " + reply.excerpt());
        }
        return made;
    }

    private static Seen made(Reply reply) {
        return seen(reply, 201);
    }

    private static Seen seen(Reply reply, int good) {
        return reply.status() == good
                ? new Seen.Yielded("it was done: " + good)
                : new Seen.Thwarted("refused: " + reply.status());
    }

    private Seen scope(Reply reply) {
        boolean given =
                reply.status() < 300
                        && new ArrayList<>(List.of(text(reply, "scope").split(" ", -1)))
                                .contains(beyond());
        return given
                ? new Seen.Yielded("it was given " + beyond())
                : new Seen.Thwarted("refused: " + reply.status());
    }

    private static String id(Map<String, Object> client) {
        return String.valueOf(client.get(ID));
    }

    private static String access(Map<String, Object> client) {
        return String.valueOf(client.get("registration_access_token"));
    }

    private static String text(Reply reply, String member) {
        return String.valueOf(object(reply).get(member));
    }

    private static Map<String, Object> object(Reply reply) {
        try {
            return JSONObjectUtils.parse(reply.body());
        } catch (ParseException none) {
            return Map.of();
        }
    }
}
