package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.Reason;
import dev.ringwall.people.Asked;
import dev.ringwall.people.ClientWish;
import dev.ringwall.people.Directory;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.RegisteredClients;
import dev.ringwall.people.RegisteredClients.Known;
import dev.ringwall.people.RegisteredClients.Outcome;
import dev.ringwall.people.Secrets;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where programs register themselves as clients (RFC 7591 §3), and where each looks at itself, changes and ends itself with the registration
/// access token that it got (RFC 7592 §2). Where the declaration says nothing of such clients, there is nothing here.
final class RegistrationEndpoint extends HttpServlet {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String SECRET = "client_secret";

    /// RFC 7591 §3.2.1 and RFC 7592 §2.2: the provider says these, and nobody else.
    private static final List<String> OURS =
            List.of(
                    "registration_access_token",
                    "registration_client_uri",
                    "client_secret_expires_at",
                    "client_id_issued_at");

    private final transient RegisteredClients clients;
    private final transient ClientMetadata metadata;
    private final transient RegistrationAnswer answer;
    private final transient Ledger ledger;

    private RegistrationEndpoint(
            RegisteredClients clients,
            ClientMetadata metadata,
            RegistrationAnswer answer,
            Ledger ledger) {
        this.clients = clients;
        this.metadata = metadata;
        this.answer = answer;
        this.ledger = ledger;
    }

    static RegistrationEndpoint of(URI door, Directory directory) {
        return new RegistrationEndpoint(
                directory.registeredClients(),
                new ClientMetadata(directory.rights()),
                new RegistrationAnswer(door),
                directory.ledger());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        Optional<ClientRegistration> allowed = clients.allowed();
        if (allowed.isEmpty()) {
            Problems.send(response, Reason.NOT_DECLARED, Asked.current().request());
            return;
        }
        String path = request.getRequestURI().substring(Paths.CLIENTS.length());
        try {
            if (path.isEmpty()) {
                all(request, response, allowed.get());
            } else {
                one(request, response, allowed.get(), path.substring(1));
            }
        } catch (UnusableMetadata unusable) {
            refused(unusable.error());
            error(response, HttpServletResponse.SC_BAD_REQUEST, unusable.error(), unusable.why());
        }
    }

    private void all(
            HttpServletRequest request, HttpServletResponse response, ClientRegistration allowed)
            throws IOException, UnusableMetadata {
        if (!request.getMethod().equals("POST")) {
            wrongMethod(response, "POST");
            return;
        }
        String invitation = bearer(request);
        if (!clients.invited(invitation)) {
            unproved(response, invitation);
            return;
        }
        JsonNode says = RegistrationAnswer.read(request);
        for (String name : OURS) {
            mustNotSay(says, name);
        }
        mustNotSay(says, "client_id");
        mustNotSay(says, SECRET);
        ClientWish wish = metadata.read(says, allowed);
        switch (clients.register(wish, invitation)) {
            case Outcome.Registered made ->
                    answer.send(
                            response,
                            HttpServletResponse.SC_CREATED,
                            made.client(),
                            made.secret(),
                            made.access());
            case Outcome.Uninvited _ -> unproved(response, invitation);
            case Outcome.Full(int most) -> {
                refused("full");
                error(
                        response,
                        HttpServletResponse.SC_FORBIDDEN,
                        "access_denied",
                        "there are " + most + " registered clients, and no more may be");
            }
            case Outcome.TooMany(var wait) -> {
                refused("too-many");
                response.setHeader("Retry-After", String.valueOf(wait.toSeconds() + 1));
                error(
                        response,
                        TOO_MANY_REQUESTS,
                        "slow_down",
                        "too many clients were registered lately");
            }
        }
    }

    private void one(
            HttpServletRequest request,
            HttpServletResponse response,
            ClientRegistration allowed,
            String id)
            throws IOException, UnusableMetadata {
        String access = bearer(request);
        Optional<Known> known = access == null ? Optional.empty() : clients.byId(id, access);
        if (access == null || known.isEmpty()) {
            unproved(response, access);
            return;
        }
        switch (request.getMethod()) {
            case "GET" ->
                    answer.send(response, HttpServletResponse.SC_OK, known.get(), null, access);
            case "PUT" -> replace(request, response, allowed, known.get());
            case "DELETE" -> {
                clients.remove(known.get());
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default -> wrongMethod(response, "GET, PUT, DELETE");
        }
    }

    private void replace(
            HttpServletRequest request,
            HttpServletResponse response,
            ClientRegistration allowed,
            Known known)
            throws IOException, UnusableMetadata {
        JsonNode says = RegistrationAnswer.read(request);
        for (String name : OURS) {
            mustNotSay(says, name);
        }
        if (!says.path("client_id").asString("").equals(known.id())) {
            throw new UnusableMetadata(
                    "invalid_client_metadata", "`client_id` is not the client's own");
        }
        JsonNode secret = says.path(SECRET);
        if (!secret.isMissingNode()
                && (known.secret() == null
                        || !Secrets.same(known.secret(), Secrets.sha256(secret.asString(""))))) {
            throw new UnusableMetadata(
                    "invalid_client_metadata",
                    "`client_secret` is not the client's own, and nobody chooses one");
        }
        if (clients.replace(known, metadata.read(says, allowed))
                instanceof Outcome.Registered after) {
            answer.send(
                    response,
                    HttpServletResponse.SC_OK,
                    after.client(),
                    after.secret(),
                    after.access());
        } else { // somebody else with the same token was quicker
            unproved(response, "");
        }
    }

    private static void mustNotSay(JsonNode says, String name) throws UnusableMetadata {
        if (!says.path(name).isMissingNode()) {
            throw new UnusableMetadata(
                    "invalid_client_metadata",
                    "`" + name + "` is for the provider to say (expected: without it)");
        }
    }

    /// RFC 6750 §2.1; a token comes in no other way.
    private static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        String[] parts = header == null ? new String[0] : header.strip().split(" +", 2);
        return parts.length == 2 && parts[0].equalsIgnoreCase("Bearer") ? parts[1] : null;
    }

    private void unproved(HttpServletResponse response, @Nullable String token) throws IOException {
        refused("unproved");
        response.setHeader(
                "WWW-Authenticate", token == null ? "Bearer" : "Bearer error=\"invalid_token\"");
        error(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                "invalid_token",
                "there is no token that counts here");
    }

    private void refused(String why) {
        ledger.acted(
                IdentityAct.REGISTRATION_REFUSED,
                Actor.stranger(Asked.current().address()),
                Map.of("why", why));
    }

    private static void wrongMethod(HttpServletResponse response, String allowed)
            throws IOException {
        response.setHeader("Allow", allowed);
        error(
                response,
                HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                "invalid_request",
                "that method is for nothing here (expected: " + allowed + ")");
    }

    private static void error(HttpServletResponse response, int status, String error, String why)
            throws IOException {
        response.setStatus(status);
        Map<String, Object> says = new LinkedHashMap<>();
        says.put("error", error);
        says.put("error_description", why);
        Json.send(response, says);
    }
}
