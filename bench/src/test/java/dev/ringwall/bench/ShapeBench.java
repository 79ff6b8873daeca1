package dev.ringwall.bench;

import dev.ringwall.model.AnswerShape;
import dev.ringwall.model.RequestShape;
import dev.ringwall.model.RequestShape.Form;
import dev.ringwall.model.RequestShape.In;
import dev.ringwall.shape.BodyCheck;
import dev.ringwall.shape.RequestCheck;
import dev.ringwall.shape.RequestParts;
import dev.ringwall.shape.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A body of 1 KiB with ten leaves, and the three parameters of a `GET`, held against their schemas.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ShapeBench {

    private static final int LEAVES = 10;
    private static final int BODY_BYTES = 1_024;

    /// What each leaf has besides its text: `"f0":""` and a comma or a brace.
    private static final int AROUND_A_LEAF = 8;

    private static final String SCHEMA =
            "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"f0\",\"f9\"],\"properties\":{"
                    + leaves("\"f%d\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":200}")
                    + "}}";

    private final BodyCheck body = BodyCheck.of(SCHEMA);
    private final byte[] json =
            ("{"
                            + leaves(
                                    "\"f%d\":\""
                                            + "x".repeat(BODY_BYTES / LEAVES - AROUND_A_LEAF)
                                            + "\"")
                            + "}")
                    .getBytes(StandardCharsets.UTF_8);
    private final byte[] undeclared =
            new String(json, StandardCharsets.UTF_8)
                    .replace("\"f9\"", "\"g9\"")
                    .getBytes(StandardCharsets.UTF_8);
    private final RequestCheck parameters =
            RequestCheck.of(
                    new RequestShape(
                            List.of(
                                    parameter(
                                            "id", In.PATH, "{\"type\":\"integer\",\"minimum\":1}"),
                                    parameter(
                                            "page",
                                            In.QUERY,
                                            "{\"type\":\"integer\",\"maximum\":1000}"),
                                    parameter(
                                            "sort",
                                            In.QUERY,
                                            "{\"type\":\"string\",\"enum\":[\"name\",\"price\"]}")),
                            Map.of(),
                            Set.of(),
                            false,
                            Optional.empty(),
                            AnswerShape.OPEN));
    private final RequestParts parts =
            new RequestParts(
                    "/items/17?page=2&sort=name",
                    Map.of("id", "17"),
                    Map.of("page", List.of("2"), "sort", List.of("name")),
                    _ -> List.of());

    @Setup
    public void itMeasuresWhatItSays() {
        if (!aBodyThatFits().equals(Verdict.FITS)
                || !threeParameters().equals(Verdict.FITS)
                || aBodyWithAnUndeclaredMember().equals(Verdict.FITS)) {
            throw new IllegalStateException("it does not measure what it says");
        }
    }

    @Benchmark
    public Verdict aBodyThatFits() {
        return body.check(json);
    }

    @Benchmark
    public Verdict aBodyWithAnUndeclaredMember() {
        return body.check(undeclared);
    }

    @Benchmark
    public Verdict threeParameters() {
        return parameters.parameters(parts);
    }

    private static String leaves(String leaf) {
        return IntStream.range(0, LEAVES)
                .mapToObj(leaf::formatted)
                .collect(Collectors.joining(","));
    }

    private static RequestShape.Parameter parameter(String name, In in, String schema) {
        return new RequestShape.Parameter(name, in, Form.PLAIN, true, schema, Optional.empty());
    }
}
