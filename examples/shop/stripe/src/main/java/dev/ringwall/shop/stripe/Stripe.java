package dev.ringwall.shop.stripe;

import dev.ringwall.shop.kit.Environment;
import dev.ringwall.shop.kit.ShopServer;
import dev.ringwall.shop.kit.ShopServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.UUID;

/// Says yes to every charge that comes with the right key, and no to everything else. It ends with whoever started it.
public final class Stripe {

    private Stripe() {}

    /// Starts it; STRIPE_KEY is the key that callers must show.
    public static void main(String[] arguments) throws IOException {
        byte[] wanted =
                ("Bearer " + Environment.required("STRIPE_KEY")).getBytes(StandardCharsets.UTF_8);
        ProcessHandle.current()
                .parent()
                .ifPresent(starter -> starter.onExit().thenRun(() -> System.exit(0)));
        ShopServer.serveOutside(request -> {
            String shown = request.credential();
            if (!MessageDigest.isEqual(wanted, shown.getBytes(StandardCharsets.UTF_8))) {
                return Answer.error(401, "no valid API key");
            }
            return request.method().equals("POST") && request.path().equals("/v1/payment_intents")
                    ? Answer.json(
                            200, Map.of("id", "pi_" + UUID.randomUUID(), "status", "succeeded"))
                    : Answer.error(404, "no such thing");
        });
    }
}
