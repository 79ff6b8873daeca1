package dev.ringwall.command;

import dev.ringwall.link.Operating;
import dev.ringwall.node.JavaCommand;
import dev.ringwall.node.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The real shop, running in this process with its services as children: one for all tests of a class.
final class ShopUnderTest implements AutoCloseable {

    private static final List<String> STRIPE = List.of("java", "-jar", "stripe/target/stripe.jar");

    private static final String KEY = "sk_test_0123456789";

    private final Program stripe;
    private final RunningSystem system;
    private final StateFolder state;

    private ShopUnderTest(Program stripe, RunningSystem system, StateFolder state) {
        this.stripe = stripe;
        this.system = system;
        this.state = state;
    }

    static ShopUnderTest start(Path folder) throws IOException, InterruptedException {
        Path shop = Path.of("..", "..", "examples", "shop").toAbsolutePath().normalize();
        int stripePort = freePort();
        Path declaration = copyOfShop(shop, folder, stripePort);
        Program stripe =
                Program.start(
                        "stripe",
                        JavaCommand.words("stripe", STRIPE, shop, folder.resolve("archives")),
                        shop,
                        Map.of(
                                "HOST",
                                "127.0.0.1",
                                "PORT",
                                Integer.toString(stripePort),
                                "STRIPE_KEY",
                                KEY),
                        stripePort,
                        folder.resolve("stripe.log"));
        StateFolder state = new StateFolder(folder.resolve(".ringwall"));
        RunningSystem system =
                RunningSystem.start(
                        new RunningSystem.Plan(declaration, state, 0, 0, Map.of("stripe-key", KEY)),
                        silent());
        system.node().awaitPrograms();
        return new ShopUnderTest(stripe, system, state);
    }

    /// The shop's declaration with the stand-in on a port that is free here, beside links to the services.
    private static Path copyOfShop(Path shop, Path folder, int stripePort) throws IOException {
        String text =
                Files.readString(shop.resolve("ringwall.yaml")).replace(":18099", ":" + stripePort);
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Screen silent() {
        return new Screen(
                new PrintStream(PrintStream.nullOutputStream()),
                new PrintStream(PrintStream.nullOutputStream()),
                false);
    }

    OperatorClient operator() {
        return OperatorClient.connect(state.operator());
    }

    /// Makes accounts that may shop.
    void shoppers(String password, String... names) {
        for (String name : names) {
            operator()
                    .post(
                            Operating.ACCOUNTS,
                            new Operating.NewAccount(name, List.of("shopper"), password),
                            Operating.CreatedAccount.class);
        }
    }

    RunningSystem system() {
        return system;
    }

    StateFolder state() {
        return state;
    }

    /// Calls through the door as the operator's account of that role.
    DoorCall.Answer call(String operation, List<String> values, @Nullable String role) {
        String bearer =
                role == null
                        ? null
                        : Tokens.bearer(state, operator(), system.declared().blueprint(), role);
        return DoorCall.of(system.declared().blueprint(), operation, values, null)
                .send(state, system.door().toString(), bearer);
    }

    /// What a command printed, and how it ended.
    record Ended(int exitCode, String out, String err) {}

    /// Runs a command as the terminal would.
    static Ended run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode =
                Ringwall.run(
                        new Screen(
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                false),
                        arguments);
        return new Ended(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        system.close();
        stripe.close();
    }
}
