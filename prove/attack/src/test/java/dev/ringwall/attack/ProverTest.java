package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.AcceptedRisk;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ProverTest {

    private static final Listener NOBODY = (_, _, _) -> {};

    /// They take their time, so they are played where it is about them, and where everything is.
    private static final String HEAVY =
            "gateway/(slow-.*|h2-.*-(flood|bomb|reset))|.*/body-too-slow";

    /// Those on people and clients have a test of their own.
    private static boolean isPlayed(String name) {
        return !PeopleProverTest.NAMES.contains(name);
    }

    private static Report play(TinySystem system) {
        return new Prover(InstantSource.system())
                .run(system.target(), name -> isPlayed(name) && !name.matches(HEAVY), NOBODY);
    }

    @Test
    void everythingHoldsAgainstASystemThatKeepsItsDeclaration() throws IOException {
        List<String> heard = new ArrayList<>();
        try (TinySystem system = TinySystem.with()) {
            Report report =
                    new Prover(InstantSource.system())
                            .run(
                                    system.target(),
                                    ProverTest::isPlayed,
                                    (result, _, _) -> heard.add(result.name()));
            assertThat(report.open()).as(report.table()).isEmpty();
            assertThat(report.exitCode()).isZero();
            assertThat(report.results())
                    .extracting(Result::name)
                    .isEqualTo(
                            Prover.names(system.blueprint).stream()
                                    .filter(ProverTest::isPlayed)
                                    .toList())
                    .containsExactlyInAnyOrderElementsOf(heard);
        }
    }

    /// Weaknesses that do not hide one another are played in one run; the attacks that get through must be those meant for each of
    /// them and no other.
    @ParameterizedTest
    @MethodSource
    void eachWeaknessIsFoundByTheAttacksMeantForItAndByNoOther(Map<Weakness, String> found)
            throws IOException {
        try (TinySystem system = TinySystem.with(found.keySet().toArray(Weakness[]::new))) {
            boolean heavy = found.containsKey(Weakness.FLOODS_SUFFERED);
            Predicate<String> chosen = name -> isPlayed(name) && (heavy || !name.matches(HEAVY));
            Report report = new Prover(InstantSource.system()).run(system.target(), chosen, NOBODY);
            List<String> names = Prover.names(system.blueprint).stream().filter(chosen).toList();
            Set<String> meant = new TreeSet<>();
            found.forEach((weakness, pattern) -> {
                List<String> own = names.stream().filter(name -> name.matches(pattern)).toList();
                assertThat(own).as(weakness + " has attacks meant for it").isNotEmpty();
                meant.addAll(own);
            });
            Set<String> open = new TreeSet<>();
            report.open().forEach(result -> open.add(result.name()));
            assertThat(open).as(() -> differing(report, meant)).isEqualTo(meant);
            assertThat(report.exitCode()).isOne();
            if (!found.containsKey(Weakness.NOBODY_LET_IN)) {
                assertThat(kinds(report, result -> result.verdict() instanceof Verdict.GotThrough))
                        .as("kinds of which at least one gets all the way through")
                        .containsAll(kinds(report, result -> !stopsByNature(found, result)));
            }
        }
    }

    /// What held, and a limit that is there but is told without `Retry-After`.
    private static boolean stopsByNature(Map<Weakness, String> found, Result result) {
        return result.verdict().held()
                || (found.containsKey(Weakness.RETRY_AFTER_FORGOTTEN)
                        && result.family() == Family.LIMITS);
    }

    private static Set<String> kinds(Report report, Predicate<Result> chosen) {
        return report.results().stream()
                .filter(chosen)
                .map(result -> result.name().substring(result.name().indexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String differing(Report report, Set<String> meant) {
        return report.results().stream()
                .filter(result -> result.verdict().settled() == meant.contains(result.name()))
                .map(result -> result.name() + ": " + result.verdict())
                .collect(Collectors.joining("\n"));
    }

    static Stream<Map<Weakness, String>> eachWeaknessIsFoundByTheAttacksMeantForItAndByNoOther() {
        return Stream.of(
                Map.of(
                        Weakness.ALG_NONE_ACCEPTED, ".*/token-alg-none(-disguised)?",
                        Weakness.PUBLIC_KEY_AS_SECRET, ".*/token-key-confusion-der",
                        Weakness.OWN_KEY_TRUSTED, ".*/token-brings-jwk",
                        Weakness.EXPIRY_IGNORED, ".*/token-expired",
                        Weakness.CLIENT_CERTIFICATE_OPTIONAL, ".*/no-client-certificate",
                        Weakness.AUDIENCE_IGNORED, ".*/token-wrong-audience",
                        Weakness.ISSUER_IGNORED, ".*/token-wrong-issuer",
                        Weakness.CONDITION_FORGOTTEN, "notes.read/somebody-elses-as-writer.*",
                        Weakness.ENTRY_IGNORED, ".*/around-sidecar(-pretending|-twice)?",
                        Weakness.TXN_NOT_ASKED_FOR, ".*/txn-missing"),
                Map.of(
                        Weakness.QUERY_TOKEN_ACCEPTED, ".*/token-in-query",
                        Weakness.KEY_CHECKSUM_ONLY, ".*/key-(unknown|wrong-secret)",
                        Weakness.KEY_ADDRESS_IGNORED, ".*/key-from-elsewhere(-pretending)?",
                        Weakness.LIMITS_FORGOTTEN, ".*/overrun-.*",
                        Weakness.TXN_EXPIRY_IGNORED, ".*/txn-expired",
                        Weakness.TXN_SCOPE_IGNORED, ".*/txn-other-operation",
                        Weakness.TXN_AUDIENCE_IGNORED, ".*/txn-wrong-audience",
                        Weakness.CODE_TWICE, "auth/code-replay(-revokes)?",
                        Weakness.REFRESH_TWICE, "auth/refresh-reuse(-revokes)?",
                        Weakness.GUESSES_UNLIMITED, "auth/password-guessing"),
                Map.of(
                        Weakness.TYPE_IGNORED, ".*/token-id-token",
                        Weakness.FORWARDED_BELIEVED,
                                ".*/(overrun-per-address|key-from-elsewhere)-pretending",
                        Weakness.NOT_BEFORE_IGNORED, ".*/token-not-yet-valid",
                        Weakness.OLD_TLS, ".*/tls-(1.2|weak-ciphers)",
                        Weakness.BOTH_LENGTHS_TAKEN, "gateway/smuggling-(cl-te|te-cl)",
                        Weakness.PKCE_OPTIONAL, "auth/pkce-(missing|plain|wrong-verifier)",
                        Weakness.REDIRECT_UNCHECKED, "auth/redirect-.*",
                        Weakness.CSRF_IGNORED, "auth/login-without-csrf-token",
                        Weakness.SESSION_KEPT, "auth/login-keeps-session",
                        Weakness.METHOD_OVERRIDDEN, ".*/method-override"),
                Map.of(
                        Weakness.BINDING_IGNORED, "auth/bound-.*",
                        Weakness.FAMILY_KEPT, "auth/(code-replay|refresh-reuse)-revokes",
                        Weakness.UPGRADES_LET_THROUGH, ".*/websocket-upgrade",
                        Weakness.SHAPE_IGNORED, "(notes.add|desk.show)/(query|body)-.*",
                        Weakness.REQUIRES_IGNORED, "notes.change/changes-somebody-elses-as-writer",
                        Weakness.HEADERS_UNCOUNTED,
                                "gateway/(headers-too-many|header-too-large|line-too-long)",
                        Weakness.RETRY_AFTER_FORGOTTEN, "(notes|desk).*/overrun-(per|as)-.*",
                        Weakness.TXN_SIGNATURE_IGNORED, ".*/txn-(foreign-key|alg-none|tampered)",
                        Weakness.CALLS_IGNORED,
                                "(mail.peek|desk.show|notes.*)/by-(notes|mail|desk)|mail.send/by-desk",
                        Weakness.PATH_CLEANED_LATE,
                                ".*/path-(dot|dot-dot|encoded-dot-dot|encoded-slash-dot-dot|double-slash|backslash|absolute-form)"),
                Map.of(
                        Weakness.SIGNATURE_IGNORED,
                                ".*/token-(alg-none|alg-none-disguised|key-confusion-.*|foreign-key|brings-.*|tampered-.*|zero-signature|no-signature)",
                        Weakness.INTERNAL_OPEN,
                                "mail.*/(from-outside|as-.*|forged-identity-headers)",
                        Weakness.REVOCATION_IGNORED, ".*/token-revoked-as-.*",
                        Weakness.SCOPE_IGNORED, ".*/token-without-scope-as-.*",
                        Weakness.HOSTS_UNCHECKED, "gateway/(host|h2-authority)-foreign",
                        Weakness.BROWSERS_UNWARNED, "gateway/answer-unguarded",
                        Weakness.CORS_ANYBODY,
                                "gateway/cors-(foreign-.*|null-origin|lookalike|other-scheme|undeclared-method)",
                        Weakness.UNDECLARED_ANSWERED, "desk.show/answer-undeclared",
                        Weakness.UNMASKED, "desk.show/answer-unmasked-visitor",
                        Weakness.TXN_BINDING_IGNORED,
                                ".*/txn-(replayed-by-peer|foreign-chain|as-gateway)"),
                Map.of(
                        Weakness.ROLES_IGNORED,
                        "desk.show/as-(writer|robot)|notes.(add|change)/as-(reader|robot)|notes.read/as-robot|notes.sweep/as-(writer|reader)|.*/token-(scope-asked-for|without-scope)-as-.*|.*/forged-roles-as-.*",
                        Weakness.HEALTH_TOLD_TO_ANYBODY,
                        ".*/health-asked-by-stranger",
                        Weakness.ANY_AUTHORITY_TRUSTED,
                        ".*/(foreign|lookalike|self-signed)-client-certificate"),
                Map.of(
                        Weakness.IDENTITY_HEADERS_BELIEVED,
                        "(desk|notes).*/forged-(identity-headers|roles-as-.*)|notes.read/somebody-elses-as-writer-with-forged-caller"),
                Map.of(
                        Weakness.OLD_LOGIN_TAKEN,
                        "auth/(prompt-login|max-age)-ignored",
                        Weakness.PUSHED_UNCHECKED,
                        "auth/request-uri-.*",
                        Weakness.RESOURCE_IGNORED,
                        "auth/resource-elsewhere",
                        Weakness.CODE_OF_ANYBODY,
                        "auth/code-of-another-client",
                        Weakness.ANYBODY_LET_IN,
                        "(desk|notes).*/(no-token|forged-identity-headers|token-in-query|token-of-.*)"),
                Map.of(
                        Weakness.STREAMS_UNCHECKED, "gateway/h2-(?!.*(flood|bomb|reset)$).*",
                        Weakness.STREAM_BODIES_UNCHECKED, "notes.add/h2-.*",
                        Weakness.ROLES_COUNTED_APART, "desk.show/overrun-per-role",
                        Weakness.AMOUNTS_UNCOUNTED,
                                "notes.change/overrun-(bytes|at-once)-per-caller",
                        Weakness.TOKEN_OF_CONNECTION, ".*/token-of-another-stream",
                        Weakness.FLOODS_SUFFERED, "gateway/h2-.*-(flood|bomb|reset)",
                        Weakness.SLOW_SUFFERED, "gateway/slow-.*|.*/body-too-slow"),
                Map.of(
                        Weakness.NOBODY_LET_IN,
                        "desk.show/(as-reader|answer-.*|query-.*)|gateway/(cors-declared-origin|answer-unguarded)|notes.change/changes-.*|notes.(add|change)/as-writer|notes.list/as-.*|notes.read/as-(reader|writer)|notes.sweep/as-robot|notes.*/(somebody-elses|overrun-per-caller|overrun-as|overrun-bytes|overrun-at-once).*|desk.show/overrun-per-role|notes.add/(query|body)-.*|.*/token-without-scope-as-.*|.*/token-of-.*|.*/websocket-upgrade"));
    }

    @Test
    void anAcceptedRiskIsListedAndNoFailureUntilItsDayIsOver() throws IOException {
        AcceptedRisk risk =
                new AcceptedRisk(
                        "notes.list/overrun-per-address-pretending",
                        "behind a wall",
                        "ana@example.com",
                        LocalDate.of(2999, 1, 1),
                        Sketch.line(50));
        String other = "notes.sweep/key-from-elsewhere-pretending";
        try (TinySystem system = TinySystem.accepting(risk, Weakness.FORWARDED_BELIEVED)) {
            Report report = play(system);
            assertThat(report.open()).extracting(Result::name).containsExactly(other);
            assertThat(report.results())
                    .filteredOn(result -> result.verdict() instanceof Verdict.Accepted)
                    .extracting(Result::name)
                    .containsExactly(risk.risk());
            assertThat(report.summary()).contains("accepted 1");
        }
        AcceptedRisk over =
                new AcceptedRisk(
                        risk.risk(),
                        risk.because(),
                        risk.by(),
                        LocalDate.of(2020, 1, 1),
                        risk.line());
        try (TinySystem system = TinySystem.accepting(over, Weakness.FORWARDED_BELIEVED)) {
            assertThat(play(system).open())
                    .extracting(Result::name)
                    .containsExactlyInAnyOrder(risk.risk(), other);
        }
    }
}
