package dev.ringwall.reading;

import dev.ringwall.model.Client.Kind;
import dev.ringwall.model.ReturnAddress;

/// Reads where a browser may be sent with something worth stealing.
final class ReturnAddresses {

    private ReturnAddresses() {}

    /// Whether people may be sent there; it is reported when not.
    static boolean good(Yaml.Text text, Kind kind, Problems problems) {
        if (ReturnAddress.good(text.value(), kind)) {
            return true;
        }
        problems.unexpected(
                "bad-return",
                text,
                kind == Kind.NATIVE
                        ? "one plain address by https, http://127.0.0.1/… without a port, or a scheme like com.example.app:/"
                        : "one plain address by https, or http://localhost:PORT/… while it is developed",
                kind == Kind.NATIVE
                        ? "write it like `http://127.0.0.1/callback` or `com.example.app:/callback`"
                        : "write it in full like `https://app.example.com/callback`, without `*`, `#`, `%` and `..`");
        return false;
    }
}
