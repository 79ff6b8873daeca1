package dev.ringwall.command;

import dev.ringwall.link.HealthServer;
import dev.ringwall.node.JavaCommand;
import dev.ringwall.node.Program;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the shop that comes with Ringwall, and makes the first calls.
@Command(
        name = "demo",
        description =
                "Run the example shop: three services behind their sidecars, a stand-in for the third party, and the first calls.",
        footer = {
            "",
            "Examples:",
            "  ringwall demo",
            "  ringwall demo --smoke",
            "",
            "Then, from another terminal:",
            "  ringwall call orders.read 17 --as shopper",
            "  ringwall prove"
        })
final class DemoCommand implements Callable<Integer> {

    private static final String SHOP = "examples/shop";
    private static final int STRIPE_PORT = 18_099;
    private static final List<String> STRIPE =
            List.of(
                    "java",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    "stripe/target/stripe.jar");
    private static final int KEY_BYTES = 16;

    private final Screen screen;

    @Option(
            names = "--smoke",
            description =
                    "Make the calls of the README, check the answers, print figures, and stop.")
    private boolean smoke;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description =
                    "Where to keep what must be remembered (default: .ringwall beside the shop's declaration; a fresh one for --smoke).")
    private @Nullable Path state;

    @Option(
            names = "--door",
            paramLabel = "PORT",
            description = "Port of the public door (default: 8443; a free one for --smoke).")
    private @Nullable Integer door;

    @Option(
            names = "--control",
            paramLabel = "PORT",
            description = "Port of the control plane (default: 8444; a free one for --smoke).")
    private @Nullable Integer control;

    @Mixin private HealthOption health = new HealthOption();

    DemoCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        HeadStart.begin();
        Path shop = home().resolve(SHOP);
        Path declaration = shop.resolve("ringwall.yaml");
        StateFolder folder = folder(declaration);
        String stripeKey = stripeKey(folder);
        RunningSystem.Plan plan =
                new RunningSystem.Plan(
                        relative(declaration),
                        folder,
                        door == null ? (smoke ? 0 : 8443) : door,
                        control == null ? (smoke ? 0 : 8444) : control,
                        Map.of("stripe-key", stripeKey),
                        InstantSource.system());
        try (Stopping stopping = Stopping.begin();
                HealthServer watched =
                        health.open(smoke ? 0 : HealthOption.PORT, RunningSystem.PARTS);
                Program _ = startStripe(shop, folder, stripeKey);
                RunningSystem system = RunningSystem.start(plan, screen)) {
            system.watchedBy(watched);
            if (!smoke) {
                folder.remember();
            }
            OperatorClient operator = OperatorClient.connect(folder.operator());
            DemoCalls calls = new DemoCalls(screen, system, operator);
            calls.logIn();
            system.node().awaitPrograms();
            system.announce(screen);
            boolean well = calls.make();
            if (smoke) {
                return well ? Exit.FINE : Exit.FINDINGS;
            }
            invite(operator, folder, system);
            stopping.await();
            return Exit.FINE;
        } finally {
            if (smoke && state == null) {
                forget(folder);
            }
        }
    }

    /// Deletes what a smoke run kept.
    private static void forget(StateFolder folder) throws IOException {
        Unlocking.forget(folder);
        Path parent = java.util.Objects.requireNonNull(folder.path().getParent());
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path home() {
        String told = System.getProperty("ringwall.home");
        Path home = Path.of(told == null ? "" : told).toAbsolutePath();
        if (!Files.exists(home.resolve(SHOP).resolve("ringwall.yaml"))) {
            throw new Unusable(
                    "the example shop is not at "
                            + home.resolve(SHOP)
                            + "; run this with ./ringwall from a checkout");
        }
        return home;
    }

    private static Path relative(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    private StateFolder folder(Path declaration) throws IOException {
        if (state != null) {
            return StateFolder.find(Optional.of(state));
        }
        return smoke
                ? new StateFolder(Files.createTempDirectory("ringwall-smoke").resolve(".ringwall"))
                : StateFolder.beside(declaration);
    }

    private static String stripeKey(StateFolder folder) throws IOException {
        folder.create();
        Path file = folder.path().resolve("stripe-stand-in.key");
        if (!Files.exists(file)) {
            byte[] bytes = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(bytes);
            dev.ringwall.link.OwnerFiles.write(
                    file, "sk_demo_" + HexFormat.of().formatHex(bytes) + "\n");
        }
        return Files.readString(file).strip();
    }

    private static Program startStripe(Path shop, StateFolder folder, String key)
            throws IOException {
        try (ServerSocket free =
                new ServerSocket(STRIPE_PORT, 1, InetAddress.getLoopbackAddress())) {
            free.setReuseAddress(true);
        } catch (BindException taken) {
            throw new Unusable(
                    "port "
                            + STRIPE_PORT
                            + " is taken, and the shop's stand-in for its third party listens there (expected: one demo at a time on this machine); stop the other demo, or whatever `ss -ltnp 'sport = :"
                            + STRIPE_PORT
                            + "'` names",
                    taken);
        }
        return Program.start(
                "stripe",
                JavaCommand.words("stripe", STRIPE, shop, folder.archives()),
                shop,
                Map.of(
                        "HOST",
                        "127.0.0.1",
                        "PORT",
                        Integer.toString(STRIPE_PORT),
                        "STRIPE_KEY",
                        key),
                STRIPE_PORT,
                folder.log().resolve("stripe.log"));
    }

    private void invite(OperatorClient operator, StateFolder folder, RunningSystem system) {
        Credentials credentials = new Credentials(operator, folder);
        system.declared().blueprint().declaration().roles().values().stream()
                .filter(role -> role.login() == dev.ringwall.model.Role.Login.PASSWORD)
                .forEach(role -> {
                    if (credentials.of(role)
                            instanceof dev.ringwall.attack.Credential.Password password) {
                        screen.print(
                                String.format(
                                        "%-10s %-29s log in as %s with %s",
                                        role.name(),
                                        system.door() + "/",
                                        password.user(),
                                        password.password()));
                    }
                });
        screen.say("running; Ctrl-C stops it. Try: ./ringwall prove");
    }
}
