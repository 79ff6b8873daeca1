package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.people.Newcomers;
import dev.ringwall.people.Newcomers.Fate;
import dev.ringwall.people.Newcomers.Newcomer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Accounts that come from another system.
class NewcomersTest {

    /// By `htpasswd`, of the house's password.
    private static final String BCRYPT =
            "$2y$05$XnqYe5.YoEjxKPtAEeixxOcK0twvzUSC/IQoXK2IWoedMIXfftFtW";

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

    private static Newcomer newcomer(String name, String... roles) {
        return new Newcomer(name, Set.of(roles), Optional.of(BCRYPT), false);
    }

    private List<Fate> add(boolean dry, Newcomer... all) {
        return house.provider.directory().newcomers().add(List.of(all), dry, House.OPERATOR);
    }

    @Test
    void whoComesWithTheHashOfAnotherSystemSignsInAndHasOneOfOursFromThenOn() throws Exception {
        assertThat(add(false, newcomer("ana", "shopper"))).containsExactly(new Fate.Added());
        assertThat(house.everythingKept(folder)).contains(BCRYPT);

        HttpResponse<String> wrong =
                house.browser()
                        .logIn(house.browser().ask(Browser.question()), "ana", "a wrong one");
        assertThat(wrong.statusCode()).isNotEqualTo(303);
        assertThat(house.browser().code("ana")).isNotEmpty();
        house.restart();

        assertThat(house.browser().code("ana")).isNotEmpty();
        house.provider.close();
        assertThat(house.everythingKept(folder)).doesNotContain(BCRYPT).contains("$argon2id$");
        house.restart();
    }

    @Test
    void whoIsThereStaysAndWhatDoesNotDoIsSaidOneByOne() {
        house.account("bob", "clerk");

        List<Fate> fates =
                add(
                        false,
                        newcomer("ana", "shopper"),
                        newcomer("BOB", "shopper"),
                        newcomer("Ana", "shopper"),
                        newcomer("eve", "emperor"),
                        newcomer("", "shopper"),
                        new Newcomer("mal", Set.of("shopper"), Optional.of("plain text"), false));

        assertThat(fates.subList(0, 3))
                .containsExactly(new Fate.Added(), new Fate.There(), new Fate.There());
        assertThat(fates.subList(3, 6))
                .extracting(Object::toString)
                .satisfiesExactly(
                        one -> assertThat(one).contains("no role", "emperor"),
                        two -> assertThat(two).contains("not a name"),
                        three ->
                                assertThat(three)
                                        .contains("no known kind")
                                        .doesNotContain("plain text"));
        assertThat(house.provider.accounts().list())
                .extracting(account -> account.name() + account.roles())
                .containsExactly("ana[shopper]", "bob[clerk]");
    }

    @Test
    void aRehearsalAddsNobodyAndSaysTheSame() {
        assertThat(add(true, newcomer("ana", "shopper"))).containsExactly(new Fate.Added());

        assertThat(house.provider.accounts().list()).isEmpty();
        assertThat(house.acts()).isEmpty();
    }

    @Test
    void whatCannotBeRecordedAddsNobody() {
        house.losing.set(true);
        assertThatThrownBy(() -> add(false, newcomer("ana", "shopper")))
                .hasMessageContaining("disk full");
        house.losing.set(false);

        assertThat(house.provider.accounts().list()).isEmpty();
    }

    @Test
    void whoHasNoPasswordYetDoesNotSignIn() {
        add(false, new Newcomer("ana", Set.of("shopper"), Optional.empty(), false));

        HttpResponse<String> refused =
                house.browser().logIn(house.browser().ask(Browser.question()), "ana", "-");
        assertThat(refused.statusCode()).isNotEqualTo(303);
    }

    @Test
    void aBatchHasALimit() {
        List<Newcomer> many = new ArrayList<>();
        for (int i = 0; i <= Newcomers.BATCH_MAX; i++) {
            many.add(newcomer("p" + i, "shopper"));
        }
        assertThatThrownBy(() ->
                        house.provider.directory().newcomers().add(many, false, House.OPERATOR))
                .hasMessageContaining("1000");
    }
}
