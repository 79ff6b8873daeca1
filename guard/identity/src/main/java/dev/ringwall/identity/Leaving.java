package dev.ringwall.identity;

import dev.ringwall.model.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Where people go who have signed out (OpenID Connect RP-Initiated Logout 1.0 §3): to an address that the client has registered for
/// that, letter for letter, or nowhere. The client says who it is by its id or by an ID token of its own; where both are said, they agree.
final class Leaving {

    static final List<String> NAMES =
            List.of("id_token_hint", "client_id", "post_logout_redirect_uri", "state");

    private final String issuer;
    private final Supplier<String> keys;
    private final Clients clients;

    /// @param keys the published keys of the provider
    Leaving(String issuer, Supplier<String> keys, Clients clients) {
        this.issuer = issuer;
        this.keys = keys;
        this.clients = clients;
    }

    /// What the request says about it, to be carried through the page; empty where it says nothing.
    static String question(HttpServletRequest request) {
        Map<String, String> says = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = request.getParameter(name);
            if (value != null) {
                says.put(name, value);
            }
        }
        return says.isEmpty() ? "" : "?" + Answers.encoded(says);
    }

    /// The address that the browser is sent to; empty where it stays.
    Optional<String> to(HttpServletRequest request) {
        String state = request.getParameter("state");
        return address(request)
                .map(address ->
                        state == null
                                ? address
                                : address
                                        + (address.contains("?") ? "&" : "?")
                                        + Answers.encoded(Map.of("state", state)));
    }

    /// The origin of that address, as a source for the policy of the page, after a space.
    String origin(HttpServletRequest request) {
        return address(request)
                .map(URI::create)
                .map(address -> " " + address.getScheme() + "://" + address.getRawAuthority())
                .orElse("");
    }

    private Optional<String> address(HttpServletRequest request) {
        String wanted = request.getParameter("post_logout_redirect_uri");
        return client(request)
                .map(clients::findByClientId)
                .filter(client -> wanted != null && registered(client).contains(wanted))
                .map(_ -> wanted);
    }

    private Optional<String> client(HttpServletRequest request) {
        @Nullable String said = request.getParameter("client_id");
        String hint = request.getParameter("id_token_hint");
        if (hint == null) {
            return Optional.ofNullable(said);
        }
        return IdTokenHint.read(hint, issuer, keys.get())
                .map(IdTokenHint::client)
                .filter(client -> said == null || said.equals(client));
    }

    private static Set<String> registered(RegisteredClient client) {
        return ClientForm.declared(client)
                .map(Client::logout)
                .map(logout -> logout.returnTo().keySet())
                .orElseGet(client::getRedirectUris);
    }
}
