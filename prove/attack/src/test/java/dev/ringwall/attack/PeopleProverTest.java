package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Blueprint;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The attacks on people, their accounts and clients: each is stopped by a system that keeps its declaration, and gets through where the control
/// that it is aimed at is gone. Each run has a system of its own: several are played at once.
@Execution(ExecutionMode.CONCURRENT)
final class PeopleProverTest {

    /// What is played here; the rest is played in [ProverTest].
    static final Set<Family> FAMILIES =
            EnumSet.of(Family.FACTORS, Family.ACCOUNTS, Family.LETTERS, Family.CLIENTS);

    static final Set<String> NAMES = names(PeopleSystem.OPEN);

    private static Set<String> names(Blueprint blueprint) {
        return Derivation.of(blueprint).stream()
                .filter(attack -> FAMILIES.contains(attack.family()))
                .map(Attack::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Report play(Set<Gap> gaps) throws IOException {
        return play(PeopleSystem.OPEN, gaps);
    }

    private static Report play(Blueprint blueprint, Set<Gap> gaps) throws IOException {
        try (PeopleSystem system = new PeopleSystem(blueprint, gaps)) {
            return new Prover(InstantSource.system())
                    .run(system.target(), names(blueprint)::contains, (_, _, _) -> {});
        }
    }

    @Test
    void everythingHoldsWhereNoGapIsLeft() throws IOException {
        Report report = play(EnumSet.noneOf(Gap.class));

        assertThat(report.open()).as(report.table()).isEmpty();
        assertThat(report.results()).hasSameSizeAs(NAMES);
    }

    /// Gaps that do not hide one another are left in one run; the attacks that get through are those meant for each of them and no other.
    @ParameterizedTest
    @MethodSource
    void eachGapIsFoundByTheAttacksMeantForItAndByNoOther(Map<Gap, String> found)
            throws IOException {
        Set<String> meant = new TreeSet<>();
        found.forEach((gap, kinds) -> {
            List<String> own =
                    NAMES.stream().filter(name -> name.matches("auth/(" + kinds + ")")).toList();
            assertThat(own).as(gap + " has attacks meant for it").isNotEmpty();
            meant.addAll(own);
        });

        Report report = play(found.keySet());

        assertThat(
                        report.results().stream()
                                .filter(result -> result.verdict() instanceof Verdict.GotThrough)
                                .map(Result::name))
                .as(report.table())
                .containsExactlyInAnyOrderElementsOf(meant);
        assertThat(report.open()).as(report.table()).hasSameSizeAs(meant);
    }

    static Stream<Map<Gap, String>> eachGapIsFoundByTheAttacksMeantForItAndByNoOther() {
        return Stream.of(
                Map.of(
                        Gap.FACTOR_FORGOTTEN, "second-factor-left-out",
                        Gap.CODE_TWICE, "factor-code-replay",
                        Gap.CODES_UNLIMITED, "factor-code-guessing",
                        Gap.RECOVERY_TWICE, "recovery-code-replay",
                        Gap.HALF_ADDS_APP, "factor-added-halfway",
                        Gap.STEP_UP_IGNORED, "step-up-skipped",
                        Gap.LOGINS_OF_ANYBODY, "login-of-another-ended",
                        Gap.FORMS_OF_ANYBODY,
                                "account-csrf-.*|logout-csrf|device-csrf|consent-csrf",
                        Gap.GUESSES_UNLIMITED, "password-change-guessing",
                        Gap.ANY_PASSWORD, "password-(common|short)"),
                Map.of(
                        Gap.APP_OF_ANYBODY, "factor-of-another-account",
                        Gap.APP_REMOVED_ANYWAY, "factor-removed-where-needed",
                        Gap.LOGINS_SHOWN, "logins-of-another-shown",
                        Gap.OLD_PASSWORD_UNASKED, "password-change(d-without-old|-guessing)",
                        Gap.LOGINS_KEPT, "(login|refresh)-after-password-change",
                        Gap.SIGN_OUT_KEPT, "login-after-sign-out",
                        Gap.COOKIES_OPEN, "cookies-exposed",
                        Gap.PAGE_OPEN, "account-page-exposed"),
                Map.of(
                        Gap.PASSKEY_OF_ANY_BROWSER, "passkey-of-another-browser",
                        Gap.PASSKEY_OF_ANYBODY, "passkey-of-another-account",
                        Gap.PASSKEY_LOCKED, "passkey-not-unlocked",
                        Gap.PASSKEY_FROM_ANYWHERE, "passkey-other-origin",
                        Gap.PASSKEY_UNCOUNTED, "passkey-copied",
                        Gap.PASSKEY_FORMS_OF_ANYBODY, "passkey-added-csrf",
                        Gap.HALF_ADDS_PASSKEY, "passkey-added-halfway",
                        Gap.REMEMBERED_FOR_ANYBODY, "remembered-browser-of-another"),
                Map.of(
                        Gap.CONSENT_FOR_ALL, "consent-(for-more|rewritten)",
                        Gap.CONSENT_BY_LINK, "consent-by-link",
                        Gap.CONSENT_REFUSED_ANYWAY, "consent-refused-anyway",
                        Gap.PASSKEY_TWICE, "passkey-replay",
                        Gap.PASSKEY_UNSIGNED, "passkey-forged",
                        Gap.REMEMBERED_FOREVER, "remembered-after-password-change"),
                Map.of(
                        Gap.RESET_TELLS, "reset-tells-accounts",
                        Gap.HEADERS_TAKEN, "(address|registration)-header-injection",
                        Gap.LETTERS_UNLIMITED, "(reset|registration)-flood",
                        Gap.LETTER_UNREAD,
                                "(reset|registration)-without-letter|registration-code-.*|reset-code-(replay|guessing)",
                        Gap.CLIENT_REDIRECT_UNCHECKED, "client-redirect-.*",
                        Gap.LOGOUT_REDIRECT_UNCHECKED, "client-logout-.*",
                        Gap.FAPI_UNPUSHED, "fapi-unpushed",
                        Gap.OBJECT_UNSIGNED, "request-object-(unsigned|foreign-key)",
                        Gap.OBJECT_FETCHED, "request-object-fetched"),
                Map.of(
                        Gap.ASSERTION_ALG_NONE, "assertion-alg-none",
                        Gap.ASSERTION_KEY_AS_SECRET, "assertion-key-confusion-(der|jwk)",
                        Gap.ASSERTION_OWN_KEY, "assertion-brings-jwk",
                        Gap.ASSERTION_KEYS_FETCHED, "assertion-brings-(jku|x5u)",
                        Gap.ASSERTION_OF_ANYBODY, "assertion-of-another-machine",
                        Gap.ASSERTION_AUDIENCE_IGNORED,
                                "(client-)?assertion-(wrong|several)-audiences?",
                        Gap.ASSERTION_TIMES_IGNORED, "(client-)?assertion-(expired|for-a-year)",
                        Gap.ASSERTION_TWICE, "(client-)?assertion-replayed",
                        Gap.EXCHANGE_BY_ANYBODY, "exchange-.*",
                        Gap.CLIENT_UNPROVED,
                                "client-(without-proof|secret-guessed|assertion-.*)|certificate-.*"),
                Map.of(
                        Gap.LETTER_OF_ANY_BROWSER, "(registration|reset)-code-of-another-browser",
                        Gap.LETTER_TWICE, "(registration|reset)-code-replay",
                        Gap.LETTER_GUESSES_UNLIMITED, "(registration|reset)-code-guessing",
                        Gap.EXCHANGE_WIDER, "exchange-for-more",
                        Gap.EXCHANGE_ELSEWHERE, "exchange-for-elsewhere",
                        Gap.EXCHANGE_FOR_OTHERS, "exchange-for-others",
                        Gap.PUSHED_TWICE, "fapi-request-reused",
                        Gap.CHALLENGE_WEAK, "fapi-pkce-(missing|plain)",
                        Gap.TOKEN_UNBOUND, "fapi-token-unbound"),
                Map.of(
                        Gap.INVITATION_TWICE, "registration-invitation-reused",
                        Gap.REGISTERED_REDIRECT_UNCHECKED, "registration-redirect-.*",
                        Gap.REGISTERED_BEYOND, "registration-scope-beyond",
                        Gap.REGISTRATION_WIDENED, "registration-widened",
                        Gap.REGISTRATION_OF_ANYBODY, "registration-of-another-.*",
                        Gap.REGISTRATION_FETCHES, "registration-fetches-.*",
                        Gap.CLIENT_ID_CHOSEN, "registration-id-chosen"),
                Map.of(
                        Gap.CHANGES_UNTOLD,
                        "change-untold-.*",
                        Gap.REGISTERED_UNASKED,
                        "registration-(renamed|moved)-unasked",
                        Gap.CLAIMS_UNDECLARED,
                        "client-claims-undeclared",
                        Gap.REGISTRATION_UNINVITED,
                        "registration-(uninvited|invitation-(guessed|reused))"),
                Map.of(
                        Gap.ASSERTION_UNSIGNED,
                                "assertion-(alg-none|key-confusion-.*|brings-.*|of-another-machine)|(client-)?assertion-foreign-key",
                        Gap.DEVICE_GUESSES_UNLIMITED, "device-code-guessing",
                        Gap.DEVICE_BY_LINK, "device-allowed-by-link",
                        Gap.DEVICE_OF_ANYBODY, "device-code-of-another-client",
                        Gap.DEVICE_TWICE, "device-code-replay",
                        Gap.DEVICE_UNPACED, "device-polled-too-fast",
                        Gap.CONSENT_OF_ANYBODY, "consent-of-another",
                        Gap.CONSENT_REWRITTEN, "consent-rewritten",
                        Gap.CERTIFICATE_OF_ANYBODY, "certificate-foreign",
                        Gap.ANSWER_FOR_ANYBODY, "introspection-answer-for-anybody"),
                Map.of(
                        Gap.IDS_SHARED,
                        "pairwise-(compared.*|asked-by-account|introspected)",
                        Gap.SEALED_MOVED,
                        "pairwise-sealed-moved"),
                Map.of(
                        Gap.ASKED_BY_ACCOUNT, "pairwise-asked-by-account",
                        Gap.INTROSPECTION_NAMES, "pairwise-introspected"),
                Map.of(
                        Gap.ADMINISTRATION_PAGE_OPEN, "administration-page-exposed",
                        Gap.ADMINISTRATION_SENT_ELSEWHERE, "administration-code-elsewhere",
                        Gap.ADMINISTRATION_BY_SCRIPT, "administration-code-to-script",
                        Gap.ADMINISTRATION_UNBOUND, "administration-token-unbound",
                        Gap.ADMINISTRATION_FOR_ANYBODY, "administration-code-for-reader",
                        Gap.ADMINISTRATION_BY_STOREFRONT, "administration-by-(storefront|desk)"));
    }

    @Test
    void registrationThatNobodyDeclaredIsFound() throws IOException {
        assertThat(play(PeopleSystem.CLOSED, EnumSet.noneOf(Gap.class)).open()).isEmpty();
        assertThat(play(PeopleSystem.CLOSED, EnumSet.of(Gap.REGISTRATION_OPEN)).open())
                .extracting(Result::name)
                .containsExactly("auth/registration-closed");
    }

    /// So that a gap that is added is not forgotten here.
    @Test
    void everyGapIsLeftOnce() {
        Set<Gap> left =
                eachGapIsFoundByTheAttacksMeantForItAndByNoOther()
                        .flatMap(found -> found.keySet().stream())
                        .collect(Collectors.toSet());

        left.add(Gap.REGISTRATION_OPEN);
        assertThat(left).containsExactlyInAnyOrder(Gap.values());
    }
}
