package dev.ringwall.attack;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// A service of the tiny system: it keeps who made what, and refuses who does not come through its sidecar.
final class TinyService {

    private final String entry = UUID.randomUUID().toString();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final boolean open;

    TinyService(boolean open) {
        this.open = open;
    }

    String entry() {
        return entry;
    }

    TinyHttp.Response answer(TinyHttp.Request request) {
        if (!open && !request.header("ringwall-entry").orElse("").equals(entry)) {
            return TinyHttp.Response.json(403, "{\"error\":\"not through the sidecar\"}");
        }
        if (request.target().equals("/desk")) {
            return TinyHttp.Response.json(
                    200, "{\"desk\":\"1\",\"phone\":\"0301234567\",\"keys\":\"42\"}");
        }
        String id = request.target().substring(request.target().lastIndexOf('/') + 1);
        if (request.method().equals("POST")) {
            String made = UUID.randomUUID().toString();
            owners.put(made, request.header("ringwall-caller").orElse(""));
            return TinyHttp.Response.json(201, "{\"id\":\"" + made + "\"}");
        }
        return owners.containsKey(id)
                ? TinyHttp.Response.json(
                        200, "{\"id\":\"" + id + "\",\"owner\":\"" + owners.get(id) + "\"}")
                : TinyHttp.Response.json(request.target().indexOf('/', 1) > 0 ? 404 : 200, "[]");
    }
}
