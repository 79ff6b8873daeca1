package dev.ringwall.bench;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.Door;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Registration;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.policy.Call;
import dev.ringwall.policy.Caller;
import dev.ringwall.policy.Decision;
import dev.ringwall.policy.Policy;
import dev.ringwall.policy.RequestView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One decision, in systems of ten to 100,000 operations; each call is for another operation, so that the table is really looked up.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBench {

    private static final int PER_SERVICE = 10;
    private static final int CALLS = 1 << 10;
    private static final Line LINE = new Line("ringwall.yaml", 1, 1);

    private static final RequestView REQUEST =
            new RequestView() {
                @Override
                public String method() {
                    return "GET";
                }

                @Override
                public String path() {
                    return "/s0/v0/17";
                }

                @Override
                public Map<String, String> params() {
                    return Map.of("id", "17");
                }

                @Override
                public Map<String, List<String>> query() {
                    return Map.of();
                }

                @Override
                public Map<String, String> headers() {
                    return Map.of();
                }

                @Override
                public String address() {
                    return "203.0.113.9";
                }

                @Override
                public Instant time() {
                    return Instant.EPOCH;
                }
            };

    /// How many operations the system has.
    @Param({"10", "1000", "100000"})
    public int operations;

    private final Call[] allowed = new Call[CALLS];
    private final Call[] refused = new Call[CALLS];
    private Policy policy;
    private int next;

    @Setup
    public void compile() {
        policy = ((Policy.Outcome.Compiled) Policy.compile(blueprint())).policy();
        for (int i = 0; i < CALLS; i++) {
            OperationName name = name((int) (i * 7919L % operations));
            Set<String> scopes = Set.of(name.toString());
            Caller reader = new Caller.Person("ana", Set.of("reader"), scopes, "storefront");
            Caller other = new Caller.Person("eve", Set.of("other"), scopes, "storefront");
            allowed[i] = new Call(name, reader, REQUEST);
            refused[i] = new Call(name, other, REQUEST);
        }
        if (!(allowedByItsRole() instanceof Decision.Allow)
                || !(refusedToAnotherRole() instanceof Decision.Deny)) {
            throw new IllegalStateException("it does not measure what it says");
        }
    }

    @Benchmark
    public Decision allowedByItsRole() {
        return policy.decide(allowed[next++ & (CALLS - 1)]);
    }

    @Benchmark
    public Decision refusedToAnotherRole() {
        return policy.decide(refused[next++ & (CALLS - 1)]);
    }

    private static OperationName name(int number) {
        return new OperationName("s" + number / PER_SERVICE, "v" + number % PER_SERVICE);
    }

    private Blueprint blueprint() {
        Map<String, Service> services = new LinkedHashMap<>();
        for (int first = 0; first < operations; first += PER_SERVICE) {
            Map<String, Operation> declared = new LinkedHashMap<>();
            for (int i = first; i < first + PER_SERVICE; i++) {
                declared.put(name(i).verb(), operation(name(i)));
            }
            String name = name(first).owner();
            services.put(
                    name,
                    new Service(
                            name,
                            Optional.of(
                                    new Service.Runs.Command(List.of("java", "-version"), LINE)),
                            Optional.empty(),
                            Optional.empty(),
                            Map.of(),
                            declared,
                            Map.of(),
                            LINE));
        }
        Declaration declaration =
                new Declaration(
                        "system",
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        Map.of("reader", role("reader"), "other", role("other")),
                        Map.of(),
                        Map.of(),
                        services,
                        Map.of(),
                        Door.PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        Registration.closed(LINE),
                        Optional.empty(),
                        new Declaration.Audit(false, 0),
                        List.of(),
                        Map.of(),
                        LINE);
        return switch (Blueprint.of(declaration)) {
            case Blueprint.Outcome.Sound(Blueprint sound, var _) -> sound;
            case Blueprint.Outcome.Contradictory(var problems) ->
                    throw new IllegalStateException(problems.getFirst().toString());
        };
    }

    private static Operation operation(OperationName name) {
        return new Operation(
                name,
                new HttpRoute(
                        "GET",
                        List.of(
                                new HttpRoute.Segment.Literal(name.owner()),
                                new HttpRoute.Segment.Literal(name.verb()),
                                new HttpRoute.Segment.Parameter("id"))),
                new Allow.Roles(Map.of("reader", LINE)),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                LINE);
    }

    private static Role role(String name) {
        return new Role(
                name,
                Role.Login.PASSWORD,
                Role.Mfa.NEVER,
                Duration.ofHours(1),
                Optional.empty(),
                List.of(),
                List.of(),
                LINE);
    }
}
