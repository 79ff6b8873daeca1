package dev.ringwall.control;

import dev.ringwall.keys.Sealer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Credentials of third parties, sealed at rest.
final class SecretStore {

    private final ControlStore store;
    private final Sealer sealer;

    SecretStore(ControlStore store, Sealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    void keep(String name, String value) throws SQLException {
        store.putSecret(name, sealer.seal(value.getBytes(StandardCharsets.UTF_8)));
    }

    /// Those of the names that are kept, opened.
    Map<String, String> open(List<String> names) throws SQLException {
        Map<String, String> opened = new HashMap<>();
        Map<String, String> sealed = store.secrets();
        for (String name : names) {
            String one = sealed.get(name);
            if (one != null) {
                byte[] bytes =
                        sealer.open(one)
                                .orElseThrow(() ->
                                        new IllegalStateException(
                                                "the secret " + name + " cannot be opened"));
                opened.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return opened;
    }

    List<String> names() throws SQLException {
        return store.secretNames();
    }
}
