package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.attack.TinyOffice.Forgets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is tried by those who may administer, against a system that keeps its rules and against one that forgot one of them.
final class AdministrationAttacksTest {

    private static final String OURS =
            "ringwall\\..*/(gives|takes-over|own-account|slips-in|filter|lost-update|page|numbers|password-shown|erased|revoked|bulk|ends-client).*";

    private static Report play(TinyOffice office) {
        return new Prover(InstantSource.system())
                .run(office.target(), name -> name.matches(OURS), (_, _, _) -> {});
    }

    @Test
    void everythingHoldsWhereNobodyGivesWhatTheyLack() throws IOException {
        try (TinyOffice office = new TinyOffice()) {
            Report report = play(office);

            assertThat(report.open()).as(report.table()).isEmpty();
            assertThat(report.results()).hasSizeGreaterThan(12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WHAT_IS_GIVEN, .*/gives-.*",
        "WHO_HOLDS_MORE, .*/takes-over-.*",
        "OWN_ACCOUNT, .*/own-account-.*",
        "READ_ONLY_MEMBERS, .*/slips-in-.*",
        "FILTERS, .*/filter-.*",
        "VERSIONS, .*/lost-update-.*",
        "PAGES, .*/page-too-large-.*",
        "NUMBERS, .*/numbers-overflow-.*",
        "PASSWORDS, .*/password-shown-.*",
        "ERASURE, .*/(erased-.*|revoked-goes-on-.*)",
        "WHO_IS_ERASED, .*/erased-goes-on-.*",
        "REVOCATION, .*/revoked-goes-on-.*",
        "REGISTERED_CLIENTS, .*/ends-client-.*",
        "BULK_RIGHTS, .*/bulk-(beyond|gives|takes-over)-.*",
        "BULK_LIMITS, .*/bulk-too-large-.*"
    })
    void eachRuleThatIsForgottenLetsItsAttacksThroughAndNoOthers(Forgets forgotten, String meant)
            throws IOException {
        try (TinyOffice office = new TinyOffice(forgotten)) {
            Report report = play(office);
            Set<String> through = new TreeSet<>();
            report.open().forEach(result -> through.add(result.name()));
            Set<String> expected = new TreeSet<>();
            report.results().stream()
                    .map(Result::name)
                    .filter(name -> name.matches(meant))
                    .forEach(expected::add);

            assertThat(expected).isNotEmpty();
            assertThat(through).as(report.table()).isEqualTo(expected);
            assertThat(report.open())
                    .allMatch(result -> result.verdict() instanceof Verdict.GotThrough);
        }
    }

    @Test
    void everyKindIsExplained() throws IOException {
        assertThat(Files.readString(Path.of("../../docs/reference/attacks.md")))
                .contains(
                        "`gives-ROLE-as-ROLE`",
                        "`takes-over-ROLE-as-ROLE`",
                        "`own-account-as-ROLE`",
                        "`slips-in-groups-as-ROLE`",
                        "`filter-injection-as-ROLE`",
                        "`filter-without-end-as-ROLE`",
                        "`page-too-large-as-ROLE`",
                        "`numbers-overflow-as-ROLE`",
                        "`password-shown-as-ROLE`",
                        "`erased-shown-as-ROLE`",
                        "`erased-goes-on-as-ROLE`",
                        "`revoked-goes-on-as-ROLE`",
                        "`ends-client-as-ROLE`",
                        "`bulk-beyond-as-ROLE`",
                        "`bulk-gives-ROLE-as-ROLE`",
                        "`bulk-takes-over-ROLE-as-ROLE`",
                        "`bulk-too-large-as-ROLE`",
                        "`lost-update-as-ROLE`");
    }
}
