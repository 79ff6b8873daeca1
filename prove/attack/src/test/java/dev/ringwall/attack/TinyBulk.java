package dev.ringwall.attack;

import dev.ringwall.attack.TinyHttp.Response;
import dev.ringwall.attack.TinyOffice.Forgets;
import java.util.Set;

/// Bulk requests of the tiny office: each operation is worth what it would be alone, or it forgets that.
final class TinyBulk {

    private static final int OPERATIONS_MAX = 100;

    private TinyBulk() {}

    /// @param makes whether whoever asks may make users
    static Response answer(String body, boolean makes, Set<Forgets> forgets) {
        int operations = body.split("\"method\"", -1).length - 1;
        if (operations > OPERATIONS_MAX && !forgets.contains(Forgets.BULK_LIMITS)) {
            return Response.json(413, "{}");
        }
        boolean beyond = !makes || body.contains("/Groups/") || body.contains("\"password\"");
        return Response.json(
                200,
                "{\"Operations\":[{\"status\":\"%s\"}]}"
                        .formatted(
                                beyond && !forgets.contains(Forgets.BULK_RIGHTS) ? "403" : "201"));
    }
}
