package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a list of accounts begins.
class AccountListTest {

    @TempDir Path folder;
    private Office office;
    private Administrator boss;

    @BeforeEach
    void open() {
        office = new Office(folder);
        boss = office.person(office.account("boss", "boss"));
        for (String name : List.of("Mia", "mona", "nils")) {
            office.account(name, "clerk");
        }
    }

    @AfterEach
    void close() {
        office.close();
    }

    private List<String> names(String... query) {
        List<String> names = new ArrayList<>();
        office.ask(boss, "list-users", "", "", query)
                .json()
                .path("users")
                .forEach(user -> names.add(user.path("name").asString()));
        return names;
    }

    @Test
    void itBeginsWithTheNameThatIsAskedFor() {
        assertThat(names("from=mia", "limit=2")).containsExactly("Mia", "mona");
        assertThat(names("from=MIA")).containsExactly("Mia", "mona", "nils");
    }

    @Test
    void itBeginsWithTheNextWhereThatNameIsNotThere() {
        assertThat(names("from=mi", "limit=2")).containsExactly("Mia", "mona");
        assertThat(names("from=zz")).isEmpty();
    }

    @Test
    void whatIsAskedForBesidesHoldsForTheFirstToo() {
        assertThat(names("from=mia", "role=boss")).isEmpty();
    }

    @Test
    void aCursorSaysBetterWhereItGoesOn() {
        String next =
                office.ask(boss, "list-users", "", "", "from=mia", "limit=1")
                        .json()
                        .path("next")
                        .asString("");

        assertThat(names("from=mia", "limit=1", "cursor=" + next)).containsExactly("mona");
    }
}
