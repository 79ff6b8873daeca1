package dev.ringwall.command;

import dev.ringwall.link.FreePorts;
import dev.ringwall.node.JavaCommand;
import dev.ringwall.node.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The shop's declaration in a folder of its own, and the stand-in for its third party on a port that is free here.
record ShopCopy(Path declaration, Program stripe) implements AutoCloseable {

    /// What the stand-in wants to be shown.
    static final String STRIPE_KEY = "sk_test_0123456789";

    /// With a word of their own on archives, so that none is written: it would go with the folder, and would take each program of each test
    /// seconds when it ends.
    private static final String JAVA = "java -Xshare:auto -XX:+UseSerialGC";

    private static final String RUN_STRIPE =
            JAVA + " -XX:TieredStopAtLevel=1 -jar stripe/target/stripe.jar";
    private static final List<String> STRIPE = List.of(RUN_STRIPE.split(" ", -1));

    static ShopCopy in(Path folder) throws IOException {
        Path shop = Path.of("..", "..", "examples", "shop").toAbsolutePath().normalize();
        int port = FreePorts.next();
        Path declaration = copy(shop, folder, port);
        return new ShopCopy(
                declaration,
                Program.start(
                        "stripe",
                        JavaCommand.words("stripe", STRIPE, shop, folder.resolve("archives")),
                        shop,
                        Map.of(
                                "HOST",
                                "127.0.0.1",
                                "PORT",
                                Integer.toString(port),
                                "STRIPE_KEY",
                                STRIPE_KEY),
                        port,
                        folder.resolve("stripe.log")));
    }

    /// Beside links to the services.
    private static Path copy(Path shop, Path folder, int stripePort) throws IOException {
        String text =
                Files.readString(shop.resolve("ringwall.yaml"))
                        .replace(":18099", ":" + stripePort)
                        .replace("java -XX:+UseSerialGC", JAVA);
        for (String service : List.of("catalog", "orders", "payments")) {
            Files.createDirectories(folder.resolve(service));
            Files.copy(
                    shop.resolve(service).resolve("openapi.yaml"),
                    folder.resolve(service).resolve("openapi.yaml"));
            Files.createSymbolicLink(
                    folder.resolve(service).resolve("target"),
                    shop.resolve(service).resolve("target"));
        }
        return Files.writeString(folder.resolve("ringwall.yaml"), text);
    }

    @Override
    public void close() {
        stripe.close();
    }
}
