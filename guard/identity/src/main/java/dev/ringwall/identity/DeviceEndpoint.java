package dev.ringwall.identity;

import dev.ringwall.people.Asked;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Where a device without a browser asks for the codes (RFC 8628 §3.1, §3.2). Such clients are declared with `kind: device`; they can keep
/// no secret, so whoever knows the name may ask, and the person who answers is told for whom.
final class DeviceEndpoint extends HttpServlet {

    private static final int TOO_MANY_REQUESTS = 429;

    private final transient URI door;
    private final transient Clients clients;
    private final transient DeviceRequests requests;

    DeviceEndpoint(URI door, Clients clients, DeviceRequests requests) {
        this.door = door;
        this.clients = clients;
        this.requests = requests;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        String id = single(request, "client_id");
        RegisteredClient client = id == null ? null : clients.findByClientId(id);
        if (client == null) {
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "invalid_client");
            return;
        }
        if (!client.getAuthorizationGrantTypes().contains(AuthorizationGrantType.DEVICE_CODE)) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "unauthorized_client");
            return;
        }
        String scope = single(request, "scope");
        Set<String> scopes =
                scope == null || scope.isBlank() ? Set.of() : Wanted.words(scope.strip());
        if (!client.getScopes().containsAll(scopes)) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "invalid_scope");
            return;
        }
        Optional<DeviceRequests.Codes> codes =
                requests.begin(client.getClientId(), scopes, Asked.current().address());
        if (codes.isEmpty()) {
            response.setHeader("Retry-After", String.valueOf(DeviceRequests.LIFE.toSeconds()));
            refuse(response, TOO_MANY_REQUESTS, "slow_down");
            return;
        }
        String shown = DeviceRequests.shown(codes.get().user());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("device_code", codes.get().device());
        answer.put("user_code", shown);
        answer.put("verification_uri", door + Paths.DEVICE);
        answer.put("verification_uri_complete", door + Paths.DEVICE + "?user_code=" + shown);
        answer.put("expires_in", DeviceRequests.LIFE.toSeconds());
        answer.put("interval", DeviceRequests.INTERVAL.toSeconds());
        Json.send(response, answer);
    }

    private static @Nullable String single(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null || values.length != 1 ? null : values[0];
    }

    private static void refuse(HttpServletResponse response, int status, String error)
            throws IOException {
        response.setStatus(status);
        Json.send(response, Map.of("error", error));
    }
}
