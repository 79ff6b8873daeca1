package dev.ringwall.attack;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ringwall.model.Client;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.Registration;
import java.io.IOException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How a program registers itself as a client (RFC 7591 §3), and what it says of itself.
///
/// @param says what the declaration lets such clients be
record RegistrationDesk(ClientRegistration says) {

    static final String OWN_BACK = "https://program.example/callback";
    static final String ID = "client_id";

    /// Whether people sign in through such clients.
    boolean returns() {
        return says.kinds().keySet().stream().anyMatch(Client.Kind::returns);
    }

    /// What a good program says of itself.
    Map<String, Object> metadata() {
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

    /// A token for so many clients; empty where none is needed.
    String invitation(Scene scene, int uses) throws NotPlayable {
        return says.mode() == Registration.Mode.OPEN
                ? ""
                : scene.stage()
                        .target()
                        .desk()
                        .invitation(uses)
                        .orElseThrow(() -> new NotPlayable("no invitation can be made"));
    }

    /// Sends it, for that client or for a new one.
    Reply send(Scene scene, String method, String id, Map<String, Object> says, String token)
            throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Call call =
                Call.of(method, flow.path() + "/clients" + (id.isEmpty() ? "" : "/" + id))
                        .with("Content-Type", "application/json")
                        .withBody(says.isEmpty() ? "" : JSONObjectUtils.toJSONString(says));
        return flow.browser().send(token.isEmpty() ? call : call.bearer(token));
    }

    /// The client that a good program becomes.
    Map<String, Object> registered(Scene scene, Map<String, Object> says, String token)
            throws IOException, NotPlayable {
        Reply reply = send(scene, "POST", "", says, token);
        Map<String, Object> made = object(reply);
        if (reply.status() != 201 || !made.containsKey("registration_access_token")) {
            throw new NotPlayable("a good program is not registered: " + reply.excerpt());
        }
        return made;
    }

    /// A good program that was registered just now.
    Map<String, Object> registered(Scene scene) throws IOException, NotPlayable {
        return registered(scene, metadata(), invitation(scene, 1));
    }

    /// Puts that in place of what the client said of itself.
    Reply replace(Scene scene, Map<String, Object> client, Map<String, Object> says)
            throws IOException, NotPlayable {
        Map<String, Object> all = new HashMap<>(says);
        all.put(ID, id(client));
        return send(scene, "PUT", id(client), all, access(client));
    }

    static String id(Map<String, Object> client) {
        return String.valueOf(client.get(ID));
    }

    static String access(Map<String, Object> client) {
        return String.valueOf(client.get("registration_access_token"));
    }

    static String text(Reply reply, String member) {
        return String.valueOf(object(reply).get(member));
    }

    static Map<String, Object> object(Reply reply) {
        try {
            return JSONObjectUtils.parse(reply.body());
        } catch (ParseException none) {
            return Map.of();
        }
    }
}
