package dev.ringwall.attack;

import java.net.Socket;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Shows the identity at the first handshake and none at any later one, as somebody does who holds no more than what was left of the first.
final class ShownOnce extends Insistent {

    private final AtomicBoolean shown = new AtomicBoolean();

    ShownOnce(Pki.Identity identity) {
        super(identity);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return shown.getAndSet(true) ? null : super.chooseClientAlias(types, issuers, socket);
    }
}
