package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The real shop, running in this process with its services as children: one for all tests of a class.
final class ShopUnderTest implements AutoCloseable {

    private final ShopCopy copy;
    private final RunningSystem system;
    private final StateFolder state;

    private ShopUnderTest(ShopCopy copy, RunningSystem system, StateFolder state) {
        this.copy = copy;
        this.system = system;
        this.state = state;
    }

    static ShopUnderTest start(Path folder) throws IOException, InterruptedException {
        return start(folder, InstantSource.system());
    }

    static ShopUnderTest start(Path folder, InstantSource clock)
            throws IOException, InterruptedException {
        ShopCopy copy = ShopCopy.in(folder);
        StateFolder state = new StateFolder(folder.resolve(".ringwall"));
        RunningSystem system =
                RunningSystem.start(
                        new RunningSystem.Plan(
                                copy.declaration(),
                                state,
                                0,
                                0,
                                Map.of("stripe-key", ShopCopy.STRIPE_KEY),
                                clock),
                        silent());
        system.node().awaitPrograms();
        return new ShopUnderTest(copy, system, state);
    }

    static Screen silent() {
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

    /// Runs a command on the system of that folder, also where that runs in other processes.
    static Ended run(StateFolder state, String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--state", state.path().toString()));
        return run(words.toArray(String[]::new));
    }

    /// Keeps the key that the shop's third party wants to be shown, in the system of that folder.
    static void keepStripeKey(StateFolder state) {
        OperatorClient.connect(state.operator())
                .post(
                        Operating.SECRETS,
                        new Operating.NewSecret("stripe-key", ShopCopy.STRIPE_KEY),
                        Operating.SecretKept.class);
    }

    @Override
    public void close() throws IOException {
        system.close();
        copy.close();
    }
}
