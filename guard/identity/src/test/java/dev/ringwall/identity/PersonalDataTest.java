package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.events.AdminAct;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.people.Account;
import dev.ringwall.people.Directory;
import dev.ringwall.people.PersonalData;
import dev.ringwall.store.Personal;
import dev.ringwall.store.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person may see of what is kept, and what is left of one who was erased.
class PersonalDataTest {

    private static final String NAME = "ana.unmistakable";

    @TempDir Path folder;
    private House house;

    @BeforeEach
    void start() {
        house = House.in(folder);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Account signedIn(String name) {
        Account account = house.account(name, "shopper");
        Browser browser = house.browser();
        assertThat(browser.buy(browser.code(name)).statusCode()).isEqualTo(200);
        return account;
    }

    @Test
    void whatIsKeptAboutAPersonIsShownWithoutItsSecrets() throws Exception {
        Account ana = signedIn(NAME);
        signedIn("bob");

        PersonalData.Kept kept =
                house.provider.directory().personalData().of(NAME, House.OPERATOR).orElseThrow();

        assertThat(kept.account().id()).isEqualTo(ana.id());
        assertThat(kept.records().get("account")).hasSize(1);
        assertThat(kept.records().get("account").getFirst())
                .containsEntry("name", NAME)
                .doesNotContainKey("password");
        assertThat(kept.records().get("login_session")).hasSize(1);
        assertThat(kept.records().get("token_family")).hasSize(1);
        assertThat(kept.toString())
                .doesNotContain("argon2")
                .doesNotContain("bob")
                .doesNotContainPattern("[0-9a-f]{64}");
        assertThat(house.acts()).contains("ACCOUNT_EXPORTED");
        assertThat(house.provider.directory().personalData().of("nobody", House.OPERATOR))
                .isEmpty();
    }

    @Test
    void ofAnErasedPersonNothingIsLeftButTheIdInTheLog() throws Exception {
        Account ana = signedIn(NAME);
        Account bob = signedIn("bob");

        PersonalData.Erased erased =
                house.provider.directory().personalData().erase(NAME, House.OPERATOR).orElseThrow();

        assertThat(erased.rows())
                .containsEntry("account", 1)
                .containsEntry("login_session", 1)
                .containsEntry("token_family", 1);
        SecurityEvent.Administered receipt =
                house.events.stream()
                        .filter(SecurityEvent.Administered.class::isInstance)
                        .map(SecurityEvent.Administered.class::cast)
                        .filter(event -> event.act() == AdminAct.ACCOUNT_ERASED)
                        .findFirst()
                        .orElseThrow();
        assertThat(receipt.header().id()).isEqualTo(erased.receipt());
        assertThat(receipt.subject()).isEqualTo(ana.id());
        assertThat(house.events.toString()).doesNotContain(NAME);
        assertThat(house.provider.revocations().current())
                .anyMatch(revocation -> revocation.kind().name().equals("SID"));
        house.restart();
        house.provider.close();
        assertThat(house.everythingKept(folder)).doesNotContain(NAME);
        assertThat(house.everythingKept(folder)).contains(bob.id());
        house.restart();
        assertThat(house.provider.directory().personalData().erase(NAME, House.OPERATOR)).isEmpty();
    }

    @Test
    void whatCannotBeRecordedErasesNobody() throws Exception {
        house.account(NAME, "shopper");
        house.losing.set(true);
        try {
            assertThatThrownBy(() ->
                            house.provider.directory().personalData().erase(NAME, House.OPERATOR))
                    .hasMessageContaining("disk full");
        } finally {
            house.losing.set(false);
        }
        assertThat(house.provider.accounts().list()).hasSize(1);
    }

    @Test
    void everyTableThatNamesAPersonSaysWhichRowsThoseAre() {
        List<Tables> all = List.of(Directory.tables(), new ProtocolTables());
        TreeSet<String> naming = new TreeSet<>();
        Pattern table =
                Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+) \\((.*)", Pattern.DOTALL);
        Pattern person = Pattern.compile("\\b(account|sid|name_key|family)\\s+VARCHAR");
        all.stream()
                .flatMap(some -> some.statements().stream())
                .forEach(statement -> {
                    Matcher made = table.matcher(statement);
                    if (made.find() && person.matcher(made.group(2)).find()) {
                        naming.add(made.group(1));
                    }
                });
        Stream<String> said =
                all.stream().flatMap(some -> some.personal().stream()).map(Personal::table);

        assertThat(naming).contains("account", "token_family");
        assertThat(said).containsExactlyInAnyOrderElementsOf(naming);
    }
}
