package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.control.Declared;
import dev.ringwall.link.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` in the middle of traffic, and what is still there after that.
class KilledTest {

    private static final Pattern KEY = Pattern.compile("rw_[0-9A-Za-z_-]+");
    private static final Pattern TIMES = Pattern.compile("\"times\":([0-9]+)");
    private static final int ANSWERED_BEFORE_KILLING = 60;

    @TempDir private Path folder;

    @Test
    void whatWasAnsweredIsInTheLogAndWhatWasMadeIsStillThere() throws Exception {
        try (ShopCopy copy = ShopCopy.in(folder)) {
            StateFolder state = new StateFolder(folder.resolve(".ringwall"));
            Declared declared = Loading.declared(copy.declaration(), ShopUnderTest.silent());
            int door = FreePorts.next();
            int control = FreePorts.next();
            Queue<DoorCall.Answer> answered = new ConcurrentLinkedQueue<>();
            String key;
            List<Long> children;
            try (RingwallProcess up = up(copy, door, control)) {
                assertThat(placed(state, declared, door).status()).isEqualTo(201);
                String made = ShopUnderTest.run(state, "key", "add", "--role", "warehouse").out();
                Matcher shown = KEY.matcher(made);
                assertThat(shown.find()).as(made).isTrue();
                key = shown.group();
                children = up.children();
                String clerk = token(state, declared, "clerk");
                killInTheMiddle(
                        up,
                        answered,
                        () -> placed(state, declared, door),
                        () -> call(state, declared, door, "orders.read", clerk, "1"));
            }

            try (RingwallProcess _ = up(copy, door, control)) {
                assertThat(children).noneMatch(KilledTest::runs);
                ShopUnderTest.Ended log =
                        ShopUnderTest.run(
                                state, "watch", "--once", "--last", "100000", "-o", "json");
                assertThat(answered.stream().filter(answer -> answer.status() < 400))
                        .hasSizeGreaterThan(10)
                        .allSatisfy(answer -> assertThat(log.out()).contains(answer.request()));
                assertThat(refusals(log.out()))
                        .as("refusals of one kind are counted in one event")
                        .isGreaterThanOrEqualTo(
                                answered.stream().filter(answer -> answer.status() == 429).count());
                assertThat(ShopUnderTest.run(state, "audit", "verify").exitCode()).isZero();

                Files.deleteIfExists(
                        state.operator().resolve("credentials").resolve("shopper.token.json"));
                assertThat(placed(state, declared, door).request())
                        .as("the account of before signs in")
                        .isNotEmpty();
                assertThat(call(state, declared, door, "orders.ship", key, "1").status())
                        .as("the key of before opens the door")
                        .isNotIn(401, 403);
            }
        }
    }

    private static long refusals(String log) {
        return log.lines()
                .filter(line -> line.contains("\"limit-reached\""))
                .mapToLong(line -> {
                    Matcher times = TIMES.matcher(line);
                    return times.find() ? Long.parseLong(times.group(1)) : 0;
                })
                .sum();
    }

    private static void killInTheMiddle(
            RingwallProcess up, Queue<DoorCall.Answer> answered, Caller... callers)
            throws InterruptedException {
        AtomicBoolean killed = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Caller caller : callers) {
                threads.submit(() -> {
                    while (!killed.get()) {
                        try {
                            answered.add(caller.call());
                        } catch (RuntimeException brokenOff) {
                            return;
                        }
                    }
                });
            }
            while (answered.size() < ANSWERED_BEFORE_KILLING) {
                Thread.sleep(5);
            }
            up.kill();
            killed.set(true);
        }
    }

    private interface Caller {
        DoorCall.Answer call();
    }

    private RingwallProcess up(ShopCopy copy, int door, int control)
            throws IOException, InterruptedException {
        RingwallProcess up =
                RingwallProcess.start(
                        folder,
                        "up",
                        copy.declaration().toString(),
                        "--door",
                        Integer.toString(door),
                        "--control",
                        Integer.toString(control),
                        "--health",
                        "0");
        up.awaitLine("running;");
        ShopUnderTest.keepStripeKey(new StateFolder(folder.resolve(".ringwall")));
        return up;
    }

    private static DoorCall.Answer placed(StateFolder state, Declared declared, int door) {
        return call(state, declared, door, "orders.place", token(state, declared, "shopper"));
    }

    private static String token(StateFolder state, Declared declared, String role) {
        return Tokens.bearer(
                state, OperatorClient.connect(state.operator()), declared.blueprint(), role);
    }

    private static DoorCall.Answer call(
            StateFolder state,
            Declared declared,
            int door,
            String operation,
            String bearer,
            String... values) {
        return DoorCall.of(declared.blueprint(), operation, List.of(values), null)
                .send(state, "https://localhost:" + door, bearer);
    }

    private static boolean runs(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
    }
}
