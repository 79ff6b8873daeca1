package dev.ringwall.attack;

import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Requests to the operations of `ringwall`, and what is seen of their answers.
final class Administering {

    static final String JSON = "application/json";
    static final String SCIM = "application/scim+json";
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

    private Administering() {}

    /// A name that nobody has yet.
    static String fresh() {
        return "attack-" + Long.toString(NUMBERS.incrementAndGet(), 36);
    }

    /// What makes something, where an example of a document would do only once; empty for other operations.
    static Optional<Call> making(Call call, OperationName name) {
        return switch (name.verb()) {
            case "create-user" ->
                    Optional.of(json(call, "{\"name\":\"" + fresh() + "\",\"roles\":[]}"));
            case "scim-create-user" ->
                    Optional.of(scim(call, "{\"userName\":\"" + fresh() + "\"}"));
            default -> Optional.empty();
        };
    }

    /// Whether it gives a role that its document's example does not know; a refusal to give that one shows that the caller was let in.
    static boolean givesRoles(OperationName name) {
        return name.owner().equals(Service.BUILT_IN)
                && (name.verb().equals("create-key") || name.verb().equals("create-client"));
    }

    static Call json(Call call, String body) {
        return call.with("Content-Type", JSON).withBody(body);
    }

    static Call scim(Call call, String body) {
        return call.with("Content-Type", SCIM).withBody(body);
    }

    static String made(Scene scene, Operation create, Role role) throws IOException, NotPlayable {
        return Requests.id(reply(scene, role, new Requests(scene.stage()).plain(create)))
                .orElseThrow(() -> new NotPlayable("no user was made"));
    }

    /// The account of somebody who holds that role.
    static String idOf(Scene scene, Role role) throws IOException, NotPlayable {
        return String.valueOf(
                Jws.parse(scene.bearer(role.name(), Accounts.ORDINARY))
                        .claims()
                        .getOrDefault("sub", "somebody"));
    }

    static Call call(Operation operation, String id) {
        return Call.of(
                operation.route().method(),
                operation.route().path().replace("{id}", id).replace("{part}", "app"));
    }

    static Reply reply(Scene scene, Role as, Call call) throws IOException, NotPlayable {
        return scene.patient(scene.door(), call.bearer(scene.bearer(as.name(), Accounts.ORDINARY)));
    }

    /// SCIM has a form of its own for errors; the reason stands in it as well.
    static Seen ask(Scene scene, Role as, Call call) throws IOException, NotPlayable {
        Reply reply = reply(scene, as, call);
        Optional<Reason> reason =
                reply.status() < 400
                        ? Optional.empty()
                        : Scene.json(reply)
                                .map(body -> body.path("reason").asString(""))
                                .flatMap(Reason::of);
        return reason.<Seen>map(Seen.Refused::new).orElseGet(() -> Scene.seen(reply));
    }
}
