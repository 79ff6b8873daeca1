package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.link.Administering;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Accounts as files say them.
class AccountLineTest {

    private static final AccountLine.Read ANA =
            new AccountLine.Read.Account(
                    new Administering.Newcomer("ana", List.of("clerk", "shopper"), "$2b$", true));

    /// What Keycloak 26.7 exported.
    private static List<String> keycloak() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        AccountLineTest.class.getResourceAsStream("/import/keycloak-26.ndjson"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void aPersonOfKeycloakComesWithTheHashOfItsPassword() throws IOException {
        assertThat(AccountLine.json(keycloak().getFirst(), List.of("shopper")))
                .isEqualTo(
                        new AccountLine.Read.Account(
                                new Administering.Newcomer(
                                        "ana",
                                        List.of("shopper"),
                                        "$argon2id$v=19$m=19456,t=2,p=1$jQh67qMRJtpam7SfHp2SXA$Q+EM42jtauUJslJEKV1XaMWddSxbpWFVc3tTscQwKgM",
                                        false)));
    }

    @Test
    void aProgramOfKeycloakIsNoPerson() throws IOException {
        assertThat(AccountLine.json(keycloak().getLast(), List.of("shopper")))
                .isInstanceOfSatisfying(
                        AccountLine.Read.Bad.class,
                        bad -> assertThat(bad.why()).contains("the account of a program"));
    }

    @Test
    void oursAreReadFromBothFormsAlike() {
        assertThat(
                        AccountLine.json(
                                "{\"name\": \"ana\", \"roles\": [\"shopper\"], \"password_hash\": \"$2b$\", \"disabled\": true}",
                                List.of("clerk")))
                .isEqualTo(ANA);
        assertThat(
                        new AccountCsv("name,disabled,password_hash,roles")
                                .read("ana,true,$2b$,shopper clerk\r", List.of("clerk")))
                .isEqualTo(ANA);
        assertThat(AccountCsv.fields("a,\"b,\"\"c\",,")).containsExactly("a", "b,\"c", "", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{\"name\": \"ana\", \"password\": \"x\"}; `password` is no word here",
                "{\"roles\": []}; no `name`",
                "{\"name\": \"ana\", \"disabled\": \"yes\"}; true or false",
                "{\"name\": \"ana\", \"roles\": \"clerk\"}; a list of names",
                "[1]; no JSON object",
                "{\"name\"; no JSON object",
                "{\"username\": \"a\", \"credentials\": [{\"type\": \"password\", \"secretData\": \"{}\", \"credentialData\": \"{}\"}]}; no `algorithm`"
            })
    void aBadLineSaysWhatIsWrongWithIt(String line, String why) {
        assertThat(AccountLine.json(line, List.of()))
                .isInstanceOfSatisfying(
                        AccountLine.Read.Bad.class, bad -> assertThat(bad.why()).contains(why));
    }

    @Test
    void aTableWhoseColumnsAreNotKnownIsRefused() {
        assertThatThrownBy(() -> new AccountCsv("name,password"))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("line 1: the columns are [name, password]");
        assertThat(new AccountCsv("name,roles").read("ana", List.of()))
                .isEqualTo(new AccountLine.Read.Bad("1 fields (expected: 2)"));
        assertThat(new AccountCsv("name").read("\"ana", List.of()))
                .isEqualTo(
                        new AccountLine.Read.Bad("a quotation mark that does not end on its line"));
    }
}
