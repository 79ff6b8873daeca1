package dev.ringwall.attack;

import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Attacks by programs that register themselves as clients (RFC 7591 §5, RFC 7592 §4, OpenID Connect Dynamic Client Registration 1.0 §9).
final class RegistrationAttacks {

    private final Derivation to;
    private final ClientRegistration says;
    private final RegistrationDesk desk;

    private RegistrationAttacks(Derivation to, RegistrationDesk desk) {
        this.to = to;
        this.says = desk.says();
        this.desk = desk;
    }

    static void derive(Derivation to) {
        to.blueprint()
                .declaration()
                .clientRegistration()
                .map(RegistrationDesk::new)
                .filter(RegistrationDesk::returns)
                .ifPresent(desk -> {
                    RegistrationAttacks attacks = new RegistrationAttacks(to, desk);
                    if (desk.says().mode() == Registration.Mode.INVITE) {
                        attacks.invitations();
                    }
                    attacks.redirects();
                    attacks.words();
                    attacks.management();
                });
    }

    private void invitations() {
        add(
                "registration-uninvited",
                "somebody registers a client without having been invited",
                scene -> made(desk.send(scene, "POST", "", desk.metadata(), "")));
        add(
                "registration-invitation-guessed",
                "somebody registers a client with a token that nobody made",
                scene -> made(desk.send(scene, "POST", "", desk.metadata(), "invitation-1")));
        add(
                "registration-invitation-reused",
                "somebody registers a second client with an invitation for one",
                scene -> {
                    String once = desk.invitation(scene, 1);
                    desk.registered(scene, desk.metadata(), once);
                    return made(desk.send(scene, "POST", "", desk.metadata(), once));
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
                    Map<String, Object> bad = desk.metadata();
                    bad.put("redirect_uris", List.of(RegistrationDesk.OWN_BACK, address));
                    return made(desk.send(scene, "POST", "", bad, desk.invitation(scene, 1)));
                });
    }

    private void words() {
        add(
                "registration-id-chosen",
                "a program registers under the name of another",
                scene -> {
                    String taken = taken();
                    Map<String, Object> bad = desk.metadata();
                    bad.put(RegistrationDesk.ID, taken);
                    Reply reply = desk.send(scene, "POST", "", bad, desk.invitation(scene, 1));
                    return reply.status() == 201
                                    && taken.equals(
                                            RegistrationDesk.text(reply, RegistrationDesk.ID))
                            ? new Seen.Yielded("it is " + taken)
                            : new Seen.Thwarted(
                                    "refused, or under another name: " + reply.status());
                });
        add(
                "registration-scope-beyond",
                "a program registers for what is not for it",
                scene -> {
                    Map<String, Object> bad = desk.metadata();
                    bad.put("scope", beyond());
                    return scope(desk.send(scene, "POST", "", bad, desk.invitation(scene, 1)));
                });
        for (String member : List.of("jwks_uri", "sector_identifier_uri", "logo_uri")) {
            add(
                    "registration-fetches-" + member.replace("_uri", "").replace('_', '-'),
                    "a program has the provider go where it says: `" + member + "`",
                    scene -> {
                        try (FetchTrap trap = new FetchTrap("application/json", "{\"keys\":[]}")) {
                            Map<String, Object> bad = desk.metadata();
                            bad.put(member, trap.address());
                            Reply reply =
                                    desk.send(scene, "POST", "", bad, desk.invitation(scene, 1));
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
                    Map<String, Object> own = desk.registered(scene);
                    Map<String, Object> other = desk.registered(scene);
                    Reply reply =
                            desk.send(
                                    scene,
                                    "GET",
                                    RegistrationDesk.id(other),
                                    Map.of(),
                                    RegistrationDesk.access(own));
                    return seen(reply, 200);
                });
        add(
                "registration-of-another-ended",
                "a client ends another with its own token",
                scene -> {
                    Map<String, Object> own = desk.registered(scene);
                    Map<String, Object> other = desk.registered(scene);
                    desk.send(
                            scene,
                            "DELETE",
                            RegistrationDesk.id(other),
                            Map.of(),
                            RegistrationDesk.access(own));
                    Reply there =
                            desk.send(
                                    scene,
                                    "GET",
                                    RegistrationDesk.id(other),
                                    Map.of(),
                                    RegistrationDesk.access(other));
                    return there.status() == 200
                            ? new Seen.Thwarted("the other is still there")
                            : new Seen.Yielded("the other is gone: " + there.status());
                });
        add(
                "registration-widened",
                "a client asks for more once it is registered",
                scene -> {
                    Map<String, Object> own = desk.registered(scene);
                    Map<String, Object> more = desk.metadata();
                    more.put("scope", beyond());
                    return scope(desk.replace(scene, own, more));
                });
        add(
                "registration-redirect-changed",
                "a client has codes sent into a script once it is registered",
                scene -> {
                    Map<String, Object> own = desk.registered(scene);
                    Map<String, Object> more = desk.metadata();
                    more.put("redirect_uris", List.of("javascript:alert(document.domain)//"));
                    return seen(desk.replace(scene, own, more), 200);
                });
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.CLIENTS, story, says.line(), Expectation.stopped(), play);
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
                        && new ArrayList<>(
                                        List.of(
                                                RegistrationDesk.text(reply, "scope")
                                                        .split(" ", -1)))
                                .contains(beyond());
        return given
                ? new Seen.Yielded("it was given " + beyond())
                : new Seen.Thwarted("refused: " + reply.status());
    }
}
