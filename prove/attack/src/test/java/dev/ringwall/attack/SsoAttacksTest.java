package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The attacks on the way to a provider of others and back hold where the controls are, and get through where they are not.
final class SsoAttacksTest {

    private static final Set<String> ALL =
            Set.of(
                    "acme/sso-unprotected",
                    "acme/sso-answer-of-another-browser",
                    "acme/sso-answer-made-up",
                    "acme/sso-answer-reused",
                    "acme/sso-answer-of-another-provider",
                    "acme/sso-open-redirect",
                    "acme/sso-logout-forged");

    private static Report play(TinySso system) {
        return new Prover(InstantSource.system())
                .run(system.target(), name -> name.startsWith("acme/"), (_, _, _) -> {});
    }

    @Test
    void theyHoldWhereNothingIsWrong() throws IOException {
        try (TinySso system = new TinySso()) {
            Report report = play(system);

            assertThat(report.results())
                    .extracting(Result::name)
                    .containsExactlyInAnyOrderElementsOf(ALL);
            assertThat(report.open()).as(report.table()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource
    void eachGetsThroughWhereItsControlIsGone(TinySso.Hole hole, List<String> through)
            throws IOException {
        try (TinySso system = new TinySso(hole)) {
            Report report = play(system);

            Set<String> open = new TreeSet<>();
            report.open()
                    .forEach(result -> {
                        assertThat(result.verdict()).isInstanceOf(Verdict.GotThrough.class);
                        open.add(result.name());
                    });
            assertThat(open).as(report.table()).isEqualTo(new TreeSet<>(through));
        }
    }

    static Stream<Arguments> eachGetsThroughWhereItsControlIsGone() {
        return Stream.of(
                Arguments.of(TinySso.Hole.NO_NONCE, List.of("acme/sso-unprotected")),
                Arguments.of(TinySso.Hole.PLAIN_VERIFIER, List.of("acme/sso-unprotected")),
                Arguments.of(
                        TinySso.Hole.STATE_OF_ANYBODY,
                        List.of("acme/sso-answer-of-another-browser")),
                Arguments.of(
                        TinySso.Hole.STATE_UNCHECKED,
                        List.of(
                                "acme/sso-answer-of-another-browser",
                                "acme/sso-answer-made-up",
                                "acme/sso-answer-reused")),
                Arguments.of(TinySso.Hole.STATE_AGAIN, List.of("acme/sso-answer-reused")),
                Arguments.of(
                        TinySso.Hole.ISSUER_UNCHECKED,
                        List.of("acme/sso-answer-of-another-provider")),
                Arguments.of(TinySso.Hole.LEADS_ANYWHERE, List.of("acme/sso-open-redirect")),
                Arguments.of(TinySso.Hole.LOGOUT_UNSIGNED, List.of("acme/sso-logout-forged")),
                Arguments.of(TinySso.Hole.LOGOUT_OF_ANY_KEY, List.of("acme/sso-logout-forged")));
    }

    @Test
    void eachKindIsExplained() throws IOException {
        String list = Files.readString(Path.of("../../docs/reference/attacks.md"));

        assertThat(ALL)
                .allSatisfy(name ->
                        assertThat(list).contains("`" + name.substring("acme/".length()) + "`"));
    }
}
